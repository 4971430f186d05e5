"""Statements of a newsletter."""

from dataclasses import dataclass
from enum import StrEnum


class StatementKind(StrEnum):
    """What a statement is in the newsletter's layout."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTATION = "quotation"
    ROW = "row"
    # The reader takes nothing for these two: a person says so.
    STEP = "step"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Statement:
    """One numbered statement of a newsletter. ``number`` and ``line``, where it begins, count from 1.

    The cells of a ``ROW`` are joined by `` | ``. ``page`` counts from 1, and is None for a file without
    pages. ``suggest`` is what the reader suggests, such as :data:`LEAVE_OUT`, and ``unsure`` says why the
    reader is not sure of the kind or the words; both are empty for most statements.
    """

    number: int
    kind: StatementKind
    text: str
    line: int
    page: int | None = None
    suggest: str = ""
    unsure: str = ""


LEAVE_OUT = "leave out"
PART_OF_LETTER = "Part of a letter, not of its message: a date, a greeting, a close or a signature."
