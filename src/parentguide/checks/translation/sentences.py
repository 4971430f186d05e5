"""PG572: a translation that has fewer sentences than the English, by two or by half."""

from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.marks import SENTENCE_ENDS, is_closing, mark_of
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.model.language import Language


def sentence_count(text: str, language: Language | None = None) -> int:
    """The number of sentences in ``text`` (in English without ``language``), at least 1."""
    return max(1, len(sentence_ends(text, language)))


def sentence_ends(text: str, language: Language | None = None) -> list[int]:
    """Where in ``text`` the marks are that end a sentence."""
    ends = {char for char in set(text) if mark_of(char, language) in SENTENCE_ENDS}
    return [index for index, char in enumerate(text) if char in ends and _ends_here(text, index)]


def _ends_here(text: str, index: int) -> bool:
    # A mark of ASCII may be inside a number or an address; the marks of other scripts are not.
    after = text[index + 1 : index + 2]
    return not text[index].isascii() or not after or after.isspace() or is_closing(after)


def check_sentences(message: TranslatedMessage) -> Iterator[Problem]:
    if not message.language.stop:
        # Sentences end without a mark, so they cannot be counted.
        return
    wanted, found = sentence_count(message.english), sentence_count(message.text, message.language)
    if wanted > 1 and (found <= wanted - 2 or found * 2 <= wanted):
        yield Problem(
            "PG572",
            Severity.WARNING,
            f"{found} of {wanted} sentences",
            "Look whether a sentence is missing. If sentences were joined, accept the finding with a reason.",
        )
