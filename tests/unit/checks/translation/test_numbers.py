"""Numbers and addresses are those of the English."""

import pytest

from parentguide.checks.translation.numbers import check_numbers, numbers_in
from tests.unit.checks.samples import codes, message


def test_numbers_are_compared_by_value_in_any_digits() -> None:
    assert numbers_in("٩٩٩ {nspcc2}") == numbers_in("999")
    assert numbers_in("১৬ ও ১৭") == numbers_in("16, 17")
    assert numbers_in("111") != numbers_in("999")


@pytest.mark.parametrize(
    ("english", "text", "found"),
    [
        ("Under 18.", "دون سن 18.", []),
        ("Under 18.", "Poniżej 16 lat.", ["PG522"]),
        ("Call 999.", "Zadzwoń pod 999 lub 111.", ["PG522"]),
        ("Under 18.", "دون سن ٨١.", ["PG522"]),
        ("16 or 16", "16", ["PG522"]),
        ("See www.example.org now", "Zobacz www.example.com teraz", ["PG523"]),
        ("See www.example.org.", "请看www.example.org。", []),
        ("See https://example.org/a?b=c!", "https://example.org/a?b=c देखें।", []),
        ("See www.example.org.", "Zobacz www.exаmple.org.", ["PG523"]),
        ("Write to help@example.org.", "help@example.org پر لکھیں۔", []),
        ("Write to help@example.org.", "Napisz: halp@example.org.", ["PG523"]),
        ("See www.example.org.", "Zobacz.", ["PG523"]),
    ],
)
def test_a_changed_number_or_address_is_found(english: str, text: str, found: list[str]) -> None:
    assert codes(check_numbers, english, text) == found


def test_lost_and_added_numbers_are_listed() -> None:
    assert next(check_numbers(message("16 and 17", "16, 18, 18"))).message.endswith("lost 17; added 18, 18")
    assert next(check_numbers(message("16", "-"))).message.endswith("lost 16; added none")
    assert next(check_numbers(message("-", "16"))).message.endswith("lost none; added 16")
