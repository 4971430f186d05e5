"""A guide that gets another title gets it in the text message to families too."""

import pytest

from parentguide.newsletter.statements import read_statements
from parentguide.project.first_text import first_text
from parentguide.project.title_elsewhere import renamed, title_elsewhere

LETTER = read_statements("Safe at home\n\nTalk to us. Safe at home is for all.\n")
TEXT = first_text(LETTER, "0" * 64, {})


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Safe on foot", "Safe on foot. From {school}"),
        ("Are you safe?", "Are you safe? From {school}"),
    ],
)
def test_the_title_is_changed_in_every_place(title: str, message: str) -> None:
    assert [card.words[:12] for card in title_elsewhere(TEXT)] == ["Talk to us. ", "Safe at home"]
    text = renamed(TEXT, title, everywhere=True)
    assert f"\n# {title}\n" in text
    assert f"\n{message}" in text
    assert f"Talk to us. {title} is for all." in text
    assert "Safe at home" not in text


def test_other_words_stay_where_nobody_asked() -> None:
    text = renamed(TEXT, "Safe on foot")
    assert "Safe at home. From {school}" in text
    assert "\n# Safe on foot\n" in text


def test_a_guide_that_begins_with_other_words_keeps_them() -> None:
    text = TEXT.replace('title: "Safe at home"', 'title: "Safe (copy)"')
    assert title_elsewhere(text) == ()
    assert "\n# Safe at home\n" in renamed(text, "Safe on foot", everywhere=True)


def test_a_full_stop_of_the_title_is_not_lost() -> None:
    text = renamed(TEXT, "Be safe!", everywhere=True)
    assert "\nSafe on foot. From {school}" in renamed(text, "Safe on foot", everywhere=True)
