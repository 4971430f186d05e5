"""``parentguide schools``: all schools of a trust."""

from pathlib import Path

from openpyxl import Workbook

from parentguide.schools.table_columns import COLUMNS
from tests.unit.cli.run import run


def test_columns() -> None:
    assert run("schools", "columns").out == ",".join(COLUMNS) + "\n"


def test_each_school_is_built_or_named(small: Path) -> None:
    table = small / "schools.csv"
    table.write_text("name,colour,languages\nAsh School,,pl\nBeech School,no colour,\n", "utf-8")
    out = small / "schools"
    ran = run("schools", "build", table, "-o", out, "-e", "message", "--project", small)
    assert ran.code == 1
    assert "row 2 “Ash School”: 1 files made" in ran.out
    assert "row 3 “Beech School”: " in ran.said
    assert "Beech" not in ran.out, "a school that fails is named on the error output"
    assert f"1 of 2 schools are made: {out.resolve()}" in ran.out
    assert f"Open this first: {out.resolve() / 'schools.html'}" in ran.out
    assert (out / "ash-school" / "cse" / "pl" / "message.txt").exists()


def test_a_table_without_mistakes(small: Path) -> None:
    table = small / "schools.csv"
    table.write_text("name,colour,languages\nAsh School,#ffcc00,pl\n", "utf-8")
    ran = run("schools", "build", table, "-o", small / "out", "-e", "message", "--project", small)
    assert ran.code == 0, ran.said
    assert "row 2 “Ash School”: warning: colour: #ffcc00 is too pale" in ran.said


def test_the_folder_for_the_schools_is_a_file(small: Path) -> None:
    (small / "schools.csv").write_text("name\nAsh School\n", "utf-8")
    (small / "out").write_text("mine", "utf-8")
    ran = run("schools", "build", small / "schools.csv", "-o", small / "out", "--project", small)
    assert ran.code == 66
    assert "is a file, not a folder" in ran.said
    assert (small / "out").read_text("utf-8") == "mine"


def test_what_the_reader_repaired_or_left_out_is_said(small: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Our schools"], ["Name", "Team 1 phone"], ["Ash School", 1632960001], ["Old School", None]):
        sheet.append(row)
    sheet.append(["Bad School", "12"])
    sheet.row_dimensions[4].hidden = True
    table = small / "schools.xlsx"
    book.save(table)
    ran = run("schools", "build", table, "-o", small / "out", "-e", "message", "-l", "pl", "--project", small)
    assert ran.code == 1
    assert "1 of 2 schools in schools.xlsx are right." in ran.out
    assert "warning: Row 4 is hidden or filtered out and was not read." in ran.said
    assert (
        "row 3 “Ash School”: warning: cell B3, column “Team 1 phone”: Excel removed the first 0" in ran.said
    )
    assert "row 5 “Bad School”: Cell B5, column “Team 1 phone”: “12”" in ran.said


def test_a_file_that_a_school_s_details_make_impossible_is_no_failure(small: Path) -> None:
    table = small / "schools.csv"
    table.write_text(f"name,guides\nAsh School,www.a.sch.uk/{'a' * 170}\n", "utf-8")
    ran = run(
        "schools",
        "build",
        table,
        "-o",
        small / "o",
        "-l",
        "pl",
        "-e",
        "web",
        "-e",
        "message",
        "--project",
        small,
    )
    assert ran.code == 0
    assert "row 2 “Ash School”: 3 files made, 1 could not be made" in ran.out
    assert "row 2 “Ash School”: warning: The message in Polish has " in ran.said
