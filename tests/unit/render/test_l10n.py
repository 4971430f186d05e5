"""Dates and sizes in the languages of the guides."""

import re
from datetime import date

import pytest

from parentguide.project.project import Project
from parentguide.render.l10n import format_day, format_kilobytes, format_month, spoken_english
from tests.unit.render.editions import language

DAY = date(2026, 11, 4)
LOCALES = [language.locale for language in Project().languages.values()]


@pytest.mark.parametrize(
    ("locale", "day", "month"),
    [
        ("en", "4 November 2026", "November 2026"),
        ("en_GB", "4 November 2026", "November 2026"),
        ("pl", "4 listopada 2026", "listopad 2026"),
        ("hu", "2026. november 4.", "2026. november"),
        ("zh_Hans", "2026年11月4日", "2026年11月"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(locale: str, day: str, month: str) -> None:
    assert format_day(DAY, locale) == day
    assert format_month(DAY, locale) == month


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_dates_and_sizes_in_european_digits(locale: str) -> None:
    for text in (format_day(DAY, locale), format_month(DAY, locale), format_kilobytes(45_600, locale)):
        digits = re.findall(r"\d", text)
        assert digits
        assert all(digit.isascii() for digit in digits)
    assert "46" in format_kilobytes(45_600, locale)


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "1 kB"), (499, "1 kB"), (1_500, "2 kB"), (1_234_567, "1,235 kB")]
)
def test_sizes_are_whole_kilobytes_and_at_least_one(count: int, shown: str) -> None:
    assert format_kilobytes(count, "en") == shown


def test_the_sentence_to_show_has_the_name_that_interpreters_use() -> None:
    assert spoken_english("I speak LANGUAGE.", language("pl")) == "I speak Polish."
    assert spoken_english("Hello.", language("pl")) == "Hello."
