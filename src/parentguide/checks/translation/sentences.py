"""PG572: a translation with fewer sentences than the English by two, or by half."""

import re
from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage

# The ends of sentences in the scripts of the guides; a full stop inside a number or name ends none.
_END = re.compile(r"[.!?。！？።፧।۔؟](?=[\s”’»“\"'）)*」』]|$)|[。！？።፧।۔؟]")


def sentence_count(text: str) -> int:
    """How many sentences a text has; one without an end mark is one."""
    return max(1, len(_END.findall(text)))


def check_sentences(pair: TranslatedMessage) -> Iterator[Problem]:
    wanted, found = sentence_count(pair.english), sentence_count(pair.text)
    if wanted > 1 and (found <= wanted - 2 or found * 2 <= wanted):
        yield Problem(
            "PG572",
            Severity.WARNING,
            f"{found} of {wanted} sentences",
            "Look whether one is missing, or accept it with a reason where they were joined.",
        )
