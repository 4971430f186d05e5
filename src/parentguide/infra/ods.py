"""Sheets of an OpenDocument spreadsheet (OpenDocument 1.3, part 3, 9): ``content.xml`` -> rows.

Decision: docs/decisions/0028-tables-as-they-are-saved.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from xml.etree.ElementTree import Element

from parentguide.infra.spreadsheet_cells import Cell, Row, Sheet, whole_or_decimal
from parentguide.infra.spreadsheet_xml import SpreadsheetXmlError, attributes_of, elements, local_name

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC_EXTENSION = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
# A file of some kilobytes can say that a cell is repeated thousands of times.
_MAX_CELLS = 1_000_000


def ods_sheets(parts: Mapping[str, bytes]) -> tuple[Sheet, ...]:
    """The sheets of the parts of a file, in order. Raises :class:`SpreadsheetXmlError`."""
    content = parts["content.xml"]
    names, hidden_styles, style = [], set(), ""
    for starts, name, element in elements(content):
        if name in ("table-row", "style") and not starts:
            element.clear()
        elif starts and name in ("style", "table-properties", "table"):
            attributes = attributes_of(element)
            if name == "style":
                style = attributes.get("name", "")
            elif name == "table":
                names.append((attributes.get("name", ""), attributes.get("style-name", "") in hidden_styles))
            elif attributes.get("display") == "false":
                hidden_styles.add(style)
    return tuple(
        Sheet(name, partial(_rows, content, number), hidden) for number, (name, hidden) in enumerate(names)
    )


@dataclass(slots=True)
class _Place:
    """Where the reader is: the sheet from 0, the row before this one, groups of hidden rows around it."""

    sheet: int = -1
    depth: int = 0
    row: int = 0
    cells: int = 0
    groups: list[bool] = field(default_factory=list)


def _rows(content: bytes, wanted: int) -> Iterator[Row]:
    place = _Place()
    for starts, name, element in elements(content):
        if name == "table":
            # A table inside a cell belongs to an embedded object.
            place.depth += 1 if starts else -1
            place.sheet += starts and place.depth == 1
            if not starts and place.depth == 0 and place.sheet == wanted:
                return
        elif name == "table-row-group":
            if starts:
                place.groups.append(attributes_of(element).get("display") == "false")
            else:
                place.groups.pop()
        elif name == "table-row" and not starts and place.depth == 1:
            if place.sheet == wanted:
                yield from _repeated(element, place)
            element.clear()


def _repeated(element: Element, place: _Place) -> Iterator[Row]:
    """The row as often as it is repeated, if it has cells."""
    attributes = attributes_of(element)
    first = place.row + 1
    place.row += int(attributes.get("number-rows-repeated", "1"))
    cells = _cells(element, place)
    if cells:
        hidden = attributes.get("visibility") in ("collapse", "filter") or any(place.groups)
        for number in range(first, place.row + 1):
            yield Row(number, cells, hidden)


def _cells(row: Element, place: _Place) -> dict[int, Cell]:
    found: dict[int, Cell] = {}
    column = 1
    for element in row:
        kind = local_name(element.tag)
        if kind not in ("table-cell", "covered-table-cell"):
            continue
        count = int(attributes_of(element).get("number-columns-repeated", "1"))
        # What a merged cell covers may be stored, but nobody sees it.
        cell = _cell(element) if kind == "table-cell" else None
        if cell:
            place.cells += count
            if place.cells > _MAX_CELLS:
                raise SpreadsheetXmlError("one cell is repeated thousands of times")
            found.update(dict.fromkeys(range(column, column + count), cell))
        column += count
    return found


def _cell(element: Element) -> Cell | None:
    kind = element.get(f"{_OFFICE}value-type", "")
    shown = "\n".join(_text(child) for child in element if local_name(child.tag) == "p")
    if element.get(f"{_CALC_EXTENSION}value-type") == "error":
        return Cell(shown.strip() or "#N/A")
    match kind:
        case "float" | "currency" | "percentage":
            cell = Cell(_number(element.get(f"{_OFFICE}value", ""), shown), "number")
        case "date":
            cell = Cell(element.get(f"{_OFFICE}date-value", "")[:10], "date")
        case "time":
            cell = Cell(shown, "date")
        case "boolean":
            cell = Cell(element.get(f"{_OFFICE}boolean-value", "").upper())
        case "" if not shown and "formula" in attributes_of(element):
            return Cell("", "formula")
        case _:
            cell = Cell(shown or element.get(f"{_OFFICE}string-value", ""))
    return cell if cell.text.strip() else None


def _number(stored: str, shown: str) -> str:
    """The number; as it is shown where its format adds zeros or literals to the same digits."""
    try:
        number = whole_or_decimal(float(stored))
    except (ValueError, OverflowError):
        return shown
    digits = "".join(char for char in shown if char.isdigit())
    adds = shown[:1] in ("0", "+", "(") and digits.endswith(number)
    return shown if adds and "." not in shown and "," not in shown else number


def _text(element: Element) -> str:
    """The text of a paragraph, with its spaces, tabs and line breaks as characters."""
    match local_name(element.tag):
        case "s":
            text = " " * min(int(attributes_of(element).get("c", "1")), 1000)
        case "tab":
            text = "\t"
        case "line-break":
            text = "\n"
        case "annotation" | "note":
            text = ""
        case _:
            text = (element.text or "") + "".join(_text(child) + (child.tail or "") for child in element)
    return text
