"""All checks together: over a small project, and over one with a language just begun."""

from datetime import date
from pathlib import Path

import pytest

from parentguide.checks import CHECKS, Severity, run_checks
from parentguide.project.new_language import LanguageNames, add_language
from parentguide.project.project import Project
from tests.copies import copy_project
from tests.unit.checks.samples import GUIDE, TRANSLATIONS, small_project, translate


def test_findings_come_in_the_order_of_the_checks(tmp_path: Path) -> None:
    project = small_project(tmp_path, GUIDE.replace(' covers="2"', "").replace("{nspcc}", "{nspc}"))
    found = [f.code for f in run_checks(project) if f.code != "PG601"]
    assert found == ["PG101", "PG301", "PG602", "PG501", "PG501", "PG501"]
    assert len(CHECKS) == len(set(CHECKS))


@pytest.mark.parametrize("tag", ["cy", "ka", "ko", "zh-Hant"])
def test_a_new_language_brings_warnings_and_no_error(tmp_path: Path, tag: str) -> None:
    project = small_project(tmp_path)
    translate(project, "pl", TRANSLATIONS)
    scripts = project.locales / "scripts.toml"
    fonts = 'fonts = ["Source Sans 3"]\n'
    scripts.write_text(
        "".join(f"[{script}]\n{fonts}" for script in ("Latn", "Geor", "Kore", "Hant")), "utf-8"
    )
    add_language(project, tag, LanguageNames(), date(2026, 11, 24))
    found = [f for f in run_checks(Project(tmp_path)) if f.code != "PG601"]
    assert [(f.code, f.severity) for f in found] == [("PG501", Severity.WARNING)] * 2


def test_a_new_language_beside_the_real_words_brings_no_error(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "copy", "pl")
    add_language(project, "cy", LanguageNames(), date(2026, 11, 24))
    found = list(run_checks(Project(project.root)))
    assert "PG501" in {f.code for f in found}
    assert [f for f in found if f.severity is Severity.ERROR] == []
