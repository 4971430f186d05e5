"""Formulas and joined cells are found with their tab, their place and their rows."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from parentguide.infra.spreadsheet_places import FORMULA, JOINED, OddCells, column_letters, odd_cells

_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def test_an_xlsx_file_names_the_cells_of_each_tab() -> None:
    book = Workbook()
    book["Sheet"]["C3"] = "=1+1"
    book["Sheet"].merge_cells("A5:B9")
    book.create_sheet("Plain")["A1"] = "text"
    book.create_sheet("Other", 0)["AB12"] = "=A1"
    buffer = BytesIO()
    book.save(buffer)
    assert odd_cells(buffer.getvalue()) == {
        "Other": (OddCells(FORMULA, "AB12", 12, 12),),
        "Sheet": (OddCells(FORMULA, "C3", 3, 3), OddCells(JOINED, "A5:B9", 5, 9)),
        "Plain": (),
    }


def test_an_ods_file_counts_repeated_rows_and_cells() -> None:
    content = f"""<office:body xmlns:office="{_OPEN}:office:1.0" xmlns:table="{_OPEN}:table:1.0">
      <table:table table:name="T"><table:table-row table:number-rows-repeated="4"><table:table-cell/>
      </table:table-row><table:table-row><table:table-cell table:number-columns-repeated="2"/>
      <table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3"/>
      <table:covered-table-cell/><table:table-cell table:formula="of:=1"/></table:table-row></table:table>
      <table:table table:name="U"/></office:body>"""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("content.xml", content)
    assert odd_cells(buffer.getvalue()) == {
        "T": (OddCells(JOINED, "C5:D7", 5, 7), OddCells(FORMULA, "E5", 5, 5)),
        "U": (),
    }


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_the_letters_that_a_program_shows(column: int, letters: str) -> None:
    assert column_letters(column) == letters
