"""Back-translations are shown only for the translation that they were made from."""

import doctest
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from parentguide.errors import SourceError
from parentguide.translation import back_translation
from parentguide.translation.back_translation import (
    BackTranslatedMessage,
    BackTranslation,
    parse_back_translation,
    text_digest,
)

HERE = Path("back-translation.json")
DAY, LATER = date(2026, 11, 23), date(2026, 11, 24)
SHARE = BackTranslatedMessage("Pass it on", text_digest("Podaj dalej"))
CALL = BackTranslatedMessage("Ring us", text_digest("Zadzwoń"), "Ada", LATER)
BACK = BackTranslation(DAY, "Jan", {"share": SHARE, "call": CALL})


def test_a_file_is_read_as_it_was_written() -> None:
    data = BACK.as_bytes()
    assert parse_back_translation(data.decode(), HERE) == BACK
    assert parse_back_translation(data.decode(), HERE).as_bytes() == data


def test_the_file_is_sorted_and_readable() -> None:
    text = BACK.as_bytes().decode()
    assert text.index('"call"') < text.index('"share"')
    assert text.endswith("}\n")
    assert json.loads(text)["messages"]["call"] == {
        "says": "Ring us",
        "of": text_digest("Zadzwoń"),
        "origin": "Ada",
        "date": "2026-11-24",
    }
    assert "ń" in BackTranslation(DAY, "Jań", {}).as_bytes().decode()


def test_a_back_translation_of_a_changed_or_missing_translation_is_not_current() -> None:
    assert BACK.current({"share": "Podaj dalej", "call": "Dzwoń", "other": "x"}) == {"share": "Pass it on"}
    assert BACK.current({}) == {}


def test_a_first_message_gives_the_file_its_date_and_origin() -> None:
    new = BackTranslation().with_messages({"a": BackTranslatedMessage("A", "1", "Jan", DAY)}, DAY, "Jan")
    assert new == BackTranslation(DAY, "Jan", {"a": BackTranslatedMessage("A", "1")})


def test_a_later_message_keeps_its_own_date_and_origin_and_replaces_an_older_one() -> None:
    later = BackTranslatedMessage("Share it", "2", "Ada", LATER)
    new = BACK.with_messages({"share": later}, LATER, "Ada")
    assert new == BackTranslation(DAY, "Jan", {"share": later, "call": CALL})


def test_a_file_that_is_not_json_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError, match="not JSON") as caught:
        parse_back_translation('{\n "date": ]', HERE)
    assert (caught.value.path, caught.value.line) == (HERE, 2)
    assert caught.value.remedy


WHOLE = {"date": "2026-11-23", "origin": "Jan", "messages": {"a": {"says": "A", "of": "1"}}}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"date": "yesterday"}, "“date” of the file is not a date"),
        ({"date": 20261123}, "“date” of the file is not a text"),
        ({"origin": None}, "“origin” of the file is not a text"),
        ({"messages": []}, "“messages” of the file is not a table"),
        ({"messages": {"a": {"of": "1"}}}, "“a” has no “says”"),
        ({"messages": {"a": {"says": "A"}}}, "“a” has no “of”"),
        ({"messages": {"a": {"says": 1, "of": "1"}}}, "“says” of “a” is not a text"),
        ({"messages": {"a": {"says": "A", "of": "1", "date": "x"}}}, "“date” of “a” is not a date"),
        ({"messages": {"a": "A"}}, "“a” is not a table"),
        ({"messages": {"a": None}}, "“a” has no “says”; “a” has no “of”"),
    ],
)
def test_a_file_of_another_shape_is_refused(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse_back_translation(json.dumps(WHOLE | change), HERE)
    found = "; ".join(each.text.removeprefix("not a back-translation: ") for each in caught.value.problems)
    assert found.startswith(problem)
    assert found.count(";") == problem.count(";")


@pytest.mark.parametrize("text", ["[]", "1", "null", "{}"])
def test_a_file_without_the_three_fields_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="not a back-translation: the file"):
        parse_back_translation(text, HERE)


def test_all_mistakes_come_at_once() -> None:
    with pytest.raises(SourceError) as caught:
        parse_back_translation('{"messages": {"a": {"of": "1"}, "b": {"says": "B"}}, "origin": 1}', HERE)
    assert [each.text for each in caught.value.problems] == [
        "not a back-translation: “a” has no “says”",
        "not a back-translation: “b” has no “of”",
        "not a back-translation: the file has no “date”",
        "not a back-translation: “origin” of the file is not a text",
    ]


def test_examples_in_docstrings_are_right() -> None:
    result = doctest.testmod(back_translation)
    assert result.attempted
    assert not result.failed
