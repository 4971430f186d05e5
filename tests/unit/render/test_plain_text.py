"""The text to read aloud, and the text message."""

from dataclasses import replace

import pytest

from parentguide.errors import LayoutError
from parentguide.model.contact import FieldValue
from parentguide.model.school import School
from parentguide.render.text.plain_text import LINK_PLACE, LONGEST_MESSAGE, PlainWords, ReadAloud, TextMessage
from tests.unit.render.editions import SCHOOL, TEMPLATES, edition, language

POLISH = edition(language(), SCHOOL)
URDU = edition(language("ur", "rtl", "Arab"), SCHOOL)


def read_aloud(of: object) -> str:
    return ReadAloud(TEMPLATES).render(of).decode()  # type: ignore[arg-type]


def test_every_segment_is_read_with_its_number() -> None:
    text = read_aloud(POLISH)
    for line in (
        "1. [pl] A safe guide",
        "2. [pl] Read our policy.",
        "3. [pl] First",
        "6. [pl] More.",
        "10. [pl] I speak",
    ):
        assert f"\n{line}" in text, line
    assert "**" not in text
    assert "{" not in text


def test_the_schools_details_are_read() -> None:
    text = read_aloud(POLISH)
    assert "\n   A. Teacher · Lead · 0808 800 5000 · a@a.sch.uk\n" in text
    assert "\n   Council · 0808 800 5000 · polski\n" in text
    assert "\n   Charity · 0808 800 5000\n" in text
    assert text.count("www.a.sch.uk/policy") == 1
    assert "24 listopada 2026" in text
    assert "Teacher" not in read_aloud(edition(language()))


def test_the_official_words_are_in_english_and_the_help_only_in_translations() -> None:
    assert "Exact words.\nMore words." in read_aloud(POLISH)
    assert "[pl] Exact." in read_aloud(POLISH)
    english = read_aloud(edition())
    assert "Exact words.\nMore words." in english
    assert "Exact.\n" not in english


def test_left_to_right_words_are_isolated_in_right_to_left_text() -> None:
    isolated = "\u20660808 800 5000\u2069"
    assert isolated in read_aloud(URDU)
    assert "\u2066I speak Urdu.\u2069" in read_aloud(URDU)
    assert "\u2066" not in read_aloud(POLISH)


def test_a_message_has_its_english_too() -> None:
    words = PlainWords(replace(POLISH, interface={"a": "Cześć, {name}"}))
    message = words.interface("a", "Hello {name}", name="A")
    assert (message, message.english) == ("Cześć, A", "Hello A")
    assert words.interface("b", "Hello") == "Hello"


def test_a_text_message_has_the_address_or_a_place_for_it() -> None:
    assert "https://www.a.sch.uk/g/cse/pl/" in TextMessage(TEMPLATES).render(POLISH).decode()
    assert LINK_PLACE in TextMessage(TEMPLATES).render(edition(language())).decode()


def test_a_text_message_that_is_too_long_is_refused() -> None:
    address = f"https://a.sch.uk/{'x' * LONGEST_MESSAGE}"
    school = School(guides=FieldValue("url", address, address))
    with pytest.raises(LayoutError, match=f"a messaging service takes {LONGEST_MESSAGE}") as caught:
        TextMessage(TEMPLATES).render(edition(language(), school))
    assert "Shorten" in caught.value.remedy
