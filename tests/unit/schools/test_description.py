"""The one description of a school."""

from dataclasses import fields
from typing import get_args

import pytest

from parentguide.errors import InvalidValueError
from parentguide.infra.structure import AtMost, Parsed, metadata_of
from parentguide.model.school import School
from parentguide.schools.description import DETAILS, GROUPS, LOCAL, OLD_KEYS, TEAM, Detail, SchoolFile

KEYS = {*(detail.key for detail in DETAILS), *(group.key for group in GROUPS)}
ALL = [*DETAILS, *(detail for group in GROUPS for detail in group.details)]


def test_every_field_is_a_detail_or_a_group() -> None:
    assert {one.name for one in fields(SchoolFile)} == KEYS
    for group in GROUPS:
        (form,) = [one.type for one in fields(SchoolFile) if one.name == group.key]
        limit = metadata_of(form, AtMost)
        assert limit is not None
        assert limit.count == group.most
        entry = get_args(get_args(form)[0])[0]
        assert [one.name for one in fields(entry)] == [detail.key for detail in group.details]


def test_every_detail_of_a_school_is_in_its_file() -> None:
    other_names = {"dated": "date"}
    assert {other_names.get(one.name, one.name) for one in fields(School)} == KEYS


def test_team_and_local_contacts_are_the_groups() -> None:
    assert (TEAM.key, LOCAL.key) == ("team", "local_contacts")


def test_old_names_are_not_those_of_present_keys() -> None:
    assert not OLD_KEYS.keys() & KEYS
    assert set(OLD_KEYS.values()) <= KEYS


@pytest.mark.parametrize("detail", ALL, ids=lambda detail: detail.key)
def test_every_detail_has_a_label_and_a_schema(detail: Detail) -> None:
    assert detail.wording.label
    assert detail.parsed.schema


@pytest.mark.parametrize(
    "detail", [d for d in ALL if d.parsed.kind != "words"], ids=lambda detail: detail.key
)
def test_an_empty_text_is_as_good_as_none(detail: Detail) -> None:
    assert not detail.parsed.parse("")
    assert not detail.parsed.parse(" \t")


def test_a_default_is_what_an_empty_value_gives() -> None:
    for one in fields(SchoolFile):
        parsed = metadata_of(one.type, Parsed)
        if parsed is not None:
            assert parsed.parse([] if parsed.kind == "words" else "") == one.default


def test_lists_have_each_word_once() -> None:
    (languages,) = (d for d in DETAILS if d.key == "languages")
    assert languages.parsed.parse(["pl", "ur", "pl"]) == ("pl", "ur")
    (spoken,) = (d for d in LOCAL.details if d.key == "languages")
    assert spoken.parsed.parse(["PL", "pl"]) == ("pl",)
    with pytest.raises(InvalidValueError, match="“xx” is not a language that we know"):
        spoken.parsed.parse(["pl", "xx"])
