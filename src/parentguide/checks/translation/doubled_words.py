"""PG561: the same word twice in a row."""

import itertools
from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage


def check_doubled_words(message: TranslatedMessage) -> Iterator[Problem]:
    # \w does not match vowel signs, so a word is what is between two spaces.
    words = message.text.split(" ")
    for first, second in itertools.pairwise(words):
        if len(first) > 1 and first.casefold() == second.casefold():
            yield Problem(
                "PG561",
                Severity.WARNING,
                f"“{first}” is written twice in a row",
                "Delete one. If the language doubles the word on purpose, accept the finding with a reason.",
            )
