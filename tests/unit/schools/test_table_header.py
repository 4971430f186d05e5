"""The headings of a trust's table."""

from pathlib import Path

import pytest

from parentguide.errors import SchoolFileError
from parentguide.schools.table_columns import COLUMNS, column_of
from parentguide.schools.table_header import heading_score
from tests.unit.schools.table_files import csv_bytes, read


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_found_in_any_case_with_spaces_or_underscores(column: str) -> None:
    for heading in (
        column,
        column.upper(),
        column.replace("_", " ").title(),
        f" {column.replace('_', ' ')} *",
    ):
        assert column_of(heading) == column
    assert column_of(column.replace("_", "\u00a0-")) == column


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("School name", "name"),
        ("Name of school", "name"),
        ("Tel", "team_1_phone"),
        ("E-mail", "team_1_email"),
        ("Web site address", "website"),
        ("web", "website"),
        ("color", "colour"),
        ("team 1 telephone", "team_1_phone"),
        ("team_1_nmae", "team_1_name"),
        ("polcy", "policy"),
    ],
)
def test_a_heading_that_is_nearly_right_is_refused_with_a_suggestion(
    tmp_path: Path, heading: str, meant: str
) -> None:
    with pytest.raises(SchoolFileError) as caught:
        read(tmp_path, csv_bytes([["languages", heading], ["pl", "x"]]))
    first = caught.value.problems[0]
    assert first.text == f"column B has the unknown heading “{heading}”"
    assert first.remedy == f"Did you mean “{meant}”?"


@pytest.mark.parametrize("heading", ["URN", "Notes", "zzz"])
def test_a_heading_without_a_near_one_is_refused_with_what_to_do(tmp_path: Path, heading: str) -> None:
    with pytest.raises(SchoolFileError) as caught:
        read(tmp_path, csv_bytes([["name", heading], ["A", "x"]]))
    (problem,) = caught.value.problems
    assert problem.remedy == "Delete the column, or use a heading that “parentguide schools columns” prints."


def test_mistakes_of_rows_are_told_together_with_those_of_the_headings(tmp_path: Path) -> None:
    with pytest.raises(SchoolFileError) as caught:
        read(tmp_path, csv_bytes([["x"], ["name", "URN", "colour"], ["A", "1", "no colour"], ["B", "2", ""]]))
    unknown, colour = caught.value.problems
    assert (unknown.line, unknown.text) == (2, "column B has the unknown heading “URN”")
    assert colour.loc == ("row 3, cell C3, column “colour”",)
    assert "“no colour” is not a colour" in colour.text


def test_thousands_of_wrong_headings_give_a_short_message(tmp_path: Path) -> None:
    headings = ["name", *(f"teem_{number}_nmae" for number in range(5_000))]
    with pytest.raises(SchoolFileError) as caught:
        read(tmp_path, csv_bytes([headings, ["A"]]))
    assert len(caught.value.problems) == 20


def test_a_title_with_the_word_name_is_not_the_headings(tmp_path: Path) -> None:
    (row,) = read(tmp_path, csv_bytes([["Name:", "Our trust"], [], ["name", "website"], ["A", ""]]))
    assert (row.place, row.name) == ("row 4", "A")


def test_a_row_of_headings_scores_more_than_a_row_of_a_school() -> None:
    headings = ["School", "name", "E-mail"]
    assert (
        heading_score(headings)
        > heading_score(["School", "E-mail"])
        > heading_score(["Ash", "www.a.uk"])
        == 0
    )
