"""PG522, PG523: numbers and addresses that a translation has changed, lost or added.

Numbers are compared by value, in the digits of any script (Unicode Nd, UAX #44): ٩٩٩
is 999, and 111 is not.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.model.markup import PLACEHOLDER

_NUMBER = re.compile(r"\d+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s،。]+|[\w.+-]+@[\w-]+\.[\w.]+", re.ASCII)


def numbers_in(text: str) -> Counter[str]:
    """The numbers of a text in European digits, and how often each stands there."""
    found: Counter[str] = Counter()
    for match in _NUMBER.findall(PLACEHOLDER.sub(" ", text)):
        found["".join(str(unicodedata.decimal(char)) for char in match)] += 1
    return found


def check_numbers(pair: TranslatedMessage) -> Iterator[Problem]:
    wanted, found = numbers_in(pair.english), numbers_in(pair.text)
    if wanted != found:
        lost = ", ".join(sorted((wanted - found).elements())) or "none"
        added = ", ".join(sorted((found - wanted).elements())) or "none"
        yield Problem(
            "PG522",
            Severity.ERROR,
            f"the numbers differ: lost {lost}; added {added}",
            "Write each number of the English once, in figures.",
        )
    addresses = Counter(_ADDRESS.findall(pair.english)), Counter(_ADDRESS.findall(pair.text))
    if addresses[0] != addresses[1]:
        yield Problem(
            "PG523",
            Severity.ERROR,
            "a web or email address differs from the English",
            "Copy it letter for letter.",
        )
