"""A trust's schools from a table or a folder."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from parentguide.errors import SchoolFileError
from parentguide.schools import spreadsheet
from parentguide.schools.description import DETAILS, GROUPS
from parentguide.schools.spreadsheet import SchoolTable, read_schools, slug
from parentguide.schools.table_columns import COLUMNS


def table(folder: Path, text: str, name: str = "schools.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def rows(folder: Path, text: str) -> SchoolTable:
    return read_schools(table(folder, text))


def problems(folder: Path, text: str) -> list[str]:
    """The problems of the table as a whole."""
    with pytest.raises(SchoolFileError) as caught:
        rows(folder, text)
    assert all(problem.remedy for problem in caught.value.problems)
    return [problem.text for problem in caught.value.problems]


def test_there_is_a_column_for_every_detail() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert len(COLUMNS) == 1 + len(DETAILS) + sum(group.most * len(group.details) for group in GROUPS)
    assert {"folder", "name", "team_1_phone", "team_4_role", "local_1_kind"} <= set(COLUMNS)


def test_a_row_has_the_same_rules_as_a_school_file(tmp_path: Path) -> None:
    (row,) = rows(
        tmp_path,
        "Name,Languages,date,Team 1 name,team_1_phone,"
        "local_1_name,local_1_phone,local_1_kind,local_1_languages\n"
        "St. John's,pl; UR,24/11/2026,A,999,Council,101,local_authority,pl ur\n",
    )
    assert (row.place, row.folder, row.name, row.error) == ("row 2", "st-johns", "St. John's", "")
    assert row.school is not None
    assert row.school.languages == ("pl", "ur")
    assert str(row.school.dated) == "2026-11-24"
    assert [(person.name, person.phone and person.phone.shown) for person in row.school.team] == [
        ("A", "999")
    ]
    (council,) = row.school.local_contacts
    assert (council.is_authority, council.languages) == (True, ("pl", "ur"))


def test_the_old_heading_of_formats_still_works(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "name,editions\nA,web handout\n")
    assert row.school is not None
    assert row.school.formats == ("web", "handout")


def test_a_bad_row_names_every_column_and_leaves_the_others_alone(tmp_path: Path) -> None:
    bad, good, nameless = rows(
        tmp_path,
        "name,colour,team_1_phone,team_1_email\nA,blueish,12,office\nB,,,\n,#0f4a4f,,\n",
    )
    assert bad.school is None
    for part in (
        "Cell B2, column “colour”: “blueish”",
        "Cell C2, column “team_1_phone”: “12”",
        "Cell D2, column “team_1_email”: “office”",
    ):
        assert part in bad.error
    assert good.school is not None
    assert good.error == ""
    assert "Cell A4, column “name”: is empty" in nameless.error


def test_gaps_and_mistakes_behind_them_are_reported_in_their_own_columns(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "name,team_1_name,team_3_phone,team_4_name\nA,,12,D\n")
    assert "Cell B2, column “team_1_…”: is empty, but a later one is not" in row.error
    assert "Column “team_2_…”: is empty, but a later one is not" in row.error
    assert "Cell C2, column “team_3_phone”: “12”" in row.error


def test_an_entry_that_lacks_something_is_reported_as_a_whole(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "name,local_1_name\nA,Council\n")
    assert "Cell B2, column “local_1_…”: this entry needs a name, and a phone" in row.error


def test_a_cell_without_a_heading_is_refused(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "name,colour\nSt. Mary, Hitchin,#0f4a4f\n")
    assert "more cells than headings" in row.error


def test_empty_rows_are_skipped(tmp_path: Path) -> None:
    assert [row.place for row in rows(tmp_path, "name,colour\n,\nA,\n , \nB,\n")] == ["row 3", "row 5"]


def test_wrong_headings_are_reported_all_at_once(tmp_path: Path) -> None:
    assert problems(tmp_path, "nmae,colour,colour,zzz\nA,,,\n") == [
        "column A has the unknown heading “nmae”",
        "column C has the heading “colour” of an earlier column",
        "column D has the unknown heading “zzz”",
        "no column has the heading “name”",
    ]


@pytest.mark.parametrize("text", ["name\n", "name\n \n"])
def test_a_table_without_schools_is_refused(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text) == ["no schools found"]


def test_an_empty_file_has_no_headings(tmp_path: Path) -> None:
    assert problems(tmp_path, "") == ["no column has the heading “name”"]


def test_a_table_with_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 3)
    assert len(rows(tmp_path, "name\nA\n\n\nB\nC\n")) == 3
    assert problems(tmp_path, "name\nA\nB\nC\nD\n") == ["more than 3 rows"]


def test_a_workbook_is_read_like_a_csv_file(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for cells in (["name", "date"], ["A", "2026-11-24"]):
        sheet.append(cells)
    buffer = io.BytesIO()
    workbook.save(buffer)
    (tmp_path / "schools.xlsx").write_bytes(buffer.getvalue())
    (row,) = read_schools(tmp_path / "schools.xlsx")
    assert row.school is not None
    assert str(row.school.dated) == "2026-11-24"


def test_two_schools_with_one_folder_are_reported(tmp_path: Path) -> None:
    first, second, third = rows(tmp_path, "name,folder\nA School,\nOther,a-school\n学校,\n")
    assert first.error == ""
    assert "“a-school”: this one and row 2" in second.error
    assert second.school is None
    assert "The name gives no folder name" in third.error


def test_a_problem_of_the_row_comes_before_that_of_its_folder(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "name,colour\n学校,blueish\n")
    assert "“blueish” is not a colour" in row.error
    assert "folder" not in row.error


def test_a_folder_has_a_school_in_each_folder(tmp_path: Path) -> None:
    for name, text in (("b", 'name = "B School"'), ("a", "name = 3"), ("c", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "school.toml").write_text(text, "utf-8")
    (tmp_path / "empty").mkdir()
    found = read_schools(tmp_path)
    assert [(row.place, row.folder, row.name) for row in found] == [
        ("a/school.toml", "a", "a"),
        ("b/school.toml", "b", "B School"),
        ("c/school.toml", "c", "c"),
    ]
    assert [row.school is None for row in found] == [True, False, False]
    assert found[0].error.startswith("Name: 3 is not a text.")


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("St. John's", "st-johns"),
        ("  École   Élémentaire ", "ecole-elementaire"),
        ("学校", ""),
        ("../../etc", "etc"),
        ("CON", "school-con"),
        ("lpt1", "school-lpt1"),
        ("x" * 100, "x" * 60),
        ("a" * 59 + " b", "a" * 59),
    ],
)
def test_a_folder_name_works_everywhere(name: str, folder: str) -> None:
    assert slug(name) == folder
