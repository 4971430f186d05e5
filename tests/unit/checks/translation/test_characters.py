"""The Unicode form, hidden characters and white space of a translation."""

import pytest

from parentguide.checks.translation.characters import check_characters
from tests.unit.checks.samples import codes, message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dziecko", []),
        ("dziecka\u0328", ["PG541"]),
        ("طفل\u200f", ["PG542"]),
        ("\u202etekst", ["PG542"]),
        ("مـدرسة", ["PG542"]),
        ("بچہ\u200c", ["PG542"]),
        ("\u200dبچہ", ["PG542"]),
        ("می\u200c رود", ["PG542"]),
        (" \u200cرود", ["PG542", "PG543"]),
        ("می\u200cرود", []),
        ("ප්\u200dරශ්නය", []),
        ("Zapytaj  nas.", ["PG543"]),
        ("Zapytaj nas. ", ["PG543"]),
        ("Zapytaj\nnas.", ["PG543"]),
        ("«\u00a0tak\u00a0»", []),
    ],
)
def test_each_fault_has_its_code(text: str, found: list[str]) -> None:
    assert codes(check_characters, "x", text) == found


def test_hidden_characters_are_named() -> None:
    problem = next(check_characters(message("x", "a\u200f\u2060b\u200f")))
    assert "U+200F, U+2060" in problem.message
