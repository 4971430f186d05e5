"""``parentguide build``: what it asks the library for, and what it says."""

import json
from pathlib import Path
from typing import Any

import pytest

from parentguide.build import api
from parentguide.build.api import BuildRequest
from parentguide.errors import LayoutError
from parentguide.model.output import Edition
from parentguide.model.review_state import ReviewState
from parentguide.project.project import Project
from parentguide.render.text.plain_text import TextMessage
from parentguide.translation import po
from tests.unit.cli.run import Ran, run

SCHOOL = 'name = "Ash School"\nlanguages = ["ur"]\nformats = ["message"]\n'


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[BuildRequest]:
    """The requests that reach the library; the build itself stops there."""
    seen: list[BuildRequest] = []

    def build_guides(_: Project, request: BuildRequest, *__: Any) -> None:
        seen.append(request)
        raise SystemExit(0)

    monkeypatch.setattr(api, "build_guides", build_guides)
    return seen


def build(root: Path, *arguments: object) -> Ran:
    return run("build", "--project", root, "-o", root / "out", *arguments)


def test_without_options(small: Path, requests: list[BuildRequest]) -> None:
    build(small)
    assert requests == [BuildRequest()]


@pytest.mark.parametrize("format_option", ["--format", "--edition", "-e"])
@pytest.mark.parametrize("colour_option", ["--black-and-white", "--mono"])
def test_options(small: Path, requests: list[BuildRequest], format_option: str, colour_option: str) -> None:
    build(small, "-l", "pl", "--language", "ur", format_option, "web", colour_option, "--jobs", "3", "--zip")
    (request,) = requests
    assert (request.languages, request.formats) == (("pl", "ur"), ("web",))
    assert (request.mono, request.jobs, request.archive) == (True, 3, True)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("checked", ReviewState.CHECKED),
        ("reviewed", ReviewState.CHECKED),
        ("professional", ReviewState.PROFESSIONAL),
        ("tested", ReviewState.TESTED),
    ],
)
def test_states_to_require(small: Path, requests: list[BuildRequest], word: str, state: ReviewState) -> None:
    build(small, "--require", word)
    assert requests[0].require is state


def test_a_state_that_does_not_exist(small: Path, requests: list[BuildRequest]) -> None:
    ran = build(small, "--require", "draft")
    assert (ran.code, requests) == (2, [])
    assert "'checked', 'professional', 'tested'" in ran.said


def test_the_school_chooses_what_the_options_leave_open(small: Path, requests: list[BuildRequest]) -> None:
    (small / "school.toml").write_text(SCHOOL, "utf-8")
    build(small, "--school", small / "school.toml", "--allow-incomplete")
    build(small, "--school", small / "school.toml", "-l", "pl", "-e", "web")
    first, second = requests
    assert first.school.name == second.school.name == "Ash School"
    assert (first.languages, first.formats, first.allow_incomplete) == (("ur",), ("message",), True)
    assert (second.languages, second.formats, second.allow_incomplete) == (("pl",), ("web",), False)


def test_a_build_says_what_it_made_and_the_next_one_that_nothing_has_changed(small: Path) -> None:
    out = (small / "out").resolve()
    first = build(small, "-l", "pl", "-e", "web", "-e", "message", "--zip")
    assert first.code == 0
    assert f"Made 4 files in 1 language: {out}" in first.out
    assert f"Open this first: {out / 'index.html'}" in first.out
    assert f"Everything in one file: {out}.zip" in first.out
    second = build(small, "-l", "pl", "-e", "web", "-e", "message")
    assert second.out.startswith(f"Nothing has changed: 4 files are up to date: {out}")
    (out / "cse" / "pl" / "message.txt").unlink()
    third = build(small, "-l", "pl", "-e", "web", "-e", "message")
    assert f"Made 1 files in 1 language (3 were up to date): {out}" in third.out


def test_a_build_without_pages_says_where_the_sheets_are(small: Path) -> None:
    assert f"The sheets are in: {(small / 'out' / 'cse').resolve()}" in build(small, "-e", "message").out


def test_warnings(small: Path, requests: list[BuildRequest]) -> None:
    contacts = small / "locales" / "contacts.toml"
    contacts.write_text(contacts.read_text("utf-8").replace("2026-11-23", "2020-01-31"), "utf-8")
    (small / "school.toml").write_text('name = "Ash School"\ncolour = "#ffcc00"\n', "utf-8")
    ran = build(small, "--school", small / "school.toml")
    assert "warning: 999 [police_emergency] was last verified on 2020-01-31." in ran.said
    assert "warning: colour: #ffcc00 is too pale" in ran.said
    assert ran.out == ""


def test_a_language_that_is_not_ready_is_skipped(small: Path) -> None:
    project = Project(small)
    path = project.catalog_path(project.language("pl"), "cse")
    path.write_bytes(po.with_translations(path.read_bytes(), {"title": "Tytuł"}, path, fuzzy=True))
    ran = build(small, "-l", "pl", "-l", "ur", "-e", "message")
    assert ran.code == 3
    assert (
        "Skipped: translation incomplete, or not reviewed to the level you asked for:\n  Polish" in ran.said
    )
    assert "title" in ran.said
    assert not (small / "out" / "cse" / "pl").exists()
    shown = build(small, "-l", "pl", "-e", "message", "--allow-incomplete")
    assert shown.code == 0
    assert "Some guides show English where the translation is missing" in shown.out
    rows = json.loads((small / "out" / "manifest.json").read_text("utf-8"))["artifacts"]
    assert {row["status"] for row in rows} == {"incomplete"}


LONG = f'name = "Ash School"\nguides = "www.a.sch.uk/{"a" * 170}"\n'


def test_a_file_that_the_details_make_impossible_is_a_warning(small: Path) -> None:
    (small / "school.toml").write_text(LONG, "utf-8")
    ran = build(small, "-l", "pl", "-e", "web", "-e", "message", "--school", small / "school.toml")
    assert ran.code == 0
    assert "Made 3 files in 1 language" in ran.out
    assert "1 file could not be made.\n" in ran.out
    assert "warning: The message in Polish has " in ran.said
    assert "What to do: Shorten the address of your guides" in ran.said
    assert (small / "out" / "cse" / "pl" / "index.html").exists()


def test_a_language_without_any_file_is_an_exit_code(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = TextMessage.render

    def render(self: TextMessage, edition: Edition) -> bytes:
        if edition.language.tag == "pl":
            raise LayoutError("too long", remedy="Shorten it.")
        return make(self, edition)

    monkeypatch.setattr(TextMessage, "render", render)
    assert build(small, "-l", "pl", "-l", "en", "-e", "message").code == LayoutError.exit_code == 4
    assert build(small, "-l", "pl", "-l", "en", "-e", "message", "-e", "read-aloud").code == 0
    ran = build(small, "-l", "pl", "-e", "message")
    assert (ran.code, "too long" in ran.said) == (4, True)
