"""A newsletter's text, as it was copied out of a PDF, as numbered statements. Pure functions.

They undo what a PDF leaves: hard line breaks, headings with a leading space, list items over several
lines or without their dash, words cut at a line's end, ligatures, odd spaces.
"""

import re
from pathlib import Path

from parentguide.errors import SourceError
from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.grouping import group_lines
from parentguide.newsletter.joining import join_lines, restore_hyphens
from parentguide.newsletter.lines import read_lines

_WORD = re.compile(r"[\w’'-]+")


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


def read_statements(text: str) -> tuple[Statement, ...]:
    """The statements of a newsletter's text, numbered from 1 in reading order.

    A quotation that begins a line and has several sentences (the official definition) keeps each
    letter: only its line breaks and its quotation marks are removed. Each of its paragraphs is a
    statement. Raises :class:`SourceError` if the text has no words.
    """
    lines = read_lines(text)
    if all(line.blank for line in lines):
        raise SourceError("the newsletter is empty", remedy="Give a file with the text in it.")
    words = set(_WORD.findall(text.lower()))
    statements: list[Statement] = []
    for draft in group_lines(lines):
        joined = join_lines(draft.parts, words)
        if draft.kind is not StatementKind.QUOTATION:
            joined = restore_hyphens(joined, words)
        statements.append(Statement(len(statements) + 1, draft.kind, joined, draft.line))
    return tuple(statements)
