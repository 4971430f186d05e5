"""PG521: a translation that is the English text."""

from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage


def check_unchanged(message: TranslatedMessage) -> Iterator[Problem]:
    if message.text.casefold().strip() == message.english.casefold().strip():
        yield Problem(
            "PG521",
            Severity.ERROR,
            "the translation is the English text",
            "Translate it. If the word is the same in the language, accept the finding with a reason.",
        )
