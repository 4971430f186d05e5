"""Digests of values: equal values have equal digests, different values have different ones."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import Enum, IntEnum, StrEnum
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentguide.build.incremental import EditionDigests, combined, digest
from parentguide.model.contact import FieldValue
from parentguide.model.guide import Guide, Paragraph, Segment
from parentguide.model.language import Language, PrintStyle
from parentguide.model.output import Edition
from parentguide.model.school import Logo, Person, School
from tests.profile import cases


@dataclass(frozen=True)
class Point:
    x: object
    y: object = field(default=0, repr=False, compare=False)


@dataclass(frozen=True)
class Other:
    x: object
    y: object = 0


@dataclass
class Changeable:
    x: int


class Kind(StrEnum):
    ONE = "one"


class Level(IntEnum):
    LOW = 1


class Plain(Enum):
    ONE = "one"


LOGO = Logo(b"\x89PNG" * 45_000, "image/png", "A tree", (320.0, 160.0))

DIFFERENT = [
    *(None, False, True, 0, 1, -1, 10, 0.5, 1.0, 1.5),
    *("", "0", "1", "None", "one", "ONE", "a,b", "é", "e\u0301", "\udc80"),
    *(b"", b"0", b"one"),
    *(date(2026, 11, 28), "2026-11-28"),
    *((), ("",), ("", ""), ("a", "b"), ("b", "a"), ("ab",), ("a", ("b",)), (("a", "b"),), (("a",), "b")),
    *(frozenset(), frozenset({"a"}), frozenset({"a", "b"}), frozenset({("a", "b")})),
    *({}, {"a": "b"}, {"b": "a"}, {"a": ("b",)}, {("a", "b"): ""}),
    *(Kind.ONE, Level.LOW, Plain.ONE),
    *(Point(0), Point(1), Point(0, 1), Point((0, 0)), Point(None), Other(0), Other(Point(0))),
    *(School(), School("St Ann’s"), School(logo=LOGO), School(logo=replace(LOGO, alt="Oak"))),
]


def test_different_values_have_different_digests() -> None:
    digests = [digest(value) for value in DIFFERENT]
    doubles = [
        (DIFFERENT[i], DIFFERENT[j])
        for i in range(len(digests))
        for j in range(i)
        if digests[i] == digests[j]
    ]
    assert doubles == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a": 1}, MappingProxyType({"a": 1})),
        ({"a", "b", "c"}, frozenset({"c", "b", "a"})),
        (Point({"a": 1, "b": 2}), Point({"b": 2, "a": 1})),
        (["a"], ("a",)),
    ],
)
def test_neither_order_nor_container_counts_where_values_are_equal(one: object, other: object) -> None:
    assert digest(one) == digest(other)


@pytest.mark.parametrize(
    "value",
    [
        object(),
        Path("page.html"),
        datetime(2026, 11, 28, tzinfo=UTC),
        Changeable(1),
        Point,
        len,
        1j,
        (1, [object()]),
        {"a": object()},
        Point(Changeable(1)),
    ],
)
def test_a_value_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="has no digest"):
        digest(value)


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.binary(max_size=5) | st.dates()
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=4)
        | st.builds(Point, inner, inner)
    ),
    max_leaves=12,
)


def _typed(value: object) -> object:
    """The value with its types, because True == 1; without the order of mappings."""
    match value:
        case Point():
            return ("Point", _typed(value.x), _typed(value.y))
        case dict():
            return ("dict", frozenset((key, _typed(item)) for key, item in value.items()))
        case tuple():
            return ("tuple", tuple(map(_typed, value)))
    return (type(value), value)


@settings(max_examples=cases(200), deadline=None)
@given(one=VALUES, other=VALUES)
def test_digests_are_equal_exactly_where_values_are(one: object, other: object) -> None:
    assert digest((one, 1)) == digest((one, 1))
    assert (digest(one) == digest(other)) == (_typed(one) == _typed(other))


def test_another_process_with_another_hash_seed_gives_the_same_digest() -> None:
    program = (
        "from parentguide.build.incremental import digest\n"
        "print(digest((frozenset('abcdef'), {'x': 1, 'y': {2.5, None}}, b'1')))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in "12"
    }
    assert found == {f"{digest((frozenset('abcdef'), {'x': 1, 'y': {2.5, None}}, b'1'))}\n".encode()}


def test_parts_are_not_run_together() -> None:
    assert combined("ab", "c") != combined("a", "bc") != combined("abc")


ENGLISH = Language("en", "English", "English", "ltr", "Latn", PrintStyle(("Source Sans 3",)))


def _edition() -> Edition:
    guide = Guide("cse", "en", "Title", (Paragraph(Segment("lead", "Words")),))
    phone = FieldValue("phone", "101", "tel:101")
    return Edition(guide, guide, guide, ENGLISH, (ENGLISH,), {"ok": "OK"}, {"police": phone}, School())


CHANGES: list[Callable[[Edition], Edition]] = [
    lambda e: replace(e, school=School("St Ann’s")),
    lambda e: replace(e, school=School(team=(Person("Ann"),))),
    lambda e: replace(e, school=School(logo=LOGO)),
    lambda e: replace(e, school=School(logo=replace(LOGO, data=LOGO.data + b"x"))),
    lambda e: replace(e, interface={"ok": "Okay"}),
    lambda e: replace(e, fields={}),
    lambda e: replace(e, whole=replace(e.whole, blocks=(Paragraph(Segment("lead", "words")),))),
    lambda e: replace(e, language=replace(ENGLISH, print=PrintStyle(("Source Sans 3",), scale=1.1))),
    lambda e: replace(e, mono=True),
    lambda e: replace(e, incomplete=True),
    lambda e: replace(e, back_made_on=date(2026, 11, 28)),
]


def test_any_change_of_an_edition_changes_its_digest() -> None:
    digests = EditionDigests()
    found = [digests.digest(edition) for edition in (_edition(), *(change(_edition()) for change in CHANGES))]
    assert len(set(found)) == len(found)
    assert digests.digest(_edition()) == EditionDigests().digest(_edition()) == found[0]
