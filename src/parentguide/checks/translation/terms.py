"""PG581 to PG583: a chosen term that is missing, a word that has no place in a guide, and the
mark of a translated definition.

Terms are found in spite of inflection: of each word of the term its beginning must stand
somewhere in the translation, and of a term of several words half of them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from parentguide.checks.finding import Severity
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.translation.glossary import Term

_ALTERNATIVES = re.compile(r"\s*(?:[/;,،、；]|\bor\b)\s*")
_REMARK = re.compile(r"[(（][^)）]*[)）]")
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[\u0300-\u036f\u093c-\u0dff\u200c\u200d’'-]?[^\W\d_])*")
# Scripts whose words have no spaces between them: every character counts.
_UNSPACED = {"Hans", "Hant"}
# Of an inflected word so much of the beginning stays; never less than so many letters.
_KEPT, _LEAST = 0.6, 3


# The message beside the translation of an official text, and the glossary's term for it.
_MARK, _NOT_OFFICIAL = "definition.help", "not the official text"


def check_mark(whole: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    """Whether the mark says, in the glossary's very words, that it is not the official text."""
    terms = [term.term for term in whole.glossary.terms if term.english == _NOT_OFFICIAL]
    for pair in whole.pairs:
        if pair.context == _MARK and not any(term in pair.text for term in terms):
            yield (
                pair,
                Problem(
                    "PG583",
                    Severity.ERROR,
                    "does not say that the translated definition is not the official text",
                    f"Write it as the glossary's term “{_NOT_OFFICIAL}” has it.",
                ),
            )


def check_terms(whole: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    for term in whole.glossary.terms:
        wanted = [_stems(part, whole.language.script) for part in _parts(term.term)]
        wanted = [stems for stems in wanted if stems]
        if term.english == _NOT_OFFICIAL or not wanted:
            continue
        for pair in whole.pairs:
            if _is_named(term.english, pair.english) and not any(_found(w, pair.text) for w in wanted):
                yield pair, _missing(term)


def check_forbidden(whole: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    for entry in whole.glossary.forbidden:
        # A word is known by its beginning, so that its inflected forms are known too.
        begins = "" if whole.language.script in _UNSPACED else r"(?<![^\W\d_])"
        pattern = re.compile(begins + re.escape(entry.word), re.IGNORECASE)
        for pair in whole.pairs:
            if pattern.search(pair.text):
                yield (
                    pair,
                    Problem(
                        "PG582",
                        Severity.ERROR,
                        f"“{entry.word}” has no place in a guide for families: {entry.reason}",
                        "Say it in words that blame nobody.",
                    ),
                )


def _missing(term: Term) -> Problem:
    return Problem(
        "PG581",
        Severity.WARNING,
        f"the English has “{term.english}”, and the translation nothing like “{term.term}”",
        "Use the glossary's term, change the glossary, or accept it with a reason.",
    )


def _parts(text: str) -> list[str]:
    """The alternatives of a term, without remarks in brackets."""
    return [part for part in _ALTERNATIVES.split(_REMARK.sub("", text).strip()) if part]


# All languages have the same English, and nearly the same terms.
@lru_cache(maxsize=16_384)
def _is_named(term: str, english: str) -> bool:
    """Whether a text has one of the alternatives of a term."""
    return _naming(term).search(english) is not None


@lru_cache(maxsize=512)
def _naming(term: str) -> re.Pattern[str]:
    """Finds an alternative of a term in English, as a whole word, singular or plural."""
    names = [name for name in _parts(term) if len(name) > 3]
    either = "|".join(map(re.escape, names)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{either})s?(?!\w)", re.IGNORECASE)


def _stems(part: str, script: str) -> list[str]:
    if script in _UNSPACED:
        return [part[index : index + 2] for index in range(len(part) - 1)]
    # Behind a preposition the Arabic article loses its first letter (للجاني).
    folded = [word.removeprefix("ال") for word in _folded(part).split()]
    words = [word for word in folded if len(word) >= _LEAST] or folded
    return [word[: max(_LEAST, round(len(word) * _KEPT))] for word in words]


def _folded(text: str) -> str:
    """Without upper case. Of the Turkish İ a dot is left over (Unicode Standard, 5.18)."""
    return text.casefold().replace("i\u0307", "i")


def _found(stems: list[str], text: str) -> bool:
    words = _folded(text)
    return sum(stem in words for stem in stems) * 2 >= len(stems)
