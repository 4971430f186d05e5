"""Find the parts of a review sheet that came back: its tabs and columns, by what is in them.

Spreadsheet programs rename tabs (“Review - Table 1”) and add others; people delete, move and copy columns,
and write a title above them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from parentguide.errors import SourceError
from parentguide.infra.spreadsheet_places import FORMULA, OddCells, odd_cells
from parentguide.infra.spreadsheet_safety import MAX_CELL, refuse_unsafe_spreadsheet
from parentguide.review.sheet_words import plain
from parentguide.review.sheet_writer import COLUMNS, LABELS, MARK, REVIEW

_MAX_ROWS = 5_000
_MAX_ODD = 1_000
# The row of headings is among the first ones, below whatever somebody wrote above it.
_HEAD_ROWS = 20
_NEEDED = ("review.english", "review.translation")
_ANSWERS = ("review.verdict", "review.better", "review.comment")
_SHOULD_BE_THERE = (*_NEEDED, *_ANSWERS)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: the values of its cells from the first used one, whose row and column are ``first_row``
    and ``first_column``, from 1."""

    name: str
    cells: Sequence[Sequence[Any]]
    first_row: int
    first_column: int
    odd: tuple[OddCells, ...] = ()

    def row_number(self, index: int) -> int:
        return self.first_row + index


@dataclass(frozen=True, slots=True)
class ReviewTab:
    """A tab with rows to review: ``head`` is the index of the row of headings.

    ``columns`` has the indexes of each column by its label, of which a copied column has several;
    ``others`` are the indexes of the columns that are not of the sheet.
    """

    tab: Tab
    head: int
    columns: Mapping[str, tuple[int, ...]]
    others: tuple[int, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The headings of the columns for answers that the tab lacks."""
        return tuple(LABELS[label] for label in _ANSWERS if not self.columns[label])


def read_tabs(data: bytes, path: Path) -> tuple[Tab, ...]:
    """All tabs of a spreadsheet. Raises :class:`SourceError` for one that is unsafe or cannot be read."""
    refuse_unsafe_spreadsheet(data, path, odd_cells=True)
    try:
        odd = odd_cells(data)
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        tabs = tuple(_tab(book, name, odd.get(name, ())) for name in book.sheet_names)
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise SourceError(
            f"not a spreadsheet: {error}", path=path, remedy="Save it as .xlsx or .ods."
        ) from None
    for tab in tabs:
        _refuse_too_large(tab, path)
    return tabs


def _tab(book: CalamineWorkbook, name: str, odd: tuple[OddCells, ...]) -> Tab:
    sheet = book.get_sheet_by_name(name)
    row, column = sheet.start or (0, 0)
    return Tab(name, sheet.to_python(), row + 1, column + 1, odd)


def _refuse_too_large(tab: Tab, path: Path) -> None:
    if len(tab.cells) > _MAX_ROWS:
        raise SourceError(
            f"the tab “{tab.name}” has {len(tab.cells):,} rows; the limit is {_MAX_ROWS:,}",
            path=path,
            remedy="Start with a new sheet.",
        )
    if len(tab.odd) > _MAX_ODD:
        raise SourceError(
            f"the tab “{tab.name}” has {len(tab.odd):,} formulas and joined cells",
            path=path,
            remedy="Copy the answers into a new sheet (“parentguide review sheet”).",
        )
    for index, cells in enumerate(tab.cells):
        for cell in cells:
            if isinstance(cell, str) and len(cell) > MAX_CELL:
                raise SourceError(
                    f"the tab “{tab.name}”, row {tab.row_number(index)}: a cell has {len(cell):,} characters",
                    path=path,
                    remedy="Shorten it. Nothing was changed.",
                )


def cell_text(value: Any) -> str:
    """The value of a cell as text, without white space around it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return str(value.date())
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def is_words(value: Any) -> bool:
    """Whether a cell holds text, not a number, a date or a tick that a program made of what was typed."""
    return isinstance(value, str)


def language_tag(tabs: Sequence[Tab]) -> str:
    """The tag in the hidden tab, below the mark of the program; empty if there is none."""
    for tab in tabs:
        for row, below in zip(tab.cells, tab.cells[1:], strict=False):
            for value, tag in zip(row, below, strict=False):
                if value == MARK:
                    return cell_text(tag)
    return ""


def drop_down(tabs: Sequence[Tab]) -> Sequence[str]:
    """The labels of the drop-down for answers in the hidden tab, in its order; empty if there is none."""
    for tab in tabs:
        if any(MARK in row for row in tab.cells):
            return [cell_text(row[0]) for row in tab.cells if row]
    return ()


def review_tabs(tabs: Sequence[Tab], path: Path) -> tuple[ReviewTab, ...]:
    """The tabs with rows to review.

    Raises :class:`SourceError` if there is none, and with every one that lacks a column without which
    nobody can tell which words its answers are about.
    """
    found = [review for tab in tabs if (review := _review_tab(tab))]
    if not found:
        raise SourceError(
            f"the tab “{REVIEW}” is missing: no tab has the headings of a review sheet (“English”,"
            " “Translation”, “Your answer”), so parentguide did not make this file",
            path=path,
            remedy="Ask for the file as it was, or make a new sheet with “parentguide review sheet”.",
        )
    lacking = [(one, label) for one in found for label in _NEEDED if len(one.columns[label]) != 1]
    if lacking:
        one, label = lacking[0]
        what = "appears twice" if one.columns[label] else "is missing"
        raise SourceError(
            f"the tab “{one.tab.name}”: the column “{LABELS[label]}” {what}, so nobody can tell which words"
            " the answers are about",
            path=path,
            remedy="Ask for the file as it was, or copy the answers into a new sheet.",
        )
    return tuple(found)


def _review_tab(tab: Tab) -> ReviewTab | None:
    wanted = {plain(LABELS.get(column.label, column.label)): column.label for column in COLUMNS}
    for head, row in enumerate(tab.cells[:_HEAD_ROWS]):
        labels = [wanted.get(plain(cell_text(cell).split(" / ")[0])) for cell in row]
        if len({*labels} & {*_SHOULD_BE_THERE}) < len(_SHOULD_BE_THERE) - 2:
            continue
        columns = {
            column.label: tuple(i for i, label in enumerate(labels) if label == column.label)
            for column in COLUMNS
        }
        if any(columns[label] for label in _ANSWERS):
            return ReviewTab(tab, head, columns, tuple(i for i, label in enumerate(labels) if label is None))
    return None


def odd_in(tab: Tab, row: int) -> Iterator[str]:
    """What is odd in the row of this number: the reasons why its answer is not clear."""
    for odd in tab.odd:
        if odd.first_row <= row <= odd.last_row:
            if odd.kind == FORMULA:
                yield f"the cell {odd.where} has a formula, not words"
            elif odd.first_row != odd.last_row:
                yield f"the cells {odd.where} are joined, so nobody can tell which row they belong to"
            else:
                yield f"the cells {odd.where} are joined, so what was in them is lost"
