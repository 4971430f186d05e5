"""Batches of a trust's schools: which schools are made together, and in which order they are reported."""

from dataclasses import replace
from pathlib import Path

import pytest

from parentguide.build import batch
from parentguide.build.api import BuildPlan, BuildRequest, plan
from parentguide.build.batch import SchoolResult, build_schools
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.schools.spreadsheet import SchoolRow

REQUEST = BuildRequest(formats=("message", "read-aloud"), languages=("pl",))


@pytest.fixture(autouse=True)
def two_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan two languages only, which is fast."""

    def small(project: Project, request: BuildRequest) -> BuildPlan:
        return plan(project, replace(request, languages=("pl", "so")))

    monkeypatch.setattr(batch, "plan", small)


def row(name: str, **details: tuple[str, ...]) -> SchoolRow:
    return SchoolRow(name, name, name, School(name, **details))  # type: ignore[arg-type]


def groups(*rows: SchoolRow) -> list[list[str] | str]:
    """The names of schools made together; a name alone for a school without a plan."""
    return [
        found.entry.name if isinstance(found, SchoolResult) else [entry.name for entry, _ in found]
        for found in batch._batches(Project(), REQUEST, rows)
    ]


def test_schools_with_the_same_formats_are_made_together_whatever_their_languages() -> None:
    assert groups(
        row("a"),
        row("b", languages=("pl",), formats=("message", "read-aloud")),
        row("c", formats=("read-aloud", "message")),
        row("d", formats=("message",)),
        row("e", languages=("pl", "so"), formats=("message",)),
        row("f"),
    ) == [["a", "b", "c"], ["d", "e"], ["f"]]


def test_a_school_without_a_plan_is_reported_in_its_place() -> None:
    wrong = SchoolRow("row 3", "x", "x", None, "the phone number is wrong")
    assert groups(row("a"), wrong, row("b", languages=("xx",)), row("c")) == [["a"], "x", "b", ["c"]]


def test_a_batch_has_no_more_schools_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "SCHOOLS_AT_A_TIME", 2)
    assert groups(*map(row, "abcde")) == [["a", "b"], ["c", "d"], ["e"]]


def test_results_come_in_the_order_of_the_table(tmp_path: Path) -> None:
    rows = [row("c"), row("a", formats=("message",)), row("b", languages=("so",)), row("d")]
    results = list(build_schools(Project(), REQUEST, rows, tmp_path))
    assert [(result.entry.name, result.made, result.error) for result in results] == [
        ("c", 2, ""),
        ("a", 1, ""),
        ("b", 2, ""),
        ("d", 2, ""),
    ]
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("message.txt")} == {
        "a/cse/pl/message.txt",
        "b/cse/so/message.txt",
        "c/cse/pl/message.txt",
        "d/cse/pl/message.txt",
    }
