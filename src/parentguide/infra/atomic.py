"""Write files atomically: a reader sees the old file or the new one, never half of one."""

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from parentguide.errors import ProjectError
from parentguide.infra.leftovers import TemporaryFile, sweep


def write_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, and make the folders above it.

    After a power cut, too, the file has its old bytes or the new ones. The file gets the permissions
    that the process's umask leaves. Raises :class:`ProjectError`; the old file is then unchanged.
    """
    write_files({path: data})


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write several files, and make the folders above them.

    First all bytes are on the disk under temporary names, and then the files are renamed in the order
    of ``files``: a full disk changes none of them. If a rename fails or somebody stops the program,
    all files are as they were; if the program is killed, some of them are new. Raises :class:`ProjectError`.
    """
    before: dict[Path, bytes | None] = {}
    waiting: dict[Path, TemporaryFile] = {}
    new_folders: list[Path] = []
    renamed: list[Path] = []
    path = Path()
    try:
        for path, data in files.items():
            _make_folders(path.parent, new_folders)
            if len(files) > 1:
                before[path] = _bytes(path)
            sweep(path.parent)
            waiting[path] = TemporaryFile(path.parent, path.name)
            waiting[path].write(data)
        for path, temporary in waiting.items():
            renamed.append(path)
            temporary.rename_to(path)
        for folder in {path.parent for path in files}:
            sync_folder(folder)
    except BaseException as error:
        _put_back(renamed, before)
        for temporary in waiting.values():
            temporary.discard()
        for folder in reversed(new_folders):
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise _not_written(path, error) from None
        raise
    for temporary in waiting.values():
        temporary.discard()


def _not_written(path: Path, error: OSError) -> ProjectError:
    return ProjectError(
        f"cannot be written: {error.strerror or error}",
        path=path,
        remedy="Close the file if it is open elsewhere, check the free space, or choose another --out.",
    )


def _bytes(path: Path) -> bytes | None:
    """The bytes of a file; None if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _make_folders(folder: Path, new: list[Path]) -> None:
    """Make ``folder`` and those above it, and add to ``new`` those that did not exist."""
    if not folder.is_dir():
        _make_folders(folder.parent, new)
        new.append(folder)
        folder.mkdir(exist_ok=True)


def _put_back(renamed: Iterable[Path], before: Mapping[Path, bytes | None]) -> None:
    """Undo the renames of several files, as far as the disk lets us."""
    for path in renamed:
        old = before.get(path)
        with suppress(OSError, ProjectError):
            if old is not None and _bytes(path) != old:
                write_file(path, old)
            elif old is None and path in before:
                path.unlink(missing_ok=True)


def write_synced(path: Path, data: bytes) -> None:
    """Create the file ``path``, and return when its bytes are on the disk.

    Raises :class:`OSError`, for an existing file too.
    """
    # The mode "x" is O_CREAT | O_EXCL with the permissions 0o666; the system applies the umask.
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Return when the names in ``folder`` are on the disk, on systems that can say so."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def zip_bytes(files: Iterable[tuple[str, bytes]], comment: bytes = b"") -> bytes:
    """The files (relative path with ``/``, content) as one ZIP archive with a comment.

    Names outside ASCII are marked as UTF-8. The same files give the same bytes on every day and every system.
    """
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in sorted(files):
            # 1980-01-01 is the earliest date that the format can store.
            entry = ZipInfo(safe_path(name).as_posix(), date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
        archive.comment = comment
    return buffer.getvalue()


def safe_path(name: str) -> Path:
    """``name`` as a relative path that stays below its root. Raises :class:`ProjectError`."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
        raise ProjectError(f"“{name}” is not a path below the output folder")
    return Path(*parts)
