"""Writing so that a reader never meets half a file: temporary place first, then moved."""

import os
import shutil
import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from parentguide.errors import ProjectError


def write_file(path: Path, data: bytes) -> None:
    """Write one file atomically: the old one stands until the new one is whole."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        # mkstemp makes a file for the owner alone; others must be able to read a page.
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True) if temporary else None
        raise ProjectError(
            f"cannot be written: {error.strerror or error}",
            path=path,
            remedy="Close the file if it is open elsewhere, check the free space, or choose another --out.",
        ) from None


def write_tree(root: Path, files: Iterable[tuple[str, bytes]], previous: Iterable[str]) -> None:
    """Write many files below ``root``: all into a temporary folder beside it, then moved in.

    A failure before the moving leaves ``root`` as it was. ``previous`` are the files of
    an earlier build, which are removed when they are not written again; anything else
    in the folder is left alone.
    """
    staging: Path | None = None
    try:
        root.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=root, prefix=".parentguide-"))
        names = []
        for name, data in files:
            target = staging / _safe(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            names.append(name)
        for name in names:
            target = root / _safe(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            (staging / name).replace(target)
        for name in set(previous) - set(names):
            (root / _safe(name)).unlink(missing_ok=True)
    except OSError as error:
        raise ProjectError(
            f"cannot be written: {error.strerror or error}",
            path=Path(error.filename) if isinstance(error.filename, str) else root,
            remedy="Close open files there, check the free space, or choose another folder with --out.",
        ) from None
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files as one ZIP archive: the same bytes for the same files, whatever the day."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in sorted(files):
            # The earliest date that the format knows: a build has no clock.
            entry = ZipInfo(_safe(name).as_posix(), date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def _safe(name: str) -> Path:
    """A relative path that stays below its root. Raises :class:`ProjectError`."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
        raise ProjectError(f"“{name}” is no path below the output folder")
    return Path(*parts)
