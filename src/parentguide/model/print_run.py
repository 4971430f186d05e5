"""The order of the sides of a print run: many copies of several sheets, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class SheetCopies:
    """How many ``pages`` a sheet has, and how many ``copies`` of it are printed; both at least 1."""

    pages: int
    copies: int


class Side(NamedTuple):
    """One side of paper: ``page`` of the sheet at the position ``sheet``, both from 0; None: it is blank."""

    sheet: int
    page: int | None


def sides_of(sheets: Sequence[SheetCopies]) -> tuple[Side, ...]:
    """The sides of all copies. The copies of a sheet follow one another, and the sheets keep their order.

    Every copy has an even number of sides, so that a printer that prints both sides begins each on a leaf
    of its own.

    >>> [side.page for side in sides_of([SheetCopies(pages=3, copies=2)])]
    [0, 1, 2, None, 0, 1, 2, None]
    """
    return tuple(
        Side(number, page)
        for number, sheet in enumerate(sheets)
        for _ in range(sheet.copies)
        for page in (*range(sheet.pages), *([None] if sheet.pages % 2 else []))
    )
