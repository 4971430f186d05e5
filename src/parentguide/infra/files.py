"""Read files, with this program's errors."""

import os
import stat
from pathlib import Path
from typing import IO

from parentguide.errors import ProjectError, SourceError

# Far more than any file that the program reads.
MOST_BYTES = 50_000_000
_PART = 1_000_000
# Without O_NONBLOCK, opening a pipe waits for somebody to write to it; other systems lack some of the flags.
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """The file's bytes. Raises :class:`ProjectError` if it cannot be read, is not a regular file (a pipe may
    never end, and a device never does) or has more than ``most`` bytes."""
    try:
        handle = os.open(path, _OPEN)
        kind = os.fstat(handle).st_mode
        if not stat.S_ISREG(kind):
            os.close(handle)
            what = "folder" if stat.S_ISDIR(kind) else "pipe or device"
            raise _unreadable(f"is a {what}, not a file", path)
        with os.fdopen(handle, "rb") as stream:
            data = _read(stream, most + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(f"cannot be read: {getattr(error, 'strerror', None) or error}", path) from None
    if len(data) > most:
        raise ProjectError(
            f"has more than {most // 1_000_000 or 1} MB", path=path, remedy="Give a smaller file."
        )
    return data


def _read(stream: IO[bytes], most: int) -> bytes:
    """Up to ``most`` bytes. The size that the system states may be wrong, or grow, so it is not relied on;
    and to ask for many bytes at once takes memory for all of them."""
    parts = []
    while most > 0 and (part := stream.read(min(most, _PART))):
        parts.append(part)
        most -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _unreadable(problem: str, path: Path) -> ProjectError:
    return ProjectError(problem, path=path, remedy="Check the name, and that you may open the file.")


def read_text(path: Path, most: int = MOST_BYTES) -> str:
    """The file's text. Raises :class:`ProjectError`, and :class:`SourceError` if it is not UTF-8."""
    return decoded(read_bytes(path, most), path)


def resolved(path: Path) -> Path:
    """The path without links. Raises :class:`ProjectError` for a link that leads to itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise ProjectError(
            f"does not lead to a place: {getattr(error, 'strerror', None) or error}",
            path=path,
            remedy="Check the name, and the links in it.",
        ) from None


def decoded(data: bytes, path: Path) -> str:
    """The text of ``data``, the bytes of ``path``. Raises :class:`SourceError` unless it is UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"not UTF-8 at byte {error.start}", path=path, remedy="Save the file as UTF-8."
        ) from None
