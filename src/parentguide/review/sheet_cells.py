"""Cells of a review sheet: text that stays text, sizes, borders and lists to choose from."""

import re
from collections.abc import Sequence
from math import ceil

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from parentguide.model import markup
from parentguide.model.language import Language

LINE = 15.0  # points of height for a line of 11-point type
_THIN = Side(style="thin", color="FF888888")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_OPEN = PatternFill("solid", fgColor="FFFFF8DC")
HEAD = PatternFill("solid", fgColor="FFE8E8E8")


def storable(text: str) -> str:
    """The text as a cell shows it.

    XML 1.0 does not allow control characters (section 2.2), and openpyxl refuses them.
    """
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


def put(
    cell: object, text: str, *, language: Language | None = None, bold: bool = False, open_: bool = False
) -> None:
    """Write a text as text, so that no program takes one that begins with = + - or @ for a formula."""
    assert isinstance(cell, Cell)
    cell.value = storable(text) or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[:1] in "=+-@\t"
    right = language is not None and language.direction == "rtl"
    cell.alignment = Alignment(
        wrap_text=True,
        vertical="top",
        horizontal="right" if right else "left",
        readingOrder=2 if right else 1,
    )
    cell.font = Font(bold=bold, size=11)
    cell.border = _BOX
    cell.protection = Protection(locked=not open_)
    if open_:
        cell.fill = _OPEN
        # As text, so that no program turns what somebody types into a date or a number.
        cell.number_format = "@"


def offer(sheet: Worksheet, cells: str, formula: str) -> None:
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.add(cells)
    sheet.add_data_validation(rule)


def widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width


def height(*texts: tuple[str, int]) -> float:
    """The height in points of the tallest text; each comes with its column's width in characters.

    Wide letters count double.
    """
    lines = [
        ceil(sum(2 if ord(c) > 0x2E7F else 1.15 for c in markup.plain(text)) / width) for text, width in texts
    ]
    return LINE * max(1, *lines) + 4
