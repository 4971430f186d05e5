"""A plain text as a document: its lines. Pure."""

import re
from pathlib import Path

from parentguide.errors import SourceError
from parentguide.newsletter.limits import checked_length, checked_lines
from parentguide.newsletter.passages import Document, Passage

_LINE_BREAK = re.compile("\r\n|\r|\n|\f|\u2028|\u2029|\x85")


def decode(data: bytes, path: Path | None = None) -> str:
    """The text of a text file, in whatever encoding a school's computer saved it.

    Tries UTF-8 and UTF-16 with or without a byte-order mark, then Windows-1252.
    Raises :class:`SourceError` if the bytes are not text.
    """
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for attempt in (encoding, "cp1252"):
        try:
            text = data.decode(attempt)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SourceError(
        "this is not a text file",
        path=path,
        remedy="Open the newsletter, select all its text, and save it as plain text (UTF-8, .txt).",
    )


def read_text(text: str) -> Document:
    """A passage for each line, blank lines too, as it stands with its indent.

    Raises :class:`SourceError` if the text is too long.
    """
    rows = checked_lines(_LINE_BREAK.split(checked_length(text)), len(text))
    return Document(tuple(Passage(row, line=number) for number, row in enumerate(rows, 1)))
