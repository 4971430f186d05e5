"""A newsletter's passages as numbered statements. Pure functions.

They undo what a PDF leaves in a copied text: hard line breaks, headings with a leading space, list items
over several lines or without their dash, words cut at a line's end, ligatures, odd spaces.
"""

import re
from dataclasses import dataclass

from parentguide.errors import SourceError
from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.grouping import group_lines
from parentguide.newsletter.joining import join_lines, restore_hyphens
from parentguide.newsletter.lines import read_lines
from parentguide.newsletter.passages import Document, LeftOut
from parentguide.newsletter.text_document import read_text

_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A newsletter's ``statements``, numbered from 1 in reading order, and what is ``left_out`` of them."""

    statements: tuple[Statement, ...]
    left_out: tuple[LeftOut, ...] = ()


def statements_of(document: Document) -> Reading:
    """The statements of a document. Raises :class:`SourceError` if it has no words.

    A quotation that begins a line and has several sentences (the official definition) keeps each
    letter: only its line breaks and its quotation marks are removed. Each of its paragraphs is a
    statement.
    """
    lines = read_lines("\n".join(passage.text for passage in document.passages))
    if all(line.blank for line in lines):
        raise SourceError("the newsletter is empty", remedy="Give a file with the text in it.")
    words = set(_WORD.findall(" ".join(line.text for line in lines).lower()))
    statements: list[Statement] = []
    for draft in group_lines(lines):
        joined = join_lines(draft.parts, words)
        if draft.kind is not StatementKind.QUOTATION:
            joined = restore_hyphens(joined, words)
        statements.append(Statement(len(statements) + 1, draft.kind, joined, draft.line))
    return Reading(tuple(statements), document.left_out)


def read_statements(text: str) -> tuple[Statement, ...]:
    """The statements of a newsletter's text. Raises :class:`SourceError` if the text has no words."""
    return statements_of(read_text(text)).statements
