"""Dates, sizes and names as a language writes them. From CLDR, in European digits,
which are the ones on a UK phone."""

from datetime import date

from babel.dates import format_date, format_skeleton
from babel.units import format_unit

from parentguide.model.language import Language

_LANGUAGE_PLACE = "LANGUAGE"
# CLDR's “en” is American; these schools are in England.
_BRITISH = {"en": "en_GB"}


def format_day(day: date, locale: str) -> str:
    """A day as the locale writes it (CLDR long date)."""
    return str(format_date(day, "long", locale=_BRITISH.get(locale, locale)))


def format_month(day: date, locale: str) -> str:
    """Month and year as the locale writes them (CLDR skeleton yMMMM)."""
    return str(format_skeleton("yMMMM", day, locale=locale))


def format_kilobytes(count: int, locale: str) -> str:
    """``count`` bytes in kilobytes of 1,000 bytes, at least 1 (CLDR unit digital-kilobyte)."""
    return format_unit(max(1, round(count / 1000)), "digital-kilobyte", "short", locale=locale)


def spoken_english(english: str, language: Language) -> str:
    """The English sentence to show, with the language's name as a booking office knows it."""
    return english.replace(_LANGUAGE_PLACE, language.spoken_as)
