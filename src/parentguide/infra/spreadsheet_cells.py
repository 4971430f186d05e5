"""What the readers of spreadsheets return: sheets of rows of cells, without empty cells."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

# “formula”: a formula without a stored value, which only a spreadsheet program can calculate.
Kind: TypeAlias = Literal["text", "number", "date", "formula"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty: what the spreadsheet program shows, and what is stored.

    A date is ``2026-11-24``, without its time of day; a whole number has no decimal point; a truth
    value is ``TRUE`` or ``FALSE``; an error is its sign, such as ``#N/A``.
    """

    text: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number from 1, and its cells by column from 1. ``hidden`` rows include filtered ones."""

    number: int
    cells: Mapping[int, Cell]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows`` starts at the first row each time, and leaves out rows without cells."""

    name: str
    rows: Callable[[], Iterator[Row]]
    hidden: bool = False


def column_letters(column: int) -> str:
    """The letters of a column from 1: ``A`` to ``Z``, ``AA``, …"""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def column_number(cell: str) -> int:
    """The column from 1 of a cell such as ``AB12``; 0 where ``cell`` begins with no letter."""
    number = 0
    for char in cell.upper():
        if not "A" <= char <= "Z":
            break
        number = number * 26 + ord(char) - ord("A") + 1
    return number


def cell_name(column: int, row: int) -> str:
    """``B7`` for column 2 and row 7."""
    return f"{column_letters(column)}{row}"


def whole_or_decimal(value: float) -> str:
    """A number without number format: ``1632960001`` for 1632960001.0."""
    return str(int(value)) if value.is_integer() else repr(value)
