"""``QUALITY.md`` is the table that the data gives now."""

from pathlib import Path

from parentguide.checks.catalog.quality_current import check_quality_current
from parentguide.project.quality_table import quality_path, quality_table
from tests.unit.checks.samples import small_project


def test_only_a_table_that_is_out_of_date_is_reported(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    assert list(check_quality_current(project)) == []
    quality_path(project).write_text(quality_table(project), "utf-8")
    assert list(check_quality_current(project)) == []
    quality_path(project).write_text("old", "utf-8")
    assert [f.code for f in check_quality_current(project)] == ["PG504"]
