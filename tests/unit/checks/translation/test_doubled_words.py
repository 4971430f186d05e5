"""The same word twice in a row."""

import pytest

from parentguide.checks.translation.doubled_words import check_doubled_words
from tests.unit.checks.samples import codes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zapytaj zapytaj szkołę.", ["PG561"]),
        ("দিন দিন", ["PG561"]),
        ("a a", []),
        ("szkoła, szkoła", []),
        ("co do co", []),
    ],
)
def test_doubled_words(text: str, found: list[str]) -> None:
    assert codes(check_doubled_words, "x", text) == found
