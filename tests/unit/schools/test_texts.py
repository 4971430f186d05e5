"""Which invisible characters of a name are part of it."""

import pytest

from parentguide.schools.texts import parse_text

WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"


@pytest.mark.parametrize(
    "name",
    [
        "می\u200cدانم",  # Persian
        "ශ්\u200dරී ලංකා",  # Sinhala
        "Hill Top 👩🏽\u200d🏫 School",
        "🏳\ufe0f\u200d🌈",
        f"Ysgol {WALES}",
    ],
)
def test_joiners_and_tags_that_are_part_of_a_word_or_an_emoji_stay(name: str) -> None:
    assert parse_text(name) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ash\u200b School\ufeff", "Ash School"),
        ("A\u200dsh", "Ash"),
        ("\u200dAsh \u200c", "Ash"),
        ("\u202eAsh\u202c", "Ash"),
        ("🌞\u200d School", "🌞 School"),
        ("می\u200c\u200c", "می"),
        ("Ash\U000e0067\U000e007f", "Ash"),
        ("\U0001f3f4\U000e0067", "\U0001f3f4"),
    ],
)
def test_others_are_removed(written: str, name: str) -> None:
    assert parse_text(written) == name
