"""PG581 to PG583: the glossary's terms, words that must not be in a guide, and the note beside the
translated definition.

Terms are found in spite of inflection: the beginning of each word of the term must be somewhere
in the translation, and of a term of several words half of them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from parentguide.checks.finding import Severity
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.folding import folded
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.model.language import Language
from parentguide.translation.glossary import Term

_ALTERNATIVES = re.compile(r"\s*(?:[/;,،、；]|\bor\b)\s*")
_REMARK = re.compile(r"[(（][^)）]*[)）]")
# Compare the first 60 % of a word, at least 3 letters, to allow for inflection.
_KEPT, _LEAST = 0.6, 3

# The message beside the translated definition, and the glossary's term for what it must say.
_NOTE, _NOT_OFFICIAL = "definition.help", "not the official text"


def check_mark(catalog: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    """Whether the note says, in the words of the glossary, that it is not the official text."""
    terms = [term.term for term in catalog.glossary.terms if term.english == _NOT_OFFICIAL]
    # A translator of a new language may write the glossary after the text.
    severity = Severity.WARNING if catalog.language.in_progress and not terms else Severity.ERROR
    for message in catalog.messages:
        if message.context == _NOTE and not any(term in message.text for term in terms):
            yield (
                message,
                Problem(
                    "PG583",
                    severity,
                    "does not say that the translated definition is not the official text",
                    f"Use the term that glossary.toml has for “{_NOT_OFFICIAL}”."
                    if terms
                    else f"Add a term for “{_NOT_OFFICIAL}” to glossary.toml, and use it here.",
                ),
            )


def check_terms(catalog: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    language = catalog.language
    for term in catalog.glossary.terms:
        wanted = [stems for part in _parts(term.term) if (stems := _stems(part, language))]
        if term.english == _NOT_OFFICIAL or not wanted:
            continue
        for message in catalog.messages:
            if not _is_named(term.english, message.english):
                continue
            if not any(_has_stems(message.text, stems) for stems in wanted):
                yield message, _missing(term, message)


def check_forbidden(catalog: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    for entry in catalog.glossary.forbidden:
        for message in catalog.messages:
            if _begins_a_word(entry.word, message.text, catalog.language):
                yield (
                    message,
                    Problem(
                        "PG582",
                        Severity.ERROR,
                        f"“{entry.word}” must not be in a guide for families: {entry.reason}",
                        "Use words that do not blame or shame anybody.",
                    ),
                )


def _missing(term: Term, message: TranslatedMessage) -> Problem:
    rejected = _rejected_in(message, term)
    found = f"the rejected “{rejected}” instead of" if rejected else "nothing like"
    reason = f" Why it was rejected: {term.reason}" if rejected else ""
    return Problem(
        "PG581",
        Severity.WARNING,
        f"the English has “{term.english}”, and the translation has {found} “{term.term}”",
        f"Use the glossary's term, change the glossary, or accept the finding with a reason.{reason}",
    )


def _rejected_in(message: TranslatedMessage, term: Term) -> str:
    """The first of the term's rejected translations that the text has; "" if it has none.

    This is not a finding of its own: beside the chosen term a rejected word is usually a part of it,
    or has another meaning (all of the 75 such texts in the first 40 languages).
    """
    for word in (part for rejected in term.rejected for part in _parts(rejected)):
        stems = _stems(word, message.language)
        if stems and _has_stems(message.text, stems):
            return word
    return ""


def _begins_a_word(beginning: str, text: str, language: Language) -> bool:
    """Whether a word of ``text`` begins like this, in upper or lower case, so that inflected forms count."""
    before = r"(?<![^\W\d_])" if language.word_spaces else ""
    return re.search(before + re.escape(beginning), text, re.IGNORECASE) is not None


def _parts(text: str) -> list[str]:
    """The alternatives of a term, without remarks in brackets."""
    return [part for part in _ALTERNATIVES.split(_REMARK.sub("", text).strip()) if part]


# All languages have the same English, and nearly the same terms.
@lru_cache(maxsize=16_384)
def _is_named(term: str, english: str) -> bool:
    """Whether an English text has one of the alternatives of a term."""
    return _name_pattern(term).search(english) is not None


@lru_cache(maxsize=512)
def _name_pattern(term: str) -> re.Pattern[str]:
    """Finds an alternative of a term in English, as a whole word, singular or plural."""
    names = [name for name in _parts(term) if len(name) > 3]
    either = "|".join(map(re.escape, names)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{either})s?(?!\w)", re.IGNORECASE)


def _stems(part: str, language: Language) -> list[str]:
    """What of each word stays in all its forms; of a text without spaces, each two characters."""
    if not language.word_spaces:
        return [part[index : index + 2] for index in range(len(part) - 1)]
    bare = [word.removeprefix(language.article) for word in folded(part).split()]
    words = [word for word in bare if len(word) >= _LEAST] or bare
    return [word[: max(_LEAST, round(len(word) * _KEPT))] for word in words]


def _has_stems(text: str, stems: list[str]) -> bool:
    words = folded(text)
    return sum(stem in words for stem in stems) * 2 >= len(stems)
