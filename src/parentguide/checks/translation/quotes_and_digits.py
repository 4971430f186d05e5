"""PG554, PG555: quotation marks and digits that are not those of the language."""

from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage

_QUOTES = set('"“”„‟«»‹›「」『』〝〞')


def check_quotes_and_digits(pair: TranslatedMessage) -> Iterator[Problem]:
    opening, closing = tuple(pair.language.quotes)
    strange = sorted(_QUOTES.intersection(pair.text) - {opening, closing})
    if strange:
        yield Problem(
            "PG554",
            Severity.ERROR,
            f"{pair.language.english_name} has no quotation mark {' '.join(strange)}",
            f"Write {opening}…{closing}, or change “quotes” in languages.toml.",
        )
    elif opening != closing and pair.text.count(opening) != pair.text.count(closing):
        yield Problem("PG554", Severity.ERROR, "a quotation mark without its other", "Write both or none.")
    zero = ord(pair.language.zero)
    others = sorted({char for char in pair.text if char.isdecimal() and not 0 <= ord(char) - zero <= 9})
    if others:
        yield Problem(
            "PG555",
            Severity.ERROR,
            f"the digits {' '.join(others)} are not those of the other texts",
            "Write the digits that “digits” in languages.toml names.",
        )
