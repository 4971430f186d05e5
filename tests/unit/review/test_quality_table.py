"""locales/QUALITY.md changes only with its own data, and check names the command that renews it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from parentguide.checks.catalog.quality_current import check_quality_current
from parentguide.cli.main import main
from parentguide.errors import SourceError
from parentguide.project.project import Project
from parentguide.project.quality_table import quality_table
from tests.unit.review.conftest import translate

FINDING = """
[[finding]]
context = "title"
type = "style"
severity = "major"
before = "a"
after = ""
reason = "b"
"""


def renew(root: Path) -> None:
    assert CliRunner().invoke(main, ["quality", "--project", str(root)]).exit_code == 0


def add_finding(root: Path, finding: str = FINDING) -> None:
    path = root / "locales/pl/revision.toml"
    path.write_text(path.read_text("utf-8") + finding, "utf-8")


def test_a_changed_translation_does_not_make_the_table_stale(root: Path) -> None:
    renew(root)
    translate(root, {"title": "Zupełnie inny tytuł z wieloma słowami"})
    assert list(check_quality_current(Project(root))) == []


def test_a_new_finding_makes_the_table_stale_until_somebody_renews_it(root: Path) -> None:
    renew(root)
    before = quality_table(Project(root))
    add_finding(root)
    (found,) = check_quality_current(Project(root))
    assert (found.code, found.severity, found.path.name) == ("PG504", "warning", "QUALITY.md")
    assert "parentguide quality" in found.hint
    renew(root)
    assert list(check_quality_current(Project(root))) == []
    old, new = (
        [int(cell) for cell in text.rstrip("\n").rpartition("\n")[2].split("|")[4:8]]
        for text in (before, quality_table(Project(root)))
    )
    assert [b - a for a, b in zip(old, new, strict=True)] == [0, 1, 0, 1]


def test_a_project_does_not_need_the_table(root: Path) -> None:
    assert not (root / "locales/QUALITY.md").exists()
    assert list(check_quality_current(Project(root))) == []


@pytest.mark.parametrize("severity", ["", 'severity = "huge"\n', "severity = 3\n"])
def test_findings_without_a_severity_are_named_with_their_file(root: Path, severity: str) -> None:
    wrong = FINDING.replace('severity = "major"\n', severity)
    add_finding(root, wrong * 2)
    with pytest.raises(SourceError) as caught:
        quality_table(Project(root))
    assert [problem.loc[-1] for problem in caught.value.problems] == ["severity", "severity"]
    assert {problem.path for problem in caught.value.problems} == {
        root.resolve() / "locales/pl/revision.toml"
    }
