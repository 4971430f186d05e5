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


BEFORE_RECORDS = FINDING + FINDING.replace('"style"', '"second reading"').replace('after = ""', 'after = "c"')


@pytest.fixture
def unread(root: Path) -> Path:
    """The project with findings in Polish from before there were records of readings."""
    path = root / "locales/pl/revision.toml"
    path.write_text('language = "pl"\n' + BEFORE_RECORDS, "utf-8")
    return root


def add_finding(root: Path, finding: str = FINDING) -> None:
    path = root / "locales/pl/revision.toml"
    path.write_text(path.read_text("utf-8") + finding, "utf-8")


def row_of(table: str) -> dict[str, str]:
    """The cells of the last language, by the headings of their columns."""
    rows = [
        line.strip("| ").split(" | ") for line in table.partition("\n## ")[0].splitlines() if line[:2] == "| "
    ]
    return dict(zip(rows[0], rows[-1], strict=True))


def numbers(cell: str) -> list[int]:
    return [int(number) for number in cell.split(" / ")]


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
    old, new = (row_of(text) for text in (before, quality_table(Project(root))))
    assert (old["second reading"], old["fourth reading"]) == (new["second reading"], new["fourth reading"])
    assert numbers(new["first reading"]) == [
        0,
        numbers(old["first reading"])[1] + 1,
        *numbers(old["first reading"])[2:],
    ]
    assert int(new["left"]) == int(old["left"]) + 1


LAST = """
[[reading]]
number = 4
date = 2026-11-29
readers = "two AI language models, no human"
fluency = 4
"""


def test_each_reading_is_counted_with_its_decisions(unread: Path) -> None:
    root = unread
    before = row_of(quality_table(Project(root)))
    assert before["fourth reading"] == before["fluency"] == "–", "a reading that was not made is no zero"
    add_finding(root, LAST)
    assert row_of(quality_table(Project(root)))["fourth reading"] == "0 / 0 / 0"
    third = FINDING.replace('context = "title"', 'context = "title"\nreading = 4')
    refused = third.replace('"major"', '"minor"') + 'decision = "refused"\n'
    taken = third.replace('after = ""', 'after = "c"') + 'decision = "taken in other words"\n'
    add_finding(root, third + refused + taken)
    table = quality_table(Project(root))
    row = row_of(table)
    assert (row["fourth reading"], row["fluency"]) == ("0 / 2 / 1", "4")
    assert (row["refused"], int(row["left"])) == ("1", int(before["left"]) + 1)
    assert "| style | " in table
    assert "All readers were AI language models and none was a human" in " ".join(table.split())
    assert "1 of 1 languages: 0 critical, 2 major and 1 minor errors, or 1.0 minor a language" in table


def test_a_fifth_reading_is_the_last_of_its_language(unread: Path) -> None:
    """The fourth keeps its count: what it found was fixed, and is not forgotten."""
    root = unread
    found = FINDING.replace('context = "title"', 'context = "title"\nreading = 4')
    add_finding(root, LAST.replace("fluency = 4", "fluency = 3") + found)
    row = row_of(quality_table(Project(root)))
    assert (row["fourth reading"], row["fifth reading"], row["fluency"]) == ("0 / 1 / 0", "–", "3")
    add_finding(root, LAST.replace("number = 4", "number = 5"))
    table = quality_table(Project(root))
    row = row_of(table)
    assert (row["fourth reading"], row["fifth reading"], row["fluency"]) == ("0 / 1 / 0", "0 / 0 / 0", "4")
    assert "fourth reading was made by others" in table
    assert "0 critical, 1 major and 0 minor errors, or 0.0 minor a language; the lowest fluency is 3" in table
    assert "fifth reading of the whole text of 1 languages: 0 critical, 0 major and 0 minor" in table


def test_a_reading_of_which_only_changes_are_recorded_is_no_count(unread: Path) -> None:
    root = unread
    assert row_of(quality_table(Project(root)))["second reading"].startswith("at least ")
    add_finding(root, LAST.replace("number = 4", "number = 2"))
    assert not row_of(quality_table(Project(root)))["second reading"].startswith("at least ")


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
