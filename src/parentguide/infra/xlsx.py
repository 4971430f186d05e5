"""Sheets of an Excel workbook (ECMA-376, part 1, 18): the parts of ``.xlsx`` -> rows of cells.

Decision: docs/decisions/0028-tables-as-they-are-saved.md.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import builtin_format_code, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.utils.escape import unescape

from parentguide.infra.excel_numbers import shown
from parentguide.infra.spreadsheet_cells import Cell, Row, Sheet, column_number, whole_or_decimal
from parentguide.infra.spreadsheet_xml import attributes_of, elements, local_name

_WORKBOOK = "xl/workbook.xml"
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class _Workbook:
    """What the cells of all sheets refer to."""

    strings: Sequence[str]
    formats: Sequence[str]
    epoch: datetime
    # The program that wrote the file calculated no formula.
    not_calculated: bool


def xlsx_sheets(parts: Mapping[str, bytes]) -> tuple[Sheet, ...]:
    """The sheets of the parts of a file, in order.

    Raises :class:`~parentguide.infra.spreadsheet_xml.SpreadsheetXmlError`, and :class:`KeyError`
    for a part that is missing.
    """
    targets = _targets(parts)
    sheets: list[tuple[str, str, bool]] = []
    epoch, not_calculated = CALENDAR_WINDOWS_1900, False
    for starts, name, element in elements(parts[_WORKBOOK]):
        attributes = attributes_of(element)
        if starts and name == "workbookPr" and attributes.get("date1904") in _TRUE:
            epoch = CALENDAR_MAC_1904
        elif starts and name == "calcPr":
            not_calculated = attributes.get("fullCalcOnLoad") in _TRUE
        elif starts and name == "sheet":
            # “hidden”, or “veryHidden” for a sheet that only a macro can show.
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append((attributes.get("name", ""), targets.get(attributes.get("id", ""), ""), hidden))
    book = _Workbook(_strings(parts), _formats(parts), epoch, not_calculated)
    # A chart has a sheet without rows, in another folder.
    return tuple(
        Sheet(name, partial(_rows, parts[part], book), hidden)
        for name, part, hidden in sheets
        if part in parts and "/worksheets/" in f"/{part}"
    )


def _targets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The names of the workbook's parts by their ids."""
    found = {}
    for starts, name, element in elements(parts["xl/_rels/workbook.xml.rels"]):
        if starts and name == "Relationship":
            target = element.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            found[element.get("Id", "")] = posixpath.normpath(part).lower()
    return found


def _strings(parts: Mapping[str, bytes]) -> list[str]:
    found: list[str] = []
    if "xl/sharedstrings.xml" in parts:
        for starts, name, element in elements(parts["xl/sharedstrings.xml"]):
            if name == "si" and not starts:
                found.append(_text(element))
                element.clear()
    return found


def _text(element: Element) -> str:
    """The text of a string, without the phonetic guide of East Asian names."""
    texts = []
    for child in element:
        match local_name(child.tag):
            case "t":
                texts.append(unescape(child.text or ""))
            case "r":
                texts.append(_text(child))
    return "".join(texts)


def _formats(parts: Mapping[str, bytes]) -> list[str]:
    """The number format of each cell style."""
    found: list[str] = []
    own: dict[int, str] = {}
    inside = False
    for starts, name, element in elements(parts.get("xl/styles.xml", b"<styleSheet/>")):
        if name == "cellXfs":
            inside = starts
        elif starts and name == "numFmt":
            own[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
        elif starts and name == "xf" and inside:
            number = int(element.get("numFmtId", "0"))
            found.append(own.get(number) or builtin_format_code(number) or "General")
    return found


def _rows(content: bytes, book: _Workbook) -> Iterator[Row]:
    number = column = 0
    cells: dict[int, Cell] = {}
    table: Element | None = None
    for starts, name, element in elements(content):
        if starts and name == "sheetData":
            table = element
        elif starts and name == "row":
            number, column, cells = int(element.get("r", number + 1)), 0, {}
        elif name == "c" and not starts:
            column = column_number(element.get("r", "")) or column + 1
            cell = _cell(element, book)
            if cell:
                cells[column] = cell
            element.clear()
        elif name == "row" and not starts:
            if cells:
                hidden = element.get("hidden") in _TRUE or element.get("ht") == "0"
                yield Row(number, cells, hidden)
            if table is not None:
                table.clear()


def _cell(element: Element, book: _Workbook) -> Cell | None:
    children = {local_name(child.tag): child for child in element}
    stored = (children["v"].text or "") if "v" in children else ""
    kind = element.get("t", "n")
    if "f" in children and kind != "str" and (not stored or (stored == "0" and book.not_calculated)):
        return Cell("", "formula")
    match kind:
        case "s":
            text = book.strings[int(stored)] if stored else ""
        case "inlineStr":
            text = _text(children["is"]) if "is" in children else ""
        case "b":
            text = "TRUE" if stored == "1" else "FALSE"
        case "n":
            return _number(stored, book, int(element.get("s", "0"))) if stored else None
        case "d":
            return Cell(stored[:10], "date")
        case _:
            text = unescape(stored)
    return Cell(text) if text.strip() else None


def _number(stored: str, book: _Workbook, style: int) -> Cell:
    value = float(stored)
    number_format = book.formats[style] if style < len(book.formats) else "General"
    padded = shown(value, number_format)
    if padded is not None:
        return Cell(padded, "number")
    if is_date_format(number_format):
        try:
            moment = from_excel(value, book.epoch)
        except (ValueError, OverflowError):
            return Cell(whole_or_decimal(value), "number")
        return Cell(moment.isoformat()[:10] if isinstance(moment, date) else str(moment), "date")
    return Cell(whole_or_decimal(value), "number")
