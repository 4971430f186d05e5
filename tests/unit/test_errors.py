"""Errors keep their place as data, and every reader renders it in its own words."""

from pathlib import Path

import pytest

from parentguide.errors import (
    InvalidValueError,
    Loc,
    ParentguideError,
    Problem,
    SchoolFileError,
    SourceError,
    loc_text,
)


@pytest.mark.parametrize(
    ("loc", "text"),
    [
        ((), ""),
        (("name",), "name"),
        (("team", 0, "phone"), "team 1, phone"),
        (("team", 1), "team 2"),
        ((0, "name"), "1, name"),
        (("9" * 5_000, "phone"), f"{'9' * 100}…, phone"),
    ],
)
def test_a_place_in_words(loc: Loc, text: str) -> None:
    assert loc_text(loc) == text


def test_a_problem_is_printed_with_file_line_place_and_remedy() -> None:
    problem = Problem("is not a date", "Write 2026-11-28.", ("date",), Path("school.toml"), 4)
    assert str(problem) == "school.toml:4: date: is not a date\n  What to do: Write 2026-11-28."
    assert str(Problem("is not a date")) == "is not a date"
    assert str(Problem("is not a date", path=Path("a"))) == "a: is not a date"


def test_a_sentence_has_no_place() -> None:
    assert (
        Problem("“x” is not a date", "Write a date.", ("date",)).sentence
        == "“x” is not a date. Write a date."
    )
    assert Problem("it is empty").sentence == "It is empty"


def test_an_error_holds_all_problems_and_speaks_for_the_first() -> None:
    first = Problem("one", "do one", ("a", 0), Path("f"), 3)
    error = SourceError.of([first, Problem("two", "do two", ("b",))])
    assert (error.problem, error.remedy, error.loc, error.path, error.line) == (
        "one",
        "do one",
        ("a", 0),
        Path("f"),
        3,
    )
    assert str(error).splitlines() == [
        "f:3: a 1: one", "  What to do: do one", "b: two", "  What to do: do two",
    ]  # fmt: skip
    assert error.sentences == "A 1: one. do one. B: two. do two."
    assert isinstance(error, SourceError)


def test_a_path_is_added_where_there_is_none() -> None:
    error = SchoolFileError.of([Problem("one"), Problem("two", path=Path("own"))]).at(Path("given"))
    assert [problem.path for problem in error.problems] == [Path("given"), Path("own")]
    assert type(error) is SchoolFileError


def test_an_invalid_value_says_what_to_write() -> None:
    error = InvalidValueError("“x” is not a date", "Write a date.")
    assert str(error) == "“x” is not a date. Write a date."
    assert isinstance(error, ValueError)


def test_each_kind_of_error_has_an_exit_code() -> None:
    codes = [kind.exit_code for kind in ParentguideError.__subclasses__()]
    assert len(codes) >= 6
    assert all(0 < code < 128 for code in codes)
