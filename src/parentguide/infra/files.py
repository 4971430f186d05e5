"""Read and write text files in the form that they have: line ends and byte-order mark.

Whatever a file's line ends are (LF, CRLF, CR or a mixture), its text here has ``\\n``. A file that is
changed keeps its own: git, Notepad and old Macs write others than we do, and a change of one word
must not change every line.
"""

import codecs
from pathlib import Path

from parentguide.errors import ProjectError, SourceError
from parentguide.infra.atomic import write_file

_UTF_16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF_8 = (codecs.BOM_UTF8, "utf-8")


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises :class:`ProjectError` if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ProjectError(
            f"cannot be read: {error.strerror or error}",
            path=path,
            remedy="Check the name, and that you may open the file.",
        ) from None


def read_text(path: Path) -> str:
    """The file's text, with ``\\n`` at the end of each line.

    Raises :class:`ProjectError`, and :class:`SourceError` if it is not UTF-8.
    """
    return decoded(read_bytes(path), path)


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
