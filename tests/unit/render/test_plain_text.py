"""The text to read aloud, and the text message."""

from dataclasses import replace

import pytest

from parentguide.errors import LayoutError
from parentguide.model.contact import FieldValue
from parentguide.model.guide import BulletList, Segment
from parentguide.model.school import School
from parentguide.render.text.plain_text import (
    LINK_PLACE,
    LONGEST_MESSAGE,
    SCHOOL_PLACE,
    PlainWords,
    ReadAloud,
    TextMessage,
)
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
        "5. [pl] Official words, luty 2017",
        "7. [pl] More.",
        "11. [pl] I speak",
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


def test_a_text_message_names_the_school_or_a_place_for_it() -> None:
    message = TextMessage(TEMPLATES).render(POLISH).decode()
    assert message == "[pl] From Example <School>: a guide. https://www.a.sch.uk/g/cse/pl/\n"
    assert SCHOOL_PLACE in TextMessage(TEMPLATES).render(edition(language())).decode()


def test_the_school_is_isolated_in_right_to_left_words_and_the_link_is_not() -> None:
    message = TextMessage(TEMPLATES).render(URDU).decode()
    assert "From \u2066Example <School>\u2069: a guide. https://www.a.sch.uk/g/cse/ur/\n" in message


def test_without_a_message_of_the_guide_the_title_and_the_link_are_put_together() -> None:
    silent = replace(POLISH, guide=replace(POLISH.guide, elsewhere=()))
    message = TextMessage(TEMPLATES).render(silent).decode()
    assert message == "Example <School>: [pl] A safe guide https://www.a.sch.uk/g/cse/pl/\n"


def test_words_elsewhere_are_not_read_aloud() -> None:
    assert "a guide." not in read_aloud(POLISH)
    assert "A guide for you" not in read_aloud(POLISH)


def test_the_documents_are_below_the_caption_in_english() -> None:
    assert "luty 2017\nA document · Another document\nExact words." in read_aloud(POLISH)


def test_the_number_of_a_step_is_apart_from_the_number_of_the_message() -> None:
    steps = BulletList((Segment("item-1", "Listen."), Segment("item-2", "Call us.")), ordered=True)
    guide = replace(POLISH.guide, blocks=(*POLISH.guide.blocks[:2], steps))
    assert "\n3.   1. Listen.\n4.   2. Call us." in read_aloud(replace(POLISH, guide=guide))


def test_a_text_message_that_is_too_long_is_refused() -> None:
    address = f"https://a.sch.uk/{'x' * LONGEST_MESSAGE}"
    school = School(guides=FieldValue("url", address, address))
    with pytest.raises(LayoutError, match=f"a messaging service takes {LONGEST_MESSAGE}") as caught:
        TextMessage(TEMPLATES).render(edition(language(), school))
    assert "Shorten" in caught.value.remedy
