"""Values that schools and contacts give as text: where each kind is read.

Each function takes what was written and raises :class:`~parentguide.errors.InvalidValueError`, with
the nearest likely cause and a remedy, where it cannot be used.
"""

from parentguide.schools.addresses import LONGEST_ADDRESS, parse_email, parse_guides, parse_url
from parentguide.schools.dates import parse_day
from parentguide.schools.languages import parse_language, parse_languages
from parentguide.schools.phones import parse_helpline, parse_phone
from parentguide.schools.texts import LONGEST_TEXT, parse_text

__all__ = [
    "LONGEST_ADDRESS",
    "LONGEST_TEXT",
    "parse_day",
    "parse_email",
    "parse_guides",
    "parse_helpline",
    "parse_language",
    "parse_languages",
    "parse_phone",
    "parse_text",
    "parse_url",
]
