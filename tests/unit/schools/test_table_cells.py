"""What Excel did to a value is undone, or said with its remedy."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from parentguide.errors import InvalidValueError
from parentguide.infra.spreadsheet_cells import Cell
from parentguide.schools.spreadsheet import SchoolRow
from parentguide.schools.table_cells import read_cell
from tests.unit.schools.table_files import book_bytes, ods_bytes, ods_row, read, text_cell

ZERO = "Excel removed the first 0: format the column as Text."


@pytest.mark.parametrize(
    ("written", "text", "notice"),
    [
        ("1632960001", "01632960001", ZERO),
        ("2079460123", "02079460123", ZERO),
        ("7700900123", "07700900123", ZERO),
        ("1632960001.0", "01632960001", ZERO),
        ("1,632,960,001", "01632960001", ZERO),
        ("8001111", "08001111", ZERO),
        ("441632960001", "441632960001", ""),  # the reader of phone numbers knows the 44
        ('="01632 960001"', "01632 960001", ""),
        ('= "01632960001"', "01632960001", ""),
        ("'01632960001", "01632960001", ""),
        ("’01632960001", "01632960001", ""),
        ("'+441632960001", "+441632960001", ""),
        ("01632960001", "01632960001", ""),
        ("999", "999", ""),
        ("960001", "960001", ""),  # a local number: nobody knows its area code
    ],
)
def test_a_phone_number(written: str, text: str, notice: str) -> None:
    read_ = read_cell(Cell(written), "phone")
    assert read_.text == text
    assert read_.notice.startswith(notice)
    assert bool(read_.notice) == bool(notice)
    if notice:
        assert f"{written} is read as {text}." in read_.notice


@pytest.mark.parametrize(
    "written", ["1.63E+09", "4.41633E+11", "1E+10", "1,63E+09", "1.6e9", "1632960001632960"]
)
@pytest.mark.parametrize("kind", ["phone", "colour"])
def test_a_number_without_its_last_digits_is_refused(written: str, kind: str) -> None:
    with pytest.raises(InvalidValueError, match="last digits are lost") as caught:
        read_cell(Cell(written, "number"), kind)
    assert caught.value.remedy == "In Excel, format the column as Text and type the number again."


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("3366", "#003366"),
        ("0", "#000000"),
        ("12345", "#012345"),
        ("#003366", "#003366"),
        ("336", "336"),
        ("112233", "112233"),
    ],
)
def test_a_colour_that_lost_its_zeros(written: str, text: str) -> None:
    found = read_cell(Cell(written, "number"), "colour")
    assert found.text == text
    assert found.notice.startswith(ZERO) == (written != text)


@pytest.mark.parametrize(
    "error",
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#n/a", "Err:502"],
)
@pytest.mark.parametrize("kind", ["text", "phone", "url", "words", "date"])
def test_an_error_of_a_formula_is_refused(error: str, kind: str) -> None:
    with pytest.raises(InvalidValueError, match="it has the error") as caught:
        read_cell(Cell(error), kind)
    assert "Fix the formula" in caught.value.remedy


@pytest.mark.parametrize("written", ["TRUE", "FALSE", "yes", "No"])
def test_a_truth_value_is_an_answer_to_yes_or_no(written: str) -> None:
    assert read_cell(Cell(written), "flag").text == written


@pytest.mark.parametrize(
    ("cell", "kind", "problem", "remedy"),
    [
        (Cell("########"), "date", "only # signs", "Make the column wider"),
        (Cell("TRUE"), "text", "it is TRUE", "Type the value"),
        (Cell("FALSE"), "phone", "it is FALSE", "Type the value"),
        (
            Cell("", "formula"),
            "text",
            "formula whose value is not stored",
            "Open the table in Excel, save it",
        ),
        (Cell("2026-03-01", "date"), "phone", "Excel made the date", "format the column as Text"),
        (Cell("2026-03-01", "date"), "words", "Excel made the date", "format the column as Text"),
        (Cell("Ysgol G?yr"), "text", "letters were lost", "CSV UTF-8"),
        (Cell("Ysgol G\ufffdyr"), "text", "letters were lost", "CSV UTF-8"),
        (Cell("Ysgol GÅµyr"), "text", "“Ysgol Gŵyr” is meant", "CSV UTF-8"),
        (Cell("St Maryâ€™s"), "text", "“St Mary’s” is meant", "CSV UTF-8"),
        (Cell("Ã‰lan"), "text", "“Élan” is meant", "CSV UTF-8"),
    ],
)
def test_a_value_that_is_lost_is_refused(cell: Cell, kind: str, problem: str, remedy: str) -> None:
    with pytest.raises(InvalidValueError, match=problem) as caught:
        read_cell(cell, kind)
    assert remedy in caught.value.remedy


@pytest.mark.parametrize(
    "name",
    [
        "Ysgol Gŵyr",
        "CAFÉ’S",
        "St Mary’s",
        "Who? School",
        "'The Oaks'",
        "Éire – Áine",
        "Школа",
        "學校",
        "True",
    ],
)
def test_an_ordinary_name_is_left_alone(name: str) -> None:
    found = read_cell(Cell(name), "text")
    assert (found.text, found.notice) == (name, "")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("St Mary's\r\nPrimary School", "St Mary's Primary School"),
        ("A \n B", "A B"),
        ("A\rB", "A B"),
        ("A\u2028B", "A B"),
        ("A\n\nB\n", "A B"),
    ],
)
def test_a_line_break_in_a_cell_is_a_space(written: str, text: str) -> None:
    assert read_cell(Cell(written), "text").text == text


def workbook_row(
    tmp_path: Path, value: object, number_format: str, heading: str = "team_1_phone"
) -> SchoolRow:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["name", heading])
    sheet.append(["A", value])
    sheet["B2"].number_format = number_format
    (row,) = read(tmp_path, book_bytes(book), "s.xlsx")
    return row


def phone(row: SchoolRow) -> str:
    assert row.school is not None, row.error
    number = row.school.team[0].phone
    assert number is not None
    return number.href


@pytest.mark.parametrize(
    ("number_format", "notices"),
    [
        ("00000000000", 0), ("00000 000000", 0), ("00000\\ 000000", 0), ('"0"0000000000', 0),
        ("0####\\ ######", 0), ("General", 1), ("0", 1), ("#,##0", 1), ("@", 1),
    ],
)  # fmt: skip
def test_a_number_cell_of_a_workbook(tmp_path: Path, number_format: str, notices: int) -> None:
    row = workbook_row(tmp_path, 1632960001, number_format)
    assert phone(row) == "tel:+441632960001"
    assert len(row.notices) == notices


@pytest.mark.parametrize(("shown", "notices"), [("01632 960001", 0), ("1632960001", 1), ("1,632,960,001", 1)])
def test_a_number_cell_of_an_ods_file(tmp_path: Path, shown: str, notices: int) -> None:
    cell = f'<table:table-cell office:value-type="float" office:value="1632960001"><text:p>{shown}</text:p>'
    rows = ods_row(text_cell("name") + text_cell("team_1_phone"))
    rows += ods_row(text_cell("A") + cell + "</table:table-cell>")
    (row,) = read(tmp_path, ods_bytes(("S", rows)), "s.ods")
    assert phone(row) == "tel:+441632960001"
    assert len(row.notices) == notices


@pytest.mark.parametrize(
    ("value", "said"), [(True, "it is TRUE"), (False, "it is FALSE"), ("#N/A", "the error #N/A")]
)
def test_truth_values_and_errors_of_a_workbook_name_their_cell(
    tmp_path: Path, value: object, said: str
) -> None:
    row = workbook_row(tmp_path, value, "General", "team_1_role")
    assert row.error.startswith("Cell B2, column “team_1_role”: ")
    assert said in row.error


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p/>', "TRUE"),
        ('<table:table-cell calcext:value-type="error"><text:p>#REF!</text:p>', "#REF!"),
        ('<table:table-cell table:formula="of:=1">', "formula whose value is not stored"),
    ],
)  # fmt: skip
def test_truth_values_errors_and_formulas_of_an_ods_file(tmp_path: Path, cell: str, said: str) -> None:
    rows = ods_row(text_cell("name") + text_cell("team_1_role"))
    rows += ods_row(text_cell("A") + cell + "</table:table-cell>")
    (row,) = read(tmp_path, ods_bytes(("S", rows)), "s.ods")
    assert row.error.startswith("Cell B2, column “team_1_role”: ")
    assert said in row.error
