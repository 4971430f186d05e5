"""PG551 to PG553 and PG556: sentence ends, spaces before marks, brackets in pairs, a stop after a number."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from parentguide.checks.finding import Severity
from parentguide.checks.translation.marks import Mark, last_mark, mark_of
from parentguide.checks.translation.message import Problem, TranslatedMessage

_AFTER_SPACE = re.compile(r" (\S)")
# The danda of Indic scripts (U+0964) is an upright stroke. Dates and names are not dialled.
_STROKE_AFTER_NUMBER = re.compile(r"(?:\{(?!date\}|reviewer\})\w+\}|\d)\**।")


def check_punctuation(message: TranslatedMessage) -> Iterator[Problem]:
    yield from _end(message)
    if any(mark_of(char, message.language) for char in _AFTER_SPACE.findall(message.text)):
        yield Problem(
            "PG552",
            Severity.ERROR,
            "a space before a punctuation mark",
            "Delete it; where the language needs one, use a no-break space.",
        )
    yield from _brackets(message.text)
    if found := _STROKE_AFTER_NUMBER.search(message.text):
        yield Problem(
            "PG556",
            Severity.ERROR,
            f"“{found[0]}” ends with a stroke that looks like another digit 1",
            "Write a word or a semicolon between a number and “।”.",
        )


def _end(message: TranslatedMessage) -> Iterator[Problem]:
    language = message.language
    _, wanted = last_mark(message.english)
    if wanted is Mark.STOP and not language.stop:
        # The language ends such a sentence without a mark.
        wanted = None
    last, found = last_mark(message.text, language)
    if found is wanted is Mark.STOP and last != language.stop:
        yield Problem(
            "PG551",
            Severity.ERROR,
            f"a sentence ends with “{last}”",
            f"{language.english_name} ends a sentence with “{language.stop}”.",
        )
    elif found is not wanted and not (wanted is Mark.QUESTION and _asks_inside(message)):
        yield Problem(
            "PG551",
            Severity.ERROR,
            f"ends with {_shown(found)}, but the English ends with {_shown(wanted)}",
            "End it as the English ends, with the mark of the language.",
        )


def _asks_inside(message: TranslatedMessage) -> bool:
    """Whether the language's own mark makes a question of the text from inside, as in Armenian."""
    return bool(message.language.question) and message.language.question in message.text


def _shown(mark: Mark | None) -> str:
    return mark.lower() if mark else "no mark"


def _brackets(text: str) -> Iterator[Problem]:
    pairs = {pair for char in text if (pair := _bracket_pair(char))}
    for opening, closing in sorted(pairs):
        if text.count(opening) != text.count(closing):
            yield Problem(
                "PG553",
                Severity.ERROR,
                f"“{opening}” and “{closing}” are not in pairs",
                "Write both or none.",
            )


@cache
def _bracket_pair(char: str) -> tuple[str, str] | None:
    """The opening and the closing bracket, of which ``char`` is one; None for any other character.

    Their Unicode names differ in LEFT and RIGHT only. Those of a few mathematical brackets do not.
    """
    name = unicodedata.name(char, "")
    if unicodedata.category(char) not in {"Ps", "Pe"} or not {"LEFT", "RIGHT"} & set(name.split()):
        return None
    try:
        return (
            unicodedata.lookup(name.replace("RIGHT", "LEFT")),
            unicodedata.lookup(name.replace("LEFT", "RIGHT")),
        )
    except KeyError:
        return None
