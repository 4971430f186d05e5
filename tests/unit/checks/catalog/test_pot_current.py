"""POT files are what the guide and the templates say now."""

from pathlib import Path

from parentguide.checks.catalog.pot_current import check_pot_current
from parentguide.project.project import Project
from tests.unit.checks.samples import small_project


def test_a_fresh_template_is_current(tmp_path: Path) -> None:
    assert list(check_pot_current(small_project(tmp_path))) == []


def test_a_changed_guide_and_a_missing_template_are_found(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    guide = project.guide_source("small").path
    guide.write_text(guide.read_text("utf-8").replace("Talk to us", "Speak to us"), "utf-8")
    project.pot_path("interface").unlink()
    found = list(check_pot_current(Project(tmp_path)))
    assert [(f.code, f.path.name) for f in found] == [("PG503", "small.pot"), ("PG503", "interface.pot")]
