"""Quotation marks and digits of the language."""

import pytest

from parentguide.checks.translation.quotes_and_digits import check_quotes_and_digits
from parentguide.model.language import Language
from tests.unit.checks.samples import ARABIC, JAPANESE, POLISH, codes, language

STRAIGHT = language(quotes='""')
BENGALI_DIGITS = language("bn", "Beng", digits="beng", zero="০")


@pytest.mark.parametrize(
    ("of", "text", "found"),
    [
        (POLISH, "Powiedz „tak”.", []),
        (POLISH, "Powiedz “tak”.", ["PG554"]),
        (POLISH, "Powiedz „tak.", ["PG554"]),
        (POLISH, "Powiedz ’tak’.", []),
        (ARABIC, "«نعم»", []),
        (JAPANESE, "「はい」", []),
        (JAPANESE, "『はい』", ["PG554"]),
        (STRAIGHT, 'Powiedz "tak', []),
        (POLISH, "16 lat", []),
        (ARABIC, "۱۸ سال", ["PG555"]),
        (BENGALI_DIGITS, "১৬", []),
        (BENGALI_DIGITS, "16", ["PG555"]),
    ],
)
def test_marks_and_digits(of: Language, text: str, found: list[str]) -> None:
    assert codes(check_quotes_and_digits, "x", text, of) == found
