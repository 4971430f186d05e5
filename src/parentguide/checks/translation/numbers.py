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
# An address is ASCII, so that a mark of any script behind it is not part of it.
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+\.[\w.]+", re.ASCII)
_AFTER_ADDRESS = ".,:;!?)*\"'"


def numbers_in(text: str) -> Counter[str]:
    """The numbers of a text in European digits, and how often each occurs."""
    found: Counter[str] = Counter()
    for match in _NUMBER.findall(PLACEHOLDER.sub(" ", text)):
        found["".join(str(unicodedata.decimal(char)) for char in match)] += 1
    return found


def _addresses_in(text: str) -> Counter[str]:
    return Counter(address.rstrip(_AFTER_ADDRESS) for address in _ADDRESS.findall(text))


def check_numbers(message: TranslatedMessage) -> Iterator[Problem]:
    wanted, found = numbers_in(message.english), numbers_in(message.text)
    if wanted != found:
        lost = ", ".join(sorted((wanted - found).elements())) or "none"
        added = ", ".join(sorted((found - wanted).elements())) or "none"
        yield Problem(
            "PG522",
            Severity.ERROR,
            f"the numbers differ: lost {lost}; added {added}",
            "Write each number of the English once, in figures.",
        )
    if _addresses_in(message.english) != _addresses_in(message.text):
        yield Problem(
            "PG523",
            Severity.ERROR,
            "a web or email address differs from the English",
            "Copy the address letter for letter.",
        )
