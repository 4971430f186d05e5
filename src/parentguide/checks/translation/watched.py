"""PG584: a kind of error that readings of the translation found, in the words of ``glossary.toml``.

Examples of kinds are “language” that is also the tongue in the mouth, and familiar address in a text that
is formal. Each language has its own words for them, as ``[[watch]]``.
"""

import re
import unicodedata
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache

from parentguide.checks.finding import Severity
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.folding import folded
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.model import markup
from parentguide.model.language import Language
from parentguide.translation.glossary import Watch


def check_watched(catalog: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    for watch in catalog.glossary.watches:
        for message in catalog.messages:
            if _is_about(watch, message) and (said := _wrong(watch, message, catalog.language)):
                yield (
                    message,
                    Problem(
                        "PG584",
                        Severity.WARNING,
                        f"{said} ({watch.kind}): {watch.reason.rstrip('.')}",
                        "Use other words, or accept the finding with a reason.",
                    ),
                )


def _is_about(watch: Watch, message: TranslatedMessage) -> bool:
    def named(patterns: tuple[str, ...]) -> bool:
        return any(fnmatchcase(message.context, pattern) for pattern in patterns)

    return (
        (not watch.only_in or named(watch.only_in))
        and not named(watch.not_in)
        and watch.english.casefold() in markup.plain(message.english).casefold()
    )


def _wrong(watch: Watch, message: TranslatedMessage, language: Language) -> str:
    """What is wrong with the message; "" for nothing."""
    text = folded(markup.plain(message.text))

    def first(words: tuple[str, ...]) -> str:
        return next((word for word in words if _has(text, word, language, whole=watch.whole_words)), "")

    if first(watch.unless):
        return ""
    if watch.words:
        word = first(watch.words)
        return f"“{word}” is a word to look at" if word else ""
    return "" if first(watch.needs) else f"“{watch.needs[0]}” is missing"


def _has(text: str, word: str, language: Language, *, whole: bool) -> bool:
    """Whether ``text`` has ``word`` at the beginning of a word, or as a whole word. Without spaces between
    words it counts anywhere."""
    return any(
        not language.word_spaces
        or (
            not _goes_on(text[found.start() - 1 : found.start()])
            and not (whole and _goes_on(text[found.end() : found.end() + 1]))
        )
        for found in re.finditer(_pattern(word), text)
    )


def _goes_on(char: str) -> bool:
    """Whether a word goes on with ``char``: a letter or a vowel sign, which is no letter in Unicode."""
    return char != "" and unicodedata.category(char)[0] in "LM"


@lru_cache(maxsize=4_096)
def _pattern(word: str) -> str:
    return re.escape(folded(word))
