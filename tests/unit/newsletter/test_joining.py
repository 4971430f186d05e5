"""Lines joined into one, and hyphens restored."""

import pytest

from parentguide.newsletter.joining import join_lines, restore_hyphens


@pytest.mark.parametrize(
    ("parts", "words", "wanted"),
    [
        (["one"], set(), "one"),
        (["one", "two"], set(), "one two"),
        (["texts/", "calls"], set(), "texts/calls"),
        (["exploi-", "tation"], set(), "exploitation"),
        (["well-", "being"], set(), "well-being"),
        (["well-", "being"], {"wellbeing"}, "wellbeing"),
        (["date-", "stamp"], {"date-stamp"}, "date-stamp"),
        (["Anglo-", "Saxon"], set(), "Anglo-Saxon"),
        (["a -", "b"], set(), "a - b"),
        (["ex-", "ploi-", "tation"], {"exploitation"}, "ex-ploitation"),
    ],
)
def test_joined_lines(parts: list[str], words: set[str], wanted: str) -> None:
    assert join_lines(parts, words) == wanted


def test_a_lost_hyphen_comes_back_only_for_a_word_of_the_newsletter() -> None:
    assert restore_hyphens("noncontact", {"contact"}) == "non-contact"
    assert restore_hyphens("noncontact", set()) == "noncontact"
    assert restore_hyphens("selfish", {"ish"}) == "selfish"
