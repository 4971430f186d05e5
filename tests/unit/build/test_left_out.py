"""A file that a school's details make impossible stops no other file, and is named wherever files are."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parentguide.build.api import BuildRequest, BuildResult, archive_path, build_guides
from parentguide.build.batch import SchoolResult, build_schools
from parentguide.build.schools_index import write_index
from parentguide.errors import LayoutError, ProjectError
from parentguide.model.contact import FieldValue
from parentguide.model.output import Edition, LeftOut, Site
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.render.left_out import left_out_lines
from parentguide.render.print.poster import Poster
from parentguide.render.text.plain_text import ReadAloud, TextMessage
from parentguide.schools.spreadsheet import SchoolRow

PROJECT = Project()
# The address makes the text message too long for messaging services.
_LONG = f"https://www.example.sch.uk/{'a' * 280}"
SCHOOL = School("Ash School", guides=FieldValue("url", _LONG, _LONG))
FORMATS = ("web", "read-aloud", "message")


def build(out: Path, formats: tuple[str, ...] = FORMATS, school: School = SCHOOL) -> BuildResult:
    return build_guides(PROJECT, BuildRequest(("pl", "so"), formats, school, archive=True), out)


def paths(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def test_everything_else_is_made(tmp_path: Path) -> None:
    result = build(tmp_path / "o")
    assert [(file.format, file.path, file.language_name) for file in result.left_out] == [
        ("message", "cse/pl/message.txt", "Polish"),
        ("message", "cse/so/message.txt", "Somali"),
    ]
    assert "300" in result.left_out[0].reason
    assert "Shorten the address of your guides" in result.left_out[0].remedy
    made = {f"cse/{tag}/{name}" for tag in ("pl", "so") for name in ("index.html", "read-aloud.txt")}
    about = {"index.html", "README-FIRST.html", "manifest.json", "ABOUT-THIS-FOLDER.txt"}
    assert paths(tmp_path / "o") == made | about
    assert result.made == len(made) + 2
    assert result.without_files == ()
    assert archive_path(tmp_path / "o").exists()


def test_the_manifest_and_the_read_me_name_what_could_not_be_made(tmp_path: Path) -> None:
    build(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert all("message" not in row["path"] for row in manifest["artifacts"])
    first = manifest["left_out"][0]
    assert (first["guide"], first["language"], first["edition"]) == ("cse", "pl", "message")
    assert first["path"] == "cse/pl/message.txt"
    assert first["reason"].startswith("the message in Polish has")
    assert first["remedy"].startswith("Shorten")
    readme = (tmp_path / "README-FIRST.html").read_text("utf-8")
    assert "What could not be made" in readme
    assert "The same in Somali. What to do: Shorten the address" in readme
    assert "<dt>message.txt</dt>" not in readme
    assert "<dt>read-aloud.txt</dt>" in readme


def test_a_build_without_such_a_file_says_nothing_of_it(tmp_path: Path) -> None:
    result = build(tmp_path, school=School("Ash School"))
    assert result.left_out == ()
    assert "left_out" not in json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    readme = (tmp_path / "README-FIRST.html").read_text("utf-8")
    assert "could not be made" not in readme
    assert "<dt>message.txt</dt>" in readme


def test_a_page_links_only_to_files_that_were_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_in(monkeypatch, ReadAloud, "pl")
    build(tmp_path)
    assert "read-aloud.txt" not in (tmp_path / "cse/pl/index.html").read_text("utf-8")
    assert "read-aloud.txt" in (tmp_path / "cse/so/index.html").read_text("utf-8")


def fail_in(monkeypatch: pytest.MonkeyPatch, kind: type[TextMessage | ReadAloud], tag: str) -> list[str]:
    """Let a format fail in a language; returns the languages that it is tried in."""
    make: Callable[[Any, Edition], bytes] = kind.render
    tried: list[str] = []

    def render(self: Any, edition: Edition) -> bytes:
        tried.append(edition.language.tag)
        if edition.language.tag == tag:
            raise LayoutError(f"no room in {edition.language.english_name}", remedy="Shorten it.")
        return make(self, edition)

    monkeypatch.setattr(kind, "render", render)
    return tried


def test_the_next_build_does_not_try_again_until_something_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = fail_in(monkeypatch, TextMessage, "so")
    first = build(tmp_path, school=School("Ash School"))
    second = build(tmp_path, school=School("Ash School"))
    assert sorted(tried) == ["pl", "so"]
    assert second.nothing_new
    assert [(f.path, f.reason, f.remedy) for f in second.left_out] == [
        (f.path, f.reason, f.remedy) for f in first.left_out
    ]
    third = build(tmp_path, school=School("Beech School"))
    assert sorted(tried) == ["pl", "pl", "so", "so"]
    assert len(third.left_out) == 1


def test_a_file_that_an_earlier_build_made_does_not_stay_with_old_details(tmp_path: Path) -> None:
    build(tmp_path, school=School("Ash School"))
    assert (tmp_path / "cse/pl/message.txt").exists()
    build(tmp_path)
    assert not (tmp_path / "cse/pl/message.txt").exists()


def test_a_build_that_could_make_no_file_is_an_error_and_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, school=School("Ash School"))
    before = paths(tmp_path)
    with pytest.raises(LayoutError, match="the message in Polish") as caught:
        build(tmp_path, ("message",))
    assert len(caught.value.problems) == 2
    assert paths(tmp_path) == before


def test_a_language_without_any_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_in(monkeypatch, TextMessage, "so")
    result = build(tmp_path, ("message",), School("Ash School"))
    assert result.without_files == ("Somali",)


def test_a_file_for_all_languages_is_left_out_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def render(self: Poster, site: Site) -> bytes:
        raise LayoutError("the poster has no room", remedy="Choose fewer languages.")

    monkeypatch.setattr(Poster, "render", render)
    result = build(tmp_path, (*FORMATS, "poster"), School("Ash School"))
    left_out = [(file.path, file.guide, file.language) for file in result.left_out]
    assert left_out == [("poster.pdf", "", ""), ("poster-a4.pdf", "", "")]
    assert result.without_files == ()
    readme = (tmp_path / "README-FIRST.html").read_text("utf-8")
    assert "The poster has no room. What to do: Choose fewer languages." in readme
    assert 'href="poster.pdf"' not in readme


def test_an_error_that_is_not_of_one_sheet_still_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(self: TextMessage, edition: Edition) -> bytes:
        raise ProjectError("the disk is full", remedy="Make room.")

    monkeypatch.setattr(TextMessage, "render", render)
    with pytest.raises(ProjectError, match="the disk is full"):
        build(tmp_path / "o")
    assert not (tmp_path / "o" / "index.html").exists()


def test_a_school_of_a_trust_stops_neither_itself_nor_the_others(tmp_path: Path) -> None:
    rows = [
        SchoolRow("row 2", "ash", "Ash School", SCHOOL),
        SchoolRow("row 3", "beech", "Beech School", School("Beech School")),
    ]
    request = BuildRequest(("pl", "so"), FORMATS)
    results: list[SchoolResult] = [*build_schools(PROJECT, request, rows, tmp_path)]
    assert [len(result.left_out) for result in results] == [2, 0]
    assert [result.outcome for result in results] == ["6 files made, 2 could not be made", "8 files made"]
    write_index(PROJECT, results, tmp_path)
    page = (tmp_path / "schools.html").read_text("utf-8")
    assert "Sheets that could not be made" in page
    assert "Shorten the address of your guides" in page
    assert "Schools with a problem" not in page
    table = [*csv.reader((tmp_path / "schools.csv").read_text("utf-8-sig").splitlines())]
    assert table[0][-1] == "left out"
    assert "Shorten" in table[1][-1]
    assert table[2][-1] == ""


def test_lines_name_each_reason_once_with_all_languages() -> None:
    def file(kind: str, name: str, remedy: str) -> LeftOut:
        return LeftOut(kind, "x", f"the {kind} in {name} does not fit", remedy, "cse", name, name)

    assert left_out_lines(
        [
            file("handout", "Urdu", "Shorten."),
            file("handout", "Tamil", "Shorten."),
            file("handout", "Polish", "Cut."),
            file("handout", "Amharic", "Shorten."),
        ]
    ) == [
        "The handout in Urdu does not fit. The same in Amharic, Tamil. What to do: Shorten.",
        "The handout in Polish does not fit. What to do: Cut.",
    ]
    assert left_out_lines([]) == []
