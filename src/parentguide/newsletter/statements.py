"""A newsletter's passages as numbered statements. Pure functions.

They undo what a PDF leaves in a copied text: hard line breaks, headings with a leading space, list items
over several lines or without their dash, words cut at a line's end, ligatures, odd spaces.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from parentguide.errors import SourceError
from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.cleaning import clean, single_spaced
from parentguide.newsletter.drafts import StatementDraft
from parentguide.newsletter.furniture import without_furniture
from parentguide.newsletter.grouping import group_lines
from parentguide.newsletter.joining import join_lines, restore_hyphens
from parentguide.newsletter.kinds import with_kinds
from parentguide.newsletter.letters import with_letter_parts
from parentguide.newsletter.limits import PASTE
from parentguide.newsletter.lines import Line, read_lines
from parentguide.newsletter.passages import Document, LeftOut
from parentguide.newsletter.structured import is_plain, passage_lines
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
    lines, left_out = _lines(document)
    if all(line.blank for line in lines):
        raise SourceError("the newsletter is empty", remedy="Give a file with the text in it. Or: " + PASTE)
    words = set(_WORD.findall(" ".join(line.text for line in lines).lower()))
    drafts = with_kinds(with_letter_parts(group_lines(lines)))
    statements = tuple(_statement(number, draft, words) for number, draft in enumerate(drafts, 1))
    return Reading(statements, (*map(_cleaned, document.left_out), *left_out))


def _cleaned(left_out: LeftOut) -> LeftOut:
    return replace(left_out, text=single_spaced(clean(left_out.text)))


def _lines(document: Document) -> tuple[tuple[Line, ...], tuple[LeftOut, ...]]:
    """The lines, each a statement if the file says what it is, without running heads and page numbers."""
    if is_plain(document.passages):
        return without_furniture(read_lines(document.passages))
    return passage_lines(document.passages), ()


def _statement(number: int, draft: StatementDraft, words: Collection[str]) -> Statement:
    text = join_lines(draft.parts, words)
    if draft.kind is not StatementKind.QUOTATION:
        text = restore_hyphens(text, words)
    return Statement(number, draft.kind, text, draft.line, draft.page, draft.suggest, draft.unsure)


def read_statements(text: str) -> tuple[Statement, ...]:
    """The statements of a newsletter's text. Raises :class:`SourceError` if the text has no words."""
    return statements_of(read_text(text)).statements
