"""PG521: a translation that is the English."""

from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage


def check_unchanged(pair: TranslatedMessage) -> Iterator[Problem]:
    if pair.text.casefold().strip() == pair.english.casefold().strip():
        yield Problem(
            "PG521",
            Severity.ERROR,
            "the translation is the English",
            "Translate it, or accept it with a reason where the word is the same.",
        )
