"""Read and write text files in the form that they have: line ends and byte-order mark.

Whatever a file's line ends are (LF, CRLF, CR or a mixture), its text here has ``\\n``. A file that is
changed keeps its own: git, Notepad and old Macs write others than we do, and a change of one word
must not change every line.
"""

import codecs
import os
import stat
from pathlib import Path
from typing import IO

from parentguide.errors import ProjectError, SourceError
from parentguide.infra.atomic import write_file

_UTF_16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF_8 = (codecs.BOM_UTF8, "utf-8")
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


def read_text(path: Path) -> str:
    """The file's text, with ``\\n`` at the end of each line.

    Raises :class:`ProjectError`, and :class:`SourceError` if it is not UTF-8.
    """
    return decoded(read_bytes(path), path)


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
    """The text of ``data``, the bytes of ``path``, with ``\\n`` at the end of each line.

    Raises :class:`SourceError` unless it is UTF-8, or UTF-16 with a byte-order mark (Notepad's “Unicode”).
    """
    mark, encoding = _form(data)
    try:
        return with_line_feeds(data[len(mark) :].decode(encoding))
    except UnicodeDecodeError as error:
        raise SourceError(
            f"not {encoding[:6].upper()} at byte {error.start + len(mark)}",
            path=path,
            remedy="Save the file as UTF-8.",
        ) from None


def with_line_feeds(text: str) -> str:
    """The text with ``\\n`` at the end of each line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def newline_of(text: str) -> str:
    """The line end that most lines have; ``\\n`` if there is none, or as many of another.

    >>> newline_of("One\\r\\nTwo\\r\\nThree\\n")
    '\\r\\n'
    """
    both = text.count("\r\n")
    counts = {"\n": text.count("\n") - both, "\r\n": both, "\r": text.count("\r") - both}
    return max(counts, key=lambda newline: counts[newline])


def write_text(path: Path, text: str) -> None:
    """Write ``text`` in the form of the present file; a new file gets UTF-8 and ``\\n``.

    Raises :class:`ProjectError`; the old file is then unchanged.
    """
    write_file(path, encoded_as(text, read_bytes(path) if path.exists() else b""))


def encoded_as(text: str, old: bytes) -> bytes:
    """``text`` as bytes with the line ends and the byte-order mark of ``old``."""
    mark, encoding = _form(old)
    newline = newline_of(old[len(mark) :].decode(encoding, "replace"))
    return mark + with_line_feeds(text).replace("\n", newline).encode(encoding)


def _form(data: bytes) -> tuple[bytes, str]:
    """The byte-order mark (empty if there is none) and the encoding."""
    return next((form for form in (_UTF_8, *_UTF_16) if data.startswith(form[0])), (b"", "utf-8"))
