"""Statements of a newsletter."""

from dataclasses import dataclass
from enum import StrEnum


class StatementKind(StrEnum):
    """What a statement is in the newsletter's layout."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Statement:
    """One numbered statement of a newsletter. ``number`` and ``line``, where it begins, count from 1."""

    number: int
    kind: StatementKind
    text: str
    line: int
