"""Where a spreadsheet has formulas and joined cells, tab by tab, in ``.xlsx`` and ``.ods``.

A reader of values does not see them: it gives the last result of a formula, and joined cells as one
value with empty cells beside it. Call :func:`refuse_unsafe_spreadsheet` first.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse

FORMULA, JOINED = "a formula", "joined cells"
_REFERENCE = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")


@dataclass(frozen=True, slots=True)
class OddCells:
    """A formula or joined cells: ``where`` is a place such as ``H3`` or ``H3:H5``; rows count from 1."""

    kind: str
    where: str
    first_row: int
    last_row: int


def odd_cells(data: bytes) -> Mapping[str, tuple[OddCells, ...]]:
    """The formulas and joined cells of each tab, by its name."""
    with ZipFile(BytesIO(data)) as archive:
        if "content.xml" in archive.namelist():
            return _of_ods(archive.read("content.xml"))
        return {
            name: tuple(_of_xlsx_tab(archive.read(part)))
            for name, part in _xlsx_tabs(archive)
            if part in archive.namelist()
        }


def column_letters(column: int) -> str:
    """The name of a column that counts from 1.

    >>> column_letters(28)
    'AB'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _elements(data: bytes) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each element's name and attributes without their namespaces, as it starts."""
    for _, element in iterparse(BytesIO(data), events=("start",), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        yield name, {key.rpartition("}")[2]: value for key, value in element.attrib.items()}


def _xlsx_tabs(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each tab and the part of the archive that holds it (ECMA-376, Part 1, 18.2.19)."""
    targets = {
        found["Id"]: posixpath.normpath(posixpath.join("/xl", found["Target"]))[1:]
        for name, found in _elements(archive.read("xl/_rels/workbook.xml.rels"))
        if name == "Relationship"
    }
    for name, found in _elements(archive.read("xl/workbook.xml")):
        if name == "sheet":
            yield found["name"], targets.get(found["id"], "")


def _of_xlsx_tab(data: bytes) -> Iterator[OddCells]:
    cell = ""
    for name, found in _elements(data):
        if name == "c":
            cell = found.get("r", "")
        kind, where = {"f": (FORMULA, cell), "mergeCell": (JOINED, found.get("ref", ""))}.get(name, ("", ""))
        place = _REFERENCE.fullmatch(where)
        if place:
            first = int(place[2])
            yield OddCells(kind, where, first, int(place[4] or first))


def _of_ods(data: bytes) -> Mapping[str, tuple[OddCells, ...]]:
    """The cells of an OpenDocument file (OpenDocument 1.3, Part 3, 9.1)."""
    tabs: dict[str, list[OddCells]] = {}
    tab, row, column, next_row = "", 0, 0, 1
    for name, found in _elements(data):
        if name == "table":
            tab, next_row = found.get("name", ""), 1
            tabs[tab] = []
        elif name == "table-row":
            row, column = next_row, 1
            next_row += int(found.get("number-rows-repeated", "1"))
        elif name in ("table-cell", "covered-table-cell"):
            wide, high = (int(found.get(f"number-{kind}-spanned", "1")) for kind in ("columns", "rows"))
            where = f"{column_letters(column)}{row}"
            if wide > 1 or high > 1:
                last = f"{column_letters(column + wide - 1)}{row + high - 1}"
                tabs[tab].append(OddCells(JOINED, f"{where}:{last}", row, row + high - 1))
            if "formula" in found:
                tabs[tab].append(OddCells(FORMULA, where, row, row))
            column += int(found.get("number-columns-repeated", "1"))
    return {name: tuple(found) for name, found in tabs.items()}
