"""Reject unsafe spreadsheets (formulas, merged or repeated cells, ZIP bombs) before they are parsed."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from parentguide.errors import SourceError

MAX_FILE = 5_000_000
MAX_UNPACKED = 40_000_000
MAX_PARTS = 300
# The longest block of a guide has under 700 characters.
MAX_CELL = 10_000
_MAX_REPEATS = 2_000
_REMEDY = "Nothing was changed. Copy the answers into a new sheet (“parentguide review sheet”)."
_SHEETS = re.compile(r"(xl/worksheets/[^/]+\.xml|content\.xml)")


def refuse_unsafe_spreadsheet(
    data: bytes, path: Path, remedy: str = _REMEDY, *, odd_cells: bool = False
) -> None:
    """Raises :class:`SourceError` for a file that is not ``.xlsx`` or ``.ods``, is far too large, or
    holds a formula, merged cells or a repeated cell. ``remedy`` says what to do. ``odd_cells``: formulas
    and merged cells are allowed, for a caller that looks for them row by row
    (:mod:`parentguide.infra.spreadsheet_places`)."""
    try:
        _guard(data, path, odd_cells)
    except SourceError as error:
        raise SourceError(error.problem, path=path, remedy=remedy) from None


def _guard(data: bytes, path: Path, odd_cells: bool) -> None:
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
                if _SHEETS.fullmatch(part.filename):
                    _look_into(content, path, odd_cells)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _refused(f"not a spreadsheet: {error}", path) from None


def _look_into(content: bytes, path: Path, odd_cells: bool) -> None:
    """One sheet's XML: no document type, formula, joined or repeated cells."""
    cell, inside = "", 0
    try:
        for event, element in iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True):
            name = element.tag.rpartition("}")[2]
            attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
            if event == "end":
                if name in ("c", "table-cell"):
                    inside = 0
                    element.clear()
                continue
            if name == "c":
                cell = attributes.get("r", "")
            if not odd_cells and (name == "f" or "formula" in attributes):
                raise _refused(f"there is a formula{f' in cell {cell}' if cell else ''}", path)
            joined = [int(attributes.get(f"number-{kind}-spanned", "1")) for kind in ("columns", "rows")]
            if not odd_cells and (name == "mergeCell" or max(joined) > 1):
                raise _refused(
                    f"cells are joined{' at ' + attributes['ref'] if 'ref' in attributes else ''}", path
                )
            if name == "table-cell":
                inside = int(attributes.get("number-columns-repeated", "1"))
            if name == "p" and inside > _MAX_REPEATS:
                raise _refused("one cell is repeated thousands of times", path)
    except (ParseError, DefusedXmlException) as error:
        raise _refused(f"its XML is broken or not allowed: {type(error).__name__}", path) from None


def _refused(problem: str, path: Path) -> SourceError:
    return SourceError(
        problem,
        path=path,
        remedy=_REMEDY,
    )
