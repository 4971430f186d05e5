"""Write files atomically: a reader sees the old file or the new one, never half of one."""

import os
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path, PurePosixPath
from secrets import token_hex
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from parentguide.errors import ProjectError


def write_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, and make the folders above it.

    After a power cut, too, the file has its old bytes or the new ones. The file gets the permissions
    that the process's umask leaves. Raises :class:`ProjectError`; the old file is then unchanged.
    """
    temporary = temporary_path(path.parent, f".{path.name}.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_synced(temporary, data)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise ProjectError(
            f"cannot be written: {error.strerror or error}",
            path=path,
            remedy="Close the file if it is open elsewhere, check the free space, or choose another --out.",
        ) from None


def write_synced(path: Path, data: bytes) -> None:
    """Create the file ``path``, and return when its bytes are on the disk.

    Without the sync, a rename can reach the disk before the bytes do, and a power cut then leaves an
    empty file under the new name. Raises :class:`OSError`, for an existing file too.
    """
    # The mode "x" is O_CREAT | O_EXCL with the permissions 0o666; the system applies the umask.
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def temporary_path(folder: Path, prefix: str) -> Path:
    """A path in ``folder`` that no other process uses; the caller creates the file or folder."""
    return folder / f"{prefix}{token_hex(8)}"


def zip_bytes(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files (relative path with ``/``, content) as one ZIP archive.

    The same files give the same bytes on every day and every system.
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
    return buffer.getvalue()


def safe_path(name: str) -> Path:
    """``name`` as a relative path that stays below its root. Raises :class:`ProjectError`."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
        raise ProjectError(f"“{name}” is not a path below the output folder")
    return Path(*parts)
