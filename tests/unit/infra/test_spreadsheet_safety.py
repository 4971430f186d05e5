"""Spreadsheets that are refused before a parser makes room for their cells."""

from pathlib import Path
from time import perf_counter

import pytest
from openpyxl import Workbook

from parentguide.errors import SourceError
from parentguide.infra.spreadsheet_safety import refuse_unsafe_spreadsheet
from tests.unit.schools.table_files import book_bytes, ods_bytes, ods_row, text_cell

PATH = Path("sheet.xlsx")


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD100", "ZZ5000"])
def test_a_workbook_with_one_far_cell_is_judged_by_its_area(cell: str) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "x"
    book.worksheets[0][cell] = "x"
    book.create_sheet("Other")["B2"] = "x"
    data = book_bytes(book)
    start = perf_counter()
    with pytest.raises(SourceError, match=f"a cell is far outside the table: {cell}") as caught:
        refuse_unsafe_spreadsheet(data, PATH)
    assert perf_counter() - start < 10
    assert "Copy the answers into a new sheet" in caught.value.remedy


def test_an_ods_file_with_one_far_cell_is_refused() -> None:
    gap = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    far = '<table:table-cell table:number-columns-repeated="900"/>' + text_cell("x")
    with pytest.raises(SourceError, match="far outside"):
        refuse_unsafe_spreadsheet(ods_bytes(("S", ods_row(text_cell("x")) + gap + ods_row(far))), PATH)


def test_a_row_repeated_without_end_is_refused() -> None:
    row = ods_row(text_cell("x") * 3, 'table:number-rows-repeated="1000000"')
    with pytest.raises(SourceError, match="far outside"):
        refuse_unsafe_spreadsheet(ods_bytes(("S", row)), PATH)


def test_a_large_but_ordinary_sheet_passes() -> None:
    book = Workbook()
    for number in range(3_000):
        book.worksheets[0].append([f"row {number}", *(["x"] * 9)])
    book.worksheets[0].cell(1_048_576, 16_384).number_format = "0"  # formatted, but empty
    refuse_unsafe_spreadsheet(book_bytes(book), PATH)
    # Programs fill the rest of a sheet with repeated empty cells.
    refuse_unsafe_spreadsheet(ods_bytes(("S", ods_row(text_cell("x"))), ("T", ods_row(text_cell("y")))), PATH)
