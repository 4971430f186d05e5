"""Refuse unsafe spreadsheets before they are parsed: ZIP bombs, and sheets far larger than their words.

A review sheet is refused as well for a formula, and for joined or repeated cells.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from parentguide.errors import SourceError
from parentguide.infra.spreadsheet_cells import column_number
from parentguide.infra.spreadsheet_xml import attributes_of, elements
from parentguide.infra.zip_errors import ZIP_ERRORS

MAX_FILE = 5_000_000
MAX_UNPACKED = 40_000_000
MAX_PARTS = 300
# The longest block of a guide has under 700 characters.
MAX_CELL = 10_000
_MAX_REPEATS = 2_000
# python-calamine makes room for every cell from the first to the last that is filled in.
_MAX_AREA = 1_000_000
_REMEDY = "Nothing was changed. Copy the answers into a new sheet (“parentguide review sheet”)."
_SHEETS = re.compile(r"(xl/worksheets/[^/]+\.xml|content\.xml)")
_XML = re.compile(r".*\.(xml|rels)", re.IGNORECASE)


def refuse_unsafe_spreadsheet(
    data: bytes, path: Path, remedy: str = _REMEDY, *, odd_cells: bool = False
) -> None:
    """Raises :class:`SourceError` for a file that is not ``.xlsx`` or ``.ods``, is far too large, holds a
    formula, joined cells or a repeated cell, or has a cell far outside. ``remedy`` says what to do.
    ``odd_cells``: formulas and joined cells are allowed, for a caller that looks for them row by row
    (:mod:`parentguide.infra.spreadsheet_places`)."""
    try:
        for _, content in _parts(data, path, _SHEETS):
            _look_into(content, path, odd_cells)
    except SourceError as error:
        raise SourceError(error.problem, path=path, remedy=remedy) from None


def unpacked_spreadsheet(data: bytes, path: Path, remedy: str) -> dict[str, bytes]:
    """The XML parts of a ``.xlsx`` or ``.ods`` file by their names in lower case.

    Raises :class:`SourceError` for a file that is not a ZIP archive or is far too large.
    """
    try:
        parts = _parts(data, path, _XML)
        return {name.replace("\\", "/").lstrip("/").lower(): content for name, content in parts}
    except SourceError as error:
        raise SourceError(error.problem, path=path, remedy=remedy) from None


def _parts(data: bytes, path: Path, wanted: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
    if len(data) > MAX_FILE:
        raise _refused(
            f"the file has {len(data) // 1_000_000} MB; the limit is {MAX_FILE // 1_000_000} MB", path
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            if len(archive.infolist()) > MAX_PARTS:
                raise _refused("the file has far too many parts", path)
            left = MAX_UNPACKED
            for part in archive.infolist():
                # The size that a part states may be wrong, so no more is unpacked than the limit leaves.
                with archive.open(part) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _refused("the file unpacks to far more than a sheet", path)
                if wanted.fullmatch(part.filename):
                    yield part.filename, content
    except ZIP_ERRORS as error:
        raise _refused(f"not a spreadsheet: {error}", path) from None


def _look_into(content: bytes, path: Path, odd_cells: bool) -> None:
    """One sheet's XML: no document type, formula, joined or repeated cells, and no cell far outside."""
    area = _Area()
    try:
        for starts, name, element in elements(content):
            if starts and not odd_cells:
                _refuse_element(name, element, area.cell, path)
            area.add(starts, name, element)
            if area.size > _MAX_AREA:
                raise _refused(f"a cell is far outside the table{area.place}", path)
            if name == "p" and starts and area.repeats > _MAX_REPEATS:
                raise _refused("one cell is repeated thousands of times", path)
            if not starts and name in ("c", "table-cell", "row", "table-row"):
                element.clear()
    except ValueError as error:
        raise _refused(str(error), path) from None


def _refuse_element(name: str, element: Element, cell: str, path: Path) -> None:
    attributes = attributes_of(element)
    if name == "f" or "formula" in attributes:
        raise _refused(f"there is a formula{f' in cell {cell}' if cell else ''}", path)
    joined = [int(attributes.get(f"number-{kind}-spanned", "1")) for kind in ("columns", "rows")]
    if name == "mergeCell" or max(joined) > 1:
        raise _refused(f"cells are joined{' at ' + attributes['ref'] if 'ref' in attributes else ''}", path)


class _Area:
    """The last row and the last column with words, of ``.xlsx`` and of ``.ods``."""

    def __init__(self) -> None:
        self.cell = ""
        self.repeats = 0
        self._row = self._column = self._rows = 0
        self._last_row = self._last_column = 0

    @property
    def size(self) -> int:
        return self._last_row * self._last_column

    @property
    def place(self) -> str:
        return f": {self.cell}" if self.cell else ""

    def add(self, starts: bool, name: str, element: Element) -> None:
        attributes = attributes_of(element)
        if not starts:
            if name in ("c", "table-cell"):
                self.repeats = 0
            return
        match name:
            case "table":
                self._row = self._rows = self._last_row = self._last_column = 0
            case "row":
                self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            case "c":
                self.cell = attributes.get("r", "")
                self._column = column_number(self.cell) or self._column + 1
            case "table-row":
                self._row += self._rows
                self._rows, self._column = int(attributes.get("number-rows-repeated", "1")), 0
            case "table-cell" | "covered-table-cell":
                self.repeats = int(attributes.get("number-columns-repeated", "1"))
                self._column += self.repeats
            case "v" | "is":
                self._fill(self._row)
            case "p":
                self._fill(self._row + self._rows)

    def _fill(self, last_row: int) -> None:
        self._last_row = max(self._last_row, last_row)
        self._last_column = max(self._last_column, self._column)


def _refused(problem: str, path: Path) -> SourceError:
    return SourceError(problem, path=path, remedy=_REMEDY)
