"""PG554, PG555: quotation marks and digits that are not those of the language."""

from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage

# Unicode's Quotation_Mark (PropList.txt), without the single marks that also serve as apostrophes.
_QUOTES = frozenset('"«»“”„‟‹›\u2e42「」『』〝〞〟﹁﹂﹃﹄＂｢｣')


def check_quotes_and_digits(message: TranslatedMessage) -> Iterator[Problem]:
    language, text = message.language, message.text
    opening, closing = tuple(language.quotes)
    foreign = sorted(_QUOTES.intersection(text) - {opening, closing})
    if foreign:
        yield Problem(
            "PG554",
            Severity.ERROR,
            f"{language.english_name} does not use the quotation mark {' '.join(foreign)}",
            f"Write {opening}…{closing}, or change “quotes” in languages.toml.",
        )
    elif opening != closing and text.count(opening) != text.count(closing):
        yield Problem(
            "PG554", Severity.ERROR, "quotation marks are not in pairs", "Write both marks or none."
        )
    zero = ord(language.zero)
    others = sorted({char for char in text if char.isdecimal() and not 0 <= ord(char) - zero <= 9})
    if others:
        yield Problem(
            "PG555",
            Severity.ERROR,
            f"the digits {' '.join(others)} are not the digits of this translation",
            "Write the digits that “digits” in languages.toml names.",
        )
