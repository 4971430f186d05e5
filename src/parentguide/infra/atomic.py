"""Writing so that a reader never meets half a file: temporary place first, then moved."""

import os
import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path, PurePosixPath
from threading import Lock
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from parentguide.errors import ProjectError

_umask = Lock()


def umask() -> int:
    """The rights that new files of this process do not get.

    The system tells the mask only to who sets another. So threads take turns: two at once
    would each put back what the other had set, and leave every file open to all.
    """
    with _umask:
        mask = os.umask(0o077)
        os.umask(mask)
    return mask


def write_file(path: Path, data: bytes) -> None:
    """Write one file atomically: the old one stands until the new one is whole."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        # mkstemp makes a file for the owner alone; others must be able to read a page.
        Path(temporary).chmod(0o666 & ~umask())
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True) if temporary else None
        raise ProjectError(
            f"cannot be written: {error.strerror or error}",
            path=path,
            remedy="Close the file if it is open elsewhere, check the free space, or choose another --out.",
        ) from None


def zip_bytes(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files as one ZIP archive: the same bytes for the same files, whatever the day."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in sorted(files):
            # The earliest date that the format knows: a build has no clock.
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
        raise ProjectError(f"“{name}” is no path below the output folder")
    return Path(*parts)
