"""``parentguide fonts``: what it lists, adds and removes."""

import json
from pathlib import Path

import pytest

from tests.copies import copy_project
from tests.unit.cli.run import run
from tests.unit.fonts.faces import SANS, family

NASTALIQ_PAGE = "https://fonts.google.com/noto/specimen/Noto+Nastaliq+Urdu"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project in Arabic and Urdu."""
    copy_project(tmp_path, "ar", "ur")
    return tmp_path


def test_the_list_says_what_each_language_uses_and_where_a_better_font_is_free(root: Path) -> None:
    ran = run("fonts", "--project", root)
    assert ran.code == 0
    assert "Noto Sans Arabic (each build makes a font of its words): Arabic" in ran.out
    assert "Amiri: Urdu" in ran.out
    assert f"Urdu would be better in Noto Nastaliq Urdu, free from {NASTALIQ_PAGE}" in ran.out
    assert "SIL Open Font License 1.1" in ran.out
    assert "parentguide fonts add" in ran.said


def test_the_list_as_json(root: Path) -> None:
    shown = json.loads(run("fonts", "--json", "--project", root).out)
    assert shown["languages"]["ar"] == {"typeface": SANS, "made": True, "better": None}
    assert shown["languages"]["ur"]["better"]["get"] == NASTALIQ_PAGE
    assert shown["own"] == []


def test_a_font_is_added_listed_and_removed(root: Path) -> None:
    path = root / "given.ttf"
    path.write_bytes(family(SANS).regular.data)
    added = run("fonts", "add", path, "--project", root)
    assert added.code == 0
    assert "Added Noto Sans Arabic" in added.out
    assert "NotoSansArabic-Variable.ttf" in run("fonts", "--project", root).out
    removed = run("fonts", "--project", root, "remove", SANS)
    assert (removed.code, removed.out) == (0, "Removed NotoSansArabic-Variable.ttf\n")
    assert not list((root / "fonts").iterdir())


def test_a_file_that_is_no_font_is_refused_without_a_traceback(root: Path) -> None:
    path = root / "letter.ttf"
    path.write_text("Dear parents", "utf-8")
    ran = run("fonts", "add", path, root / "not there.ttf", "--project", root)
    assert ran.code != 0
    assert "not there.ttf" in ran.said
    assert "letter.ttf: is not a font" in run("fonts", "add", path, "--project", root).said


def test_the_doctor_says_which_language_would_be_better_and_finds_nothing_wrong_in_that(root: Path) -> None:
    said = run("doctor", "--project", root, "--out", root / "output").out
    assert "Own fonts" in said
    assert "Better: Urdu would be better in Noto Nastaliq Urdu" in said
    (root / "fonts").mkdir()
    (root / "fonts" / "stray.ttf").write_bytes(b"\0\1\0\0")
    ran = run("doctor", "--project", root, "--out", root / "output")
    assert ran.code == 1
    assert "stray.ttf: is not in fonts.toml" in ran.out
