"""PG561: the same word twice."""

import itertools
from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage


def check_doubled_words(pair: TranslatedMessage) -> Iterator[Problem]:
    # Marks such as vowel signs are no \w, so words are compared between spaces.
    words = pair.text.split(" ")
    for first, second in itertools.pairwise(words):
        if len(first) > 1 and first.casefold() == second.casefold():
            yield Problem(
                "PG561",
                Severity.WARNING,
                f"“{first}” stands twice in a row",
                "Delete one, or accept it with a reason where the language doubles a word on purpose.",
            )
