"""Messages that are missing or fuzzy, or that break a placeholder."""

import re
from pathlib import Path

import pytest

from parentguide.checks.catalog.completeness import check_completeness
from parentguide.checks.finding import Severity
from parentguide.project.project import Project
from tests.unit.checks.samples import TRANSLATIONS, small_project, translate


def in_progress(project: Project) -> Project:
    path = project.locales / "languages.toml"
    name = 'english_name = "Polish"'
    text = path.read_text("utf-8").replace(name, f'{name}\nstatus = "in-progress"')
    path.write_text(text, "utf-8")
    return Project(project.root)


def test_a_whole_translation_has_no_finding(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    translate(project, "pl", TRANSLATIONS)
    assert list(check_completeness(project)) == []


def test_missing_and_fuzzy_messages(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    translate(project, "pl", {"title": TRANSLATIONS["title"]}, fuzzy=True)
    found = list(check_completeness(project))
    said = [(f.code, f.path.name, re.match("“(.*?)”", f.message)) for f in found]
    assert [(code, name, match and match[1]) for code, name, match in said] == [
        ("PG501", "small.po", "talk"),
        ("PG502", "small.po", "title"),
        ("PG501", "interface.po", "print"),
    ]
    assert all(f.line > 0 for f in found)
    assert {f.severity for f in found} == {Severity.ERROR}


def test_a_language_in_progress_gets_one_warning_for_each_catalog(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    translate(project, "pl", {"title": TRANSLATIONS["title"]}, fuzzy=True)
    found = list(check_completeness(in_progress(project)))
    assert [(f.code, f.path.name, f.message.rpartition(": ")[2]) for f in found] == [
        ("PG501", "small.po", "1"),
        ("PG502", "small.po", "1"),
        ("PG501", "interface.po", "1"),
    ]
    assert {f.severity for f in found} == {Severity.WARNING}


def test_without_a_file_there_is_no_line(tmp_path: Path) -> None:
    found = list(check_completeness(small_project(tmp_path)))
    assert [(f.code, f.line) for f in found] == [("PG501", 0)] * 3


@pytest.mark.parametrize("unfinished", [True, False])
def test_a_broken_placeholder_is_an_error_in_any_language(tmp_path: Path, unfinished: bool) -> None:
    project = small_project(tmp_path)
    translate(project, "pl", TRANSLATIONS | {"talk": "Zadzwoń do nas: {nspc}."})
    project = in_progress(project) if unfinished else project
    [finding] = check_completeness(project)
    assert (finding.code, finding.severity) == ("PG511", Severity.ERROR)
    assert finding.path.read_text("utf-8").splitlines()[finding.line - 1] == 'msgctxt "talk"'
