"""Tables become typed values, or every mistake is reported with its place."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from parentguide.errors import InvalidValueError, Loc, SchoolFileError, SourceError
from parentguide.infra.structure import AtMost, Parsed, metadata_of, structure

HERE = Path("file.toml")


def _capital(value: Any) -> str:
    if value != str(value).upper():
        raise InvalidValueError(f"“{value}” is not in capitals", "Write capitals.")
    return str(value)


@dataclass(frozen=True)
class Person:
    name: Annotated[str, Parsed(_capital)] = ""
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name:
            raise InvalidValueError("this entry is empty", "Give a name.")


@dataclass(frozen=True)
class Form:
    title: str
    day: date
    side: Literal["left", "right"] = "left"
    count: int = 0
    scale: float = 1.0
    shown: bool = True
    people: Annotated[tuple[Person, ...], AtMost(2, "the sheet has two sides")] = ()
    notes: dict[str, int] = field(default_factory=dict)


GOOD: dict[str, Any] = {"title": "A", "day": date(2026, 11, 28)}


def problems(table: dict[str, Any]) -> dict[Loc, str]:
    with pytest.raises(SourceError) as caught:
        structure(table, Form, HERE)
    assert all(problem.path == HERE and problem.remedy for problem in caught.value.problems)
    return {problem.loc: problem.text for problem in caught.value.problems}


def test_a_good_table_is_read_into_types() -> None:
    people = [{"name": "ANN", "tags": ["x"]}]
    read = structure({**GOOD, "scale": 2, "people": people, "notes": {"a": 1}}, Form)
    assert read == Form("A", date(2026, 11, 28), scale=2.0, people=(Person("ANN", ("x",)),), notes={"a": 1})


def test_a_single_table_stands_for_a_list_of_one() -> None:
    assert structure({**GOOD, "people": {"name": "ANN"}}, Form).people == (Person("ANN"),)


@pytest.mark.parametrize(
    ("key", "value", "loc"),
    [
        ("title", 5, ("title",)),
        ("title", None, ("title",)),
        ("day", "2026-11-28", ("day",)),
        ("day", datetime(2026, 11, 28), ("day",)),
        ("side", "up", ("side",)),
        ("count", True, ("count",)),
        ("count", 1.5, ("count",)),
        ("scale", "1", ("scale",)),
        ("scale", True, ("scale",)),
        ("shown", 1, ("shown",)),
        ("people", "Ann", ("people",)),
        ("people", ["Ann"], ("people", 0)),
        ("people", [{"name": "A"}] * 3, ("people",)),
        ("people", [{"name": "A"}, {}], ("people", 1)),
        ("people", [{"name": "a"}], ("people", 0, "name")),
        ("people", [{"name": "A", "tags": "x"}], ("people", 0, "tags")),
        ("people", [{"name": "A", "tags": ["x", 1]}], ("people", 0, "tags", 1)),
        ("people", [{"name": "A", "nmae": "B"}], ("people", 0)),
        ("notes", {"a": "1"}, ("notes", "a")),
        ("other", 1, ()),
    ],
)
def test_a_wrong_value_is_reported_at_its_place(key: str, value: object, loc: Loc) -> None:
    assert list(problems({**GOOD, key: value})) == [loc]


def test_all_mistakes_come_at_once() -> None:
    found = problems({"titel": "A", "count": "x", "people": [{"name": "a"}, {"name": "B", "tags": [1]}]})
    assert set(found) == {
        ("title",), ("day",), ("count",), ("people", 0, "name"), ("people", 1, "tags", 0), (),
    }  # fmt: skip
    assert found[("title",)] == "is missing"


def test_an_unknown_key_names_the_nearest_one() -> None:
    with pytest.raises(SourceError) as caught:
        structure({**GOOD, "poeple": []}, Form)
    assert caught.value.remedy == "Did you mean “people”?"
    with pytest.raises(SourceError) as caught:
        structure({**GOOD, "zzz\u202e": 1}, Form)
    assert "\u202e" not in caught.value.problem
    assert "title" in caught.value.remedy


def test_a_missing_value_says_what_to_write() -> None:
    with pytest.raises(SourceError) as caught:
        structure({}, Form)
    assert [problem.remedy for problem in caught.value.problems] == [
        "Write title = a text in quotation marks.",
        "Write day = a date such as 2026-11-23.",
    ]


def test_a_table_of_tables_names_the_table() -> None:
    with pytest.raises(SchoolFileError) as caught:
        structure({"a": {"name": "A"}, "b": 3, "c": {"name": "c"}}, dict[str, Person], error=SchoolFileError)
    assert [problem.loc for problem in caught.value.problems] == [("b",), ("c", "name")]


def test_a_place_can_begin_outside_the_table() -> None:
    with pytest.raises(SourceError) as caught:
        structure({"name": "a"}, Person, loc=("team", 0))
    assert caught.value.loc == ("team", 0, "name")


def test_metadata_is_found_by_its_type() -> None:
    kind = Annotated[str, "other", AtMost(2, "why")]
    assert metadata_of(kind, AtMost) == AtMost(2, "why")
    assert metadata_of(kind, Parsed) is None
    assert metadata_of(str, Parsed) is None


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Painted:
    colours: tuple[Colour, ...]


def test_a_member_of_an_enum_is_the_member_and_no_plain_text() -> None:
    found = structure({"colours": ["red", "blue"]}, Painted)
    assert [type(colour) for colour in found.colours] == [Colour, Colour]
    for wrong in ("green", 1, ["red"]):
        with pytest.raises(SourceError, match="is not one of the choices") as caught:
            structure({"colours": ["red", wrong]}, Painted)
        assert [problem.loc for problem in caught.value.problems] == [("colours", 1)]
