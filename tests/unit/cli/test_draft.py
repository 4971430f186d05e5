"""``parentguide draft`` with the engine that needs no network."""

from pathlib import Path

import pytest

from parentguide.machine import translators
from parentguide.project.project import Project
from parentguide.translation import po
from tests.unit.cli.run import Ran, run


def draft(root: Path, *arguments: str) -> Ran:
    return run("draft", "--provider", "pseudo", "--project", root, *arguments)


@pytest.fixture
def gap(small: Path) -> Path:
    """The small project with two Polish messages missing."""
    project = Project(small)
    path = project.catalog_path(project.language("pl"), "cse")
    path.write_bytes(po.with_translations(path.read_bytes(), {"title": "", "call": ""}, path))
    return small


def test_engines_are_listed() -> None:
    ran = run("draft", "--list-providers")
    assert ran.code == 0
    assert "google" in ran.out
    assert "what leaves this machine: nothing" in ran.out


def test_missing_messages_are_drafted_as_fuzzy(gap: Path) -> None:
    ran = draft(gap, "pl")
    assert ran.code == 0, ran.said
    assert "Polish: 2 of 2 written as fuzzy drafts" in ran.out
    project = Project(gap)
    polish = project.language("pl")
    fuzzy = po.catalog_status(project.source_messages("cse"), project.catalog(polish, "cse")).fuzzy
    assert set(fuzzy) == {"title", "call"}


def test_only_the_named_message(gap: Path) -> None:
    assert "Polish: 1 of 1 written" in draft(gap, "pl", "--only", "title").out


def test_nothing_is_missing(small: Path) -> None:
    assert draft(small, "ur").out == "Urdu: nothing is missing\n"


def test_back_translation(small: Path) -> None:
    project = Project(small)
    path = project.back_translation_path(project.language("pl"))
    path.unlink(missing_ok=True)
    ran = draft(small, "pl", "--back", "--only", "title")
    assert ran.code == 0, ran.said
    assert "Polish: 1 of 1 written\n" in ran.out
    assert path.exists()


def test_a_refused_answer_is_listed(gap: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # no answer of another test
    monkeypatch.setattr(translators, "pseudolocalise", lambda _: "")
    ran = draft(gap, "pl", "--only", "title")
    assert ran.code == 1
    assert "Polish: 0 of 1 written" in ran.out
    assert "  title: refused: " in ran.out


@pytest.mark.parametrize(
    ("tag", "said"),
    [("en", "English is what is translated"), ("xx", "there is no language “xx”")],
)
def test_languages_that_cannot_be_drafted(small: Path, tag: str, said: str) -> None:
    ran = draft(small, tag)
    assert ran.code == 66
    assert said in ran.said


def test_the_key_is_read_from_a_file(small: Path, tmp_path: Path) -> None:
    ran = draft(small, "ur", "--key-file", str(tmp_path / "nowhere"))
    assert ran.code == 66
    (tmp_path / "key").write_text("secret\n", "utf-8")
    ran = draft(small, "ur", "--key-file", str(tmp_path / "key"), "--rate", "5")
    assert ran.code == 0
    assert "secret" not in ran.said
