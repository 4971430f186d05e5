"""Statements of a newsletter."""

from dataclasses import dataclass
from enum import StrEnum


class StatementKind(StrEnum):
    """What a piece of a newsletter is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Statement:
    """One numbered piece of a newsletter; ``line`` is where it begins, from 1."""

    number: int
    kind: StatementKind
    text: str
    line: int
