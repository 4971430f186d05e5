"""Rows of a spreadsheet: CSV as spreadsheet programs save it, ``.xlsx`` and ``.ods``."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from parentguide.errors import SchoolFileError
from parentguide.infra.spreadsheet_safety import refuse_unsafe_spreadsheet

MAX_BYTES = 10_000_000
_AS_CSV = "Save the table as CSV (UTF-8) and give that file."


def spreadsheet_rows(data: bytes, path: Path) -> Iterator[list[str]]:
    """The cells of ``data``, the bytes of ``path``, row by row as text.

    Raises :class:`SchoolFileError` or :class:`~parentguide.errors.SourceError` for a file that is not
    a spreadsheet, is unsafe or is larger than :data:`MAX_BYTES`.
    """
    if len(data) > MAX_BYTES:
        raise SchoolFileError(
            f"the file has {len(data) // 1_000_000} MB", path=path, remedy="Divide it into several files."
        )
    if data.startswith(b"PK"):
        refuse_unsafe_spreadsheet(data, path, remedy=_AS_CSV)
        return _workbook_rows(data, path)
    return _csv_rows(data, path)


def _workbook_rows(data: bytes, path: Path) -> Iterator[list[str]]:
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    except (CalamineError, IndexError) as error:
        raise SchoolFileError(
            f"not a spreadsheet: {error}", path=path, remedy="Save it as .xlsx or as CSV (UTF-8)."
        ) from None
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    # A whole number is read as 1.0. A phone number in such a cell has already lost its first 0.
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _csv_rows(data: bytes, path: Path) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel on Windows writes plain “CSV” in this encoding.
        text = data.decode("cp1252", "replace")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise SchoolFileError(
            f"not a CSV file: {error}", path=path, remedy="Save the table as CSV (UTF-8) again."
        ) from None
