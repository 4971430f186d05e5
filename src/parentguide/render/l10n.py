"""Dates and sizes as a language writes them, from CLDR.

Digits are European (0 to 9) in every language, because those are on UK phones and letters.
"""

from dataclasses import replace
from datetime import date

from babel.dates import format_date, format_skeleton
from babel.units import format_unit

from parentguide.model import markup
from parentguide.model.guide import Guide, Quotation, Segment
from parentguide.model.language import SOURCE_LOCALE, Language
from parentguide.model.walk import blocks_in

_LANGUAGE_PLACE = "LANGUAGE"
# CLDR's “en” is American English; the schools are in England.
_BRITISH = {"en": "en_GB"}


def format_day(day: date, locale: str) -> str:
    """A day as the locale writes it (CLDR long date).

    >>> format_day(date(2026, 11, 24), "en")
    '24 November 2026'
    """
    return str(format_date(day, "long", locale=_BRITISH.get(locale, locale)))


def format_month(day: date, locale: str) -> str:
    """Month and year as the locale writes them (CLDR skeleton yMMMM).

    >>> format_month(date(2017, 2, 1), "pl")
    'luty 2017'
    """
    return str(format_skeleton("yMMMM", day, locale=locale))


def captioned(quotation: Quotation, language: Language) -> Segment:
    """The caption of official words with the month of their publication, in the caption's own language."""
    caption = quotation.caption
    locale = language.locale if caption.lang == language.tag else SOURCE_LOCALE
    return replace(
        caption, text=markup.filled(caption.text, {"date": format_month(quotation.published, locale)})
    )


def captions_of(guide: Guide, language: Language) -> dict[str, Segment]:
    """All captions of official words in a guide by their ids, with their months."""
    quotations = (block for block in blocks_in(guide.blocks) if isinstance(block, Quotation))
    return {block.caption.id: captioned(block, language) for block in quotations}


def format_kilobytes(count: int, locale: str) -> str:
    """``count`` bytes in kilobytes of 1,000 bytes, at least 1 (CLDR unit digital-kilobyte).

    >>> format_kilobytes(45_600, "en")
    '46 kB'
    """
    return format_unit(max(1, round(count / 1000)), "digital-kilobyte", "short", locale=locale)


def spoken_english(english: str, language: Language) -> str:
    """The English sentence to show, with the name that interpreting services use for the language."""
    return english.replace(_LANGUAGE_PLACE, language.spoken_as)
