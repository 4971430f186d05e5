"""Batches of a trust's schools: which schools are made together, and in which order they are reported."""

from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from parentguide.build import batch
from parentguide.build.api import BuildPlan, BuildRequest, plan, publish_build
from parentguide.build.batch import SchoolResult, build_schools
from parentguide.errors import LayoutError, ProjectError
from parentguide.infra.spool import Spool
from parentguide.model.output import Edition
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.render.text.plain_text import TextMessage
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


def test_the_bar_reaches_its_end_whatever_becomes_of_a_school(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "other.txt").write_text("not ours", "utf-8")
    wrong = SchoolRow("row 3", "x", "x", None, "the phone number is wrong")
    parts: list[float] = []
    rows = [row("a"), row("b"), wrong, row("c", languages=("xx",)), row("d")]
    results = list(build_schools(Project(), REQUEST, rows, tmp_path, parts.append))
    assert [bool(result.error) for result in results] == [False, True, True, True, False]
    assert sum(parts) == pytest.approx(len(rows))
    assert len(parts) > len(rows)


def test_files_that_stay_as_they_are_are_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row("a"), row("b")]
    list(build_schools(Project(), REQUEST, rows, tmp_path))
    copied: list[object] = []
    put = Spool.put

    def noted(spool: Spool, key: Hashable, data: bytes) -> None:
        copied.append(key)
        put(spool, key, data)

    monkeypatch.setattr(Spool, "put", noted)
    changed = tmp_path / "b" / "cse" / "pl" / "message.txt"
    changed.write_text("changed", "utf-8")
    results = list(build_schools(Project(), REQUEST, rows, tmp_path))
    assert [(result.made, result.kept) for result in results] == [(0, 2), (1, 1)]
    assert copied == [("b", "cse/pl/message.txt")]
    assert changed.read_text("utf-8") != "changed"


@pytest.mark.parametrize("few", ["pl", "so"])
def test_a_school_has_the_same_files_whatever_the_others_want(tmp_path: Path, few: str) -> None:
    other = "so" if few == "pl" else "pl"
    # Only the last schools want one of the languages, so that it is not where it is alone.
    rows = [row(f"s{n}", languages=(other,) if n < 41 else ("pl", "so")) for n in range(45)]
    list(build_schools(Project(), REQUEST, rows, tmp_path / "together"))
    list(build_schools(Project(), REQUEST, rows[-1:], tmp_path / "alone"))
    together, alone = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (tmp_path / "together" / "s44", tmp_path / "alone" / "s44")
    )
    assert together == alone
    assert len(together) == 2 + 2 * 2


def test_left_out_files_are_named_in_order_whatever_the_others_want(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impossible(maker: TextMessage, edition: Edition) -> bytes:
        raise LayoutError(f"no message in {edition.language.english_name}", remedy="Shorten it.")

    monkeypatch.setattr(TextMessage, "render", impossible)
    request = replace(REQUEST, formats=("message", "web"))
    rows = [row(f"s{n}", languages=("pl", "so") if n == 5 else ("so",)) for n in range(25)]
    list(build_schools(Project(), request, rows, tmp_path / "together"))
    list(build_schools(Project(), request, rows[5:6], tmp_path / "alone"))
    together, alone = (
        (tmp_path / place / "s5" / "README-FIRST.html").read_text("utf-8") for place in ("together", "alone")
    )
    assert together == alone
    assert "No message in Polish. The same in Somali. What to do: Shorten it." in alone


def test_a_second_run_in_the_same_folder_is_refused_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "LONGEST_WAIT", 0.1)
    monkeypatch.setattr(batch, "SCHOOLS_AT_A_TIME", 1)
    first = build_schools(Project(), REQUEST, [row("a"), row("b"), row("c")], tmp_path)
    assert not next(first).error
    with pytest.raises(ProjectError, match="another run is making schools there"):
        next(build_schools(Project(), REQUEST, [row("d")], tmp_path))
    first.close()
    assert [result.error for result in build_schools(Project(), REQUEST, [row("d")], tmp_path)] == [""]


def test_a_first_school_that_fails_leaves_no_folder_and_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = publish_build

    def failing(*given: Any, **named: Any) -> Any:
        if given[3].name == "a":
            raise ProjectError("the disk is full")
        return publish(*given, **named)

    monkeypatch.setattr(batch, "publish_build", failing)
    out = tmp_path / "new"
    results = list(build_schools(Project(), REQUEST, [row("a"), row("b"), row("c")], out))
    assert [result.error for result in results] == ["The disk is full.", "", ""]
    assert sorted(path.name for path in out.iterdir()) == ["b", "c"]
