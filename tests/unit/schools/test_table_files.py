"""A trust's table as Excel, LibreOffice and others save it: the same schools from every kind of file."""

import tracemalloc
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from parentguide.errors import ParentguideError, SchoolFileError, SourceError
from parentguide.schools.spreadsheet import SchoolTable, read_schools
from tests.profile import cases
from tests.unit.schools.table_files import (
    book_bytes,
    changed_xlsx,
    csv_bytes,
    ods_bytes,
    ods_row,
    ods_table,
    read,
    text_cell,
    xlsx_bytes,
)

CASES = Path(__file__).parent / "cases"
TABLE = [
    ["name", "website", "team_1_name"],
    ["Ash School", "www.ash.sch.uk", "A. Sample"],
    ["Élan, Big; and Small", "www.elan.sch.uk", ""],
]
NAMES = ["Ash School", "Élan, Big; and Small"]


def names(table: SchoolTable) -> list[str]:
    """The names of the schools, none of which has a mistake."""
    assert [row.error for row in table] == [""] * len(table)
    return [row.name for row in table]


@pytest.mark.parametrize(
    ("file", "name", "notice"),
    [
        ("empty-heading.xlsx", "Gap Column Primary", ""),
        ("headings.csv", "Spaces In Heading Primary", ""),
        ("hidden-first-sheet.xlsx", "Second Tab Primary", "The sheet “Notes” is hidden and was not read."),
        ("hidden-row.xlsx", "Shown Primary", "Row 3 is hidden or filtered out and was not read."),
        ("newline-in-cell.csv", "Newline In Name Primary", ""),
        ("semicolon-with-commas.csv", "St Mary, Hitchin, and All Saints, Ickleford, Federation", ""),
        ("sep-line.csv", "Sep Line Primary", ""),
        ("title-row.xlsx", "Title Row Primary", ""),
        ("trailing-comma.csv", "Trailing Comma Primary", ""),
        ("unicode-text.csv", "Unicode Text Primary", ""),
    ],
)
def test_a_table_from_the_field_is_read(file: str, name: str, notice: str) -> None:
    table = read_schools(CASES / file)
    assert names(table) == [name]
    assert " ".join(table.notices) == notice
    (row,) = table
    assert row.school is not None
    assert row.school.website is not None
    assert row.school.website.shown == "www.a.sch.uk"
    assert row.notices == ()


def test_a_table_of_an_old_mac_is_read() -> None:
    assert names(read_schools(CASES / "mac-cr.csv")) == ["Mac CSV Primary", "Two Primary"]


def test_a_formula_without_its_value_names_the_cell_and_the_remedy() -> None:
    (row,) = read_schools(CASES / "formula.xlsx")
    assert row.error == (
        "Cell B2, column “website”: it has a formula whose value is not stored."
        " Open the table in Excel, save it, and use it again."
    )


def phones(file: str) -> dict[int, str]:
    """The phone number of each row of a case from the field; the error of a row that has one."""
    found = {}
    for row in read_schools(CASES / file):
        phone = row.school.team[0].phone if row.school else None
        found[int(row.place.split()[1])] = phone.href if phone else row.error
    return found


def test_numbers_of_a_workbook_are_read() -> None:
    assert phones("excel-numbers.xlsx") == dict.fromkeys((2, 3, 4, 5), "tel:+441632960001")


def test_numbers_of_a_csv_file_are_read() -> None:
    found = phones("excel.csv")
    assert [found[row] for row in (2, 3, 5, 6, 7, 9, 12, 13)] == ["tel:+441632960001"] * 8
    assert found[8] == "tel:+441632960001;ext=255"
    assert found[11] == "tel:+447700900123"
    assert "more than one number" in found[10]


@pytest.mark.parametrize("file", ["excel-numbers.xlsx", "excel.csv"])
def test_a_repaired_number_is_said_with_the_remedy_for_excel(file: str) -> None:
    first, *others = read_schools(CASES / file)
    (notice,) = first.notices
    assert str(notice) == (
        "cell E2, column “team_1_phone”: Excel removed the first 0: format the column as Text."
        " 1632960001 is read as 01632960001."
    )
    assert not any(row.notices for row in others)


def test_a_number_whose_digits_are_lost_is_refused_with_the_remedy_for_excel() -> None:
    (row,) = (row for row in read_schools(CASES / "excel.csv") if row.name == "Scientific Primary")
    assert (
        "Cell E4, column “team_1_phone”: Excel shortened the number to 4.41633E+11, and its last digits are"
        " lost. In Excel, format the column as Text and type the number again." in row.error
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_every_dialect_of_csv_is_read(tmp_path: Path, encoding: str, delimiter: str, ends: str) -> None:
    assert names(read(tmp_path, csv_bytes(TABLE, delimiter, ends, encoding))) == NAMES


@pytest.mark.parametrize("encoding", ["utf-8", "mac_roman", "utf-16"])
def test_lines_of_an_old_mac_end_with_cr(tmp_path: Path, encoding: str) -> None:
    assert names(read(tmp_path, csv_bytes(TABLE, ";", "\r", encoding))) == NAMES


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_first_line_may_name_the_delimiter(tmp_path: Path, first: str, encoding: str) -> None:
    table = csv_bytes(TABLE, ";").decode("utf-8")
    found = read(tmp_path, f"{first}\r\n{table}".encode(encoding))
    assert names(found) == NAMES
    assert found[0].place == "row 2", "Excel does not show that line"


def test_a_delimiter_is_chosen_by_the_headings_and_not_by_how_often_it_occurs(tmp_path: Path) -> None:
    table = [["Schools, academies, and others", "", ""], ["", "", ""], *TABLE]
    assert names(read(tmp_path, csv_bytes(table, ";"))) == NAMES
    assert names(read(tmp_path, b"name\tlanguages\r\nA, B, C, D\tpl,ur,ar,so\r\n")) == ["A, B, C, D"]


@pytest.mark.parametrize("text", ["name,website\r\nA,\x8d\x81\r\n", "name\nA\x90"])
def test_bytes_of_no_known_encoding_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SchoolFileError, match="letters cannot be read") as caught:
        read(tmp_path, text.encode("latin-1"))
    assert "CSV UTF-8" in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        (b"%PDF-1.7", "PDF"),
        (b"<html><table><tr><td>name</td></tr></table>", "web page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>', "web page or XML"),
        (b"{\\rtf1}", "Word file"),
    ],
)
def test_another_file_is_named_as_what_it_is(tmp_path: Path, data: bytes, what: str) -> None:
    with pytest.raises(SchoolFileError, match=what) as caught:
        read(tmp_path, data, "schools.xls")
    assert ".xlsx" in caught.value.remedy


def test_a_broken_csv_file_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(SchoolFileError, match="not a CSV file") as caught:
        read(tmp_path, b'name,website\r\nA,\r\n"The Oaks" School,\r\n')
    assert caught.value.line == 3


def test_a_workbook_may_have_a_title_and_merged_cells_above_the_headings(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["B2"] = "Schools of our trust"
    sheet.merge_cells("B2:E3")
    for column, (heading, cell) in enumerate([("Name *", "A"), ("WEB SITE", ""), ("Team 1 – Name:", "B")], 2):
        sheet.cell(7, column, heading)
        sheet.cell(8, column, cell or None)
    found = read(tmp_path, book_bytes(book), "schools.xlsx")
    assert [(row.place, row.name) for row in found] == [("row 8", "A")]
    assert found[0].school is not None
    assert found[0].school.team[0].name == "B"


def test_the_same_headings_in_an_ods_file_below_a_title(tmp_path: Path) -> None:
    title = ods_row(
        '<table:table-cell table:number-columns-spanned="2"><text:p>Our trust</text:p></table:table-cell>'
        "<table:covered-table-cell><text:p>hidden by the title</text:p></table:covered-table-cell>"
    )
    gap = '<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>'
    rows = "".join(ods_row("".join(map(text_cell, row))) for row in TABLE)
    found = read(tmp_path, ods_bytes(("Schools", title + gap + rows)), "schools.ods")
    assert names(found) == NAMES
    assert [row.place for row in found] == ["row 7", "row 8"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_skipped_and_a_second_table_is_said(
    tmp_path: Path, state: Literal["hidden", "veryHidden"]
) -> None:
    book = Workbook()
    book.worksheets[0].title = "Last year"
    book.worksheets[0].sheet_state = state
    book.worksheets[0].append(["name"])
    book.worksheets[0].append(["Old School"])
    for title, rows in (("Notes", [["x"]]), ("Primary", [["name"], ["A"]]), ("Secondary", [["Name"], ["B"]])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    found = read(tmp_path, book_bytes(book), "schools.xlsx")
    assert names(found) == ["A"]
    assert found.notices == (
        "The sheet “Last year” is hidden and was not read.",
        "The sheet “Secondary” has a column “name” too and was not read: put all schools on one sheet.",
    )


def test_a_hidden_sheet_of_an_ods_file_is_skipped(tmp_path: Path) -> None:
    def sheet(name: str) -> str:
        return ods_row(text_cell("name")) + ods_row(text_cell(name))

    data = ods_bytes(("Old", sheet("Old School")), ("New", sheet("New School")), hidden=["Old"])
    found = read(tmp_path, data, "schools.ods")
    assert names(found) == ["New School"]
    assert found.notices == ("The sheet “Old” is hidden and was not read.",)


def test_a_workbook_whose_sheets_are_all_hidden_is_refused(tmp_path: Path) -> None:
    data = ods_bytes(("Old", ods_row(text_cell("name"))), hidden=["Old"])
    with pytest.raises(SchoolFileError, match="no column has the heading “name”"):
        read(tmp_path, data, "schools.ods")


def test_hidden_and_filtered_rows_are_named_in_one_notice(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for name in ("name", *"ABCDEF"):
        sheet.append([name])
    for row in (3, 5, 6, 7):
        sheet.row_dimensions[row].hidden = True
    sheet.row_dimensions[9].hidden = True  # it has no words
    found = read(tmp_path, book_bytes(book), "schools.xlsx")
    assert names(found) == ["A", "C"]
    assert found.notices == ("Rows 3 and 5 to 7 are hidden or filtered out and were not read.",)


@pytest.mark.parametrize("visibility", ["collapse", "filter"])
def test_hidden_and_filtered_rows_of_an_ods_file(tmp_path: Path, visibility: str) -> None:
    hidden = ods_row(text_cell("B"), f'table:visibility="{visibility}"')
    group = f'<table:table-row-group table:display="false">{ods_row(text_cell("D"))}</table:table-row-group>'
    rows = ods_row(text_cell("name")) + ods_row(text_cell("A")) + hidden + ods_row(text_cell("C")) + group
    found = read(tmp_path, ods_bytes(("Schools", rows)), "schools.ods")
    assert names(found) == ["A", "C"]
    assert found.notices == ("Rows 3 and 5 are hidden or filtered out and were not read.",)


def test_a_table_of_hidden_rows_only_says_why_there_is_no_school(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["name"])
    book.worksheets[0].append(["A"])
    book.worksheets[0].row_dimensions[2].hidden = True
    with pytest.raises(SchoolFileError, match="no schools found") as caught:
        read(tmp_path, book_bytes(book), "schools.xlsx")
    assert "Row 2 is hidden" in caught.value.remedy


def test_a_cell_far_away_costs_neither_time_nor_memory(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["name"])
    sheet.append(["A"])
    sheet["XFD1048576"] = "x"
    data = book_bytes(book)
    # openpyxl and others load slowly the first time.
    read(tmp_path, xlsx_bytes(TABLE), "first.xlsx")
    tracemalloc.start()
    start = perf_counter()
    good, far = read(tmp_path, data, "schools.xlsx")
    took = perf_counter() - start
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 20
    assert most < 20_000_000
    assert good.error == ""
    assert far.place == "row 1048576"
    assert "XFD1048576 has words but its column has no heading" in far.error


def test_a_cell_far_away_in_an_ods_file(tmp_path: Path) -> None:
    far = '<table:table-cell table:number-columns-repeated="16383"/>' + text_cell("x")
    gap = '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
    rows = ods_row(text_cell("name")) + ods_row(text_cell("A")) + gap + ods_row(far)
    good, stray = read(tmp_path, ods_bytes(("Schools", rows)), "schools.ods")
    assert good.error == ""
    assert "XFD1048576 has words but its column has no heading" in stray.error


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ods_row(text_cell("A"), 'table:number-rows-repeated="1000000"'), "more than 5000 rows"),
        (ods_row(text_cell("A").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated'
         '="16384"')) * 70, "repeated thousands of times"),
    ],
)  # fmt: skip
def test_an_ods_file_that_repeats_a_cell_without_end_is_refused(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(ParentguideError, match=said):
        read(tmp_path, ods_bytes(("Schools", ods_row(text_cell("name")) + row)), "schools.ods")


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_damaged_workbook_is_refused(tmp_path: Path, part: str) -> None:
    data = changed_xlsx(xlsx_bytes(TABLE), part, "</", "<")
    with pytest.raises((SchoolFileError, SourceError), match="not a spreadsheet") as caught:
        read(tmp_path, data, "schools.xlsx")
    assert caught.value.remedy


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    data = changed_xlsx(
        xlsx_bytes(TABLE), "xl/worksheets/sheet1.xml", "<worksheet", "<!DOCTYPE x []><worksheet"
    )
    with pytest.raises(SchoolFileError, match="not a spreadsheet"):
        read(tmp_path, data, "schools.xlsx")


def test_strict_office_open_xml_is_read(tmp_path: Path) -> None:
    """Excel's “Strict Open XML Spreadsheet” has the same elements in other namespaces (ECMA-376, part 1)."""
    data = xlsx_bytes(TABLE)
    old, new = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        data = changed_xlsx(data, part, old, new)
    assert names(read(tmp_path, data, "schools.xlsx")) == NAMES


def test_dates_of_all_kinds_of_files(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["name", "date"])
    for name, value, number_format in (
        ("Date", datetime(2026, 11, 24), "dd/mm/yyyy"),
        ("Time", datetime(2026, 11, 24, 9, 30), "d mmm yy hh:mm"),
        ("Number", 46350, "General"),
        ("Text", "24/11/2026", "@"),
    ):
        sheet.append([name, value])
        sheet.cell(sheet.max_row, 2).number_format = number_format
    cell = '<table:table-cell office:value-type="date" office:date-value="2026-11-24T00:00:00"><text:p/>'
    ods = ods_bytes(("S", ods_row(text_cell("name") + text_cell("date"))
                     + ods_row(text_cell("A") + f"{cell}</table:table-cell>")))  # fmt: skip
    text = b"name,date\r\nA,2026-11-24 00:00:00\r\nB,24/11/2026 0:00\r\nC,46350\r\n"
    for data, name in ((book_bytes(book), "s.xlsx"), (ods, "s.ods"), (text, "s.csv")):
        for row in read(tmp_path, data, name):
            assert row.school is not None, row.error
            assert str(row.school.dated) == "2026-11-24", row.name


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["name", "date"])
    sheet.append(["A", 46350 - 1462])
    sheet["B2"].number_format = "yyyy-mm-dd"
    data = changed_xlsx(book_bytes(book), "xl/workbook.xml", "<workbookPr/>", '<workbookPr date1904="1"/>')
    (row,) = read(tmp_path, data, "s.xlsx")
    assert row.school is not None
    assert str(row.school.dated) == "2026-11-24"


def test_a_stored_value_of_a_formula_is_read(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["name", "website"])
    book.worksheets[0].append(["A", "=1"])
    data = changed_xlsx(
        book_bytes(book), "xl/worksheets/sheet1.xml", "<c r=\"B2\"><f>1</f><v></v></c>",
        '<c r="B2" t="str"><f>1</f><v>www.a.sch.uk</v></c>',
    )  # fmt: skip
    (row,) = read(tmp_path, data, "s.xlsx")
    assert row.school is not None
    assert row.school.website is not None
    assert row.school.website.shown == "www.a.sch.uk"


# Bytes 0x80 to 0xBF are left out: with a letter before them, Windows-1252 could be read as UTF-8.
CELL = st.text(
    st.sampled_from("abz ABZ 0189 ,;|\"'-&.()=<>/[]") | st.characters(min_codepoint=0xC0, max_codepoint=0xFF),
    max_size=20,
).map(lambda text: " ".join(text.split()))
NAME = st.builds(lambda start, text: f"{start}{text}".strip(), st.sampled_from("ABÉØ"), CELL)
SITE = st.sampled_from(["", "www.a.sch.uk", "www.b.sch.uk/guides"])
ROWS = st.lists(st.tuples(NAME, SITE, CELL, st.sampled_from(["", "pl, ur", "so"])), min_size=1, max_size=5)


@settings(max_examples=cases(150), deadline=None)
@given(rows=ROWS)
def test_a_table_gives_the_same_schools_from_every_kind_of_file(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str]]
) -> None:
    tmp_path = tmp_path_factory.mktemp("table")
    table = [["name", "website", "team_1_role", "languages"], *map(list, rows)]
    files = [
        (csv_bytes(table, delimiter, ends, encoding), "s.csv")
        for delimiter, ends, encoding in (
            (",", "\r\n", "utf-8"), (";", "\n", "utf-8-sig"), ("\t", "\r\n", "utf-16"),
            (",", "\r\n", "cp1252"), (";", "\r", "utf-8"),
        )
    ]  # fmt: skip
    files += [(b"sep=|\r\n" + csv_bytes(table, "|"), "s.csv")]
    files += [(xlsx_bytes(table), "s.xlsx"), (ods_table(table), "s.ods")]
    first, *others = (
        [(row.place, row.folder, row.school, row.error) for row in read(tmp_path, *file)] for file in files
    )
    assert len(first) == len(rows)
    for other in others:
        assert other == first
