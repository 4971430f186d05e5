"""The checks of translations over a project, and what a language accepts."""

from pathlib import Path

import pytest

from parentguide.checks.catalog.runner import check_translations, language_catalogs
from parentguide.checks.finding import Finding, Severity
from parentguide.project.project import Project
from tests.unit.checks.samples import TRANSLATIONS, small_project, translate

ACCEPTED = '[[accepted]]\ncode = "{code}"\ncontext = "{context}"\nreason = "It is right."\n\n'


def project_with(root: Path, accepted: str = "", **texts: str) -> Project:
    project = small_project(root)
    translate(project, "pl", TRANSLATIONS | texts)
    (root / "locales" / "pl" / "accepted.toml").write_text(accepted, "utf-8")
    return project


def found(project: Project) -> list[tuple[str, str, int]]:
    return [(f.code, f.path.name, f.line) for f in check_translations(project)]


def line_of(project: Project, domain: str, context: str) -> int:
    return project.catalog(project.language("pl"), domain)[context].line


def test_right_translations_have_no_finding(tmp_path: Path) -> None:
    assert found(project_with(tmp_path)) == []


def test_a_finding_has_the_file_and_line_of_its_message(tmp_path: Path) -> None:
    project = project_with(tmp_path, print="Print", talk="Zadzwoń  do nas: {nspcc}")
    assert found(project) == [
        ("PG543", "small.po", line_of(project, "small", "talk")),
        ("PG551", "small.po", line_of(project, "small", "talk")),
        ("PG521", "interface.po", line_of(project, "interface", "print")),
    ]


def test_a_check_of_a_whole_language_has_a_place_too(tmp_path: Path) -> None:
    project = project_with(tmp_path)
    forbidden = '[[forbidden]]\nword = "drukuj"\nreason = "it is a test"\n'
    (tmp_path / "locales" / "pl" / "glossary.toml").write_text(forbidden, "utf-8")
    assert found(project) == [("PG582", "interface.po", line_of(project, "interface", "print"))]


def test_an_accepted_finding_is_not_reported(tmp_path: Path) -> None:
    accepted = ACCEPTED.format(code="PG521", context="print")
    assert found(project_with(tmp_path, accepted, print="Print")) == []


def test_only_the_accepted_code_and_message_are_left_out(tmp_path: Path) -> None:
    accepted = ACCEPTED.format(code="PG551", context="print") + ACCEPTED.format(code="PG521", context="talk")
    codes = [code for code, _, _ in found(project_with(tmp_path, accepted, print="Print"))]
    assert codes == ["PG521", "PG590", "PG590"]


@pytest.mark.parametrize("unfinished", [True, False])
def test_an_entry_that_accepts_nothing_is_reported(tmp_path: Path, unfinished: bool) -> None:
    project = project_with(tmp_path, ACCEPTED.format(code="PG521", context="print"))
    if unfinished:
        path = tmp_path / "locales" / "languages.toml"
        path.write_text(path.read_text("utf-8") + 'status = "in-progress"\n', "utf-8")
    [finding] = check_translations(Project(project.root))
    assert finding == Finding(
        "PG590",
        Severity.WARNING if unfinished else Severity.ERROR,
        project.locales / "pl" / "accepted.toml",
        0,
        "PG521 is accepted for “print”, but it was not found there",
        "Delete the entry.",
    )


def test_the_profiles_are_those_of_all_languages(tmp_path: Path) -> None:
    [catalog] = language_catalogs(project_with(tmp_path))
    assert [m.context for m in catalog.messages] == ["title", "talk", "print"]
    assert [profile.tag for profile in catalog.profiles] == ["en", "pl"]
    assert catalog.own is catalog.profiles[1]
    assert catalog.own.total == sum(sum(triples.values()) for triples in catalog.triples)
