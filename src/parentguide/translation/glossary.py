"""A language's chosen terms: ``locales/<locale>/glossary.toml``.

``[style]`` says how the translation addresses its readers; ``[[term]]`` has the chosen words, those
rejected and why; ``[[forbidden]]`` has words that must not be in a guide for families, because they
blame or shame; ``[[watch]]`` has a kind of error that readings found, with its words; ``[[trap]]`` is advice
for the next translator, and ``[[question]]`` what a bilingual reader should answer first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from parentguide.errors import Problem, SourceError
from parentguide.infra.structure import AtMost, Parsed, structure
from parentguide.infra.toml import parse_toml
from parentguide.model.style_notes import NotedQuestion


@dataclass(frozen=True, slots=True)
class Term:
    """An English term and the words chosen for it.

    ``rejected`` are translations that were considered and not chosen, ``reason`` says why, and
    ``instrument`` is the official text that uses the chosen words.
    """

    english: str
    term: str
    rejected: tuple[str, ...]
    reason: str
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """The beginning of a word that must not be in a guide, and why."""

    word: str
    reason: str


# What readings found again and again, in many languages (docs/translating.md).
Kind: TypeAlias = Literal[
    "tongue",
    "abuse",
    "care",
    "excluded",
    "cut off",
    "please",
    "original",
    "courtroom",
    "notice",
    "authority",
    "address",
    "government",
]
# More would not be the first questions, and the review sheet has room for no more.
MOST_QUESTIONS = 12


@dataclass(frozen=True, slots=True)
class Watch:
    """One kind of error that a program can see, with the words of one language.

    A message is wrong if it has one of ``words``, or none of ``needs``; one of the two is empty. The English
    must have ``english``, where it is given, and the translation none of ``unless``. ``only_in`` and
    ``not_in`` limit it to contexts, in which ``*`` stands for any characters. The words are beginnings of
    words, or with ``whole_words`` whole words.
    """

    kind: Kind
    reason: str
    words: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    english: str = ""
    unless: tuple[str, ...] = ()
    only_in: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    whole_words: bool = False


@dataclass(frozen=True, slots=True)
class Trap:
    """What went wrong in this language, and what to write instead; both in English."""

    about: str
    advice: str


@dataclass(frozen=True, slots=True)
class Style:
    """How the translation addresses its readers: remarks for translators, in English, in any form."""

    address: Annotated[Any, Parsed(lambda value: value)] = None
    gender: Annotated[Any, Parsed(lambda value: value)] = None
    digits: Annotated[Any, Parsed(lambda value: value)] = None
    punctuation: Annotated[Any, Parsed(lambda value: value)] = None
    notes: Annotated[Any, Parsed(lambda value: value)] = None


@dataclass(frozen=True, slots=True)
class Glossary:
    """All chosen terms of a language, and what is known of how to write it."""

    terms: tuple[Term, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    watches: tuple[Watch, ...] = ()
    traps: tuple[Trap, ...] = ()
    questions: tuple[NotedQuestion, ...] = ()
    style: Style = field(default_factory=Style)


@dataclass(frozen=True, kw_only=True)
class _TermTable:
    """A ``[[term]]``; an easy term may have no rejected translations."""

    english: str
    term: str
    rejected: tuple[str, ...] = ()
    reason: str
    instrument: str = ""

    def value(self) -> Term:
        return Term(self.english, self.term, self.rejected, self.reason, self.instrument)


@dataclass(frozen=True, slots=True)
class _GlossaryFile:
    language: Annotated[Any, Parsed(lambda value: value)] = ""
    style: Style = field(default_factory=Style)
    term: tuple[_TermTable, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    watch: tuple[Watch, ...] = ()
    trap: tuple[Trap, ...] = ()
    question: Annotated[
        tuple[NotedQuestion, ...],
        AtMost(MOST_QUESTIONS, "they are the first ones, and are printed on one side"),
    ] = ()


def parse_glossary(text: str, path: Path) -> Glossary:
    """The file's text -> the glossary. Raises :class:`SourceError` with every mistake."""
    read = structure(parse_toml(text, path), _GlossaryFile, path)
    if problems := [*_of_watches(read.watch, path)]:
        raise SourceError.of(problems)
    return Glossary(
        tuple(table.value() for table in read.term),
        read.forbidden,
        read.watch,
        read.trap,
        read.question,
        read.style,
    )


def _of_watches(watches: tuple[Watch, ...], path: Path) -> Iterator[Problem]:
    for index, watch in enumerate(watches):
        place = ("watch", index)
        if bool(watch.words) == bool(watch.needs):
            yield Problem(
                "has neither or both of “words” and “needs”",
                "Write “words” for words that are wrong, or “needs” for words of which one must be there.",
                place,
                path,
            )
        for key in ("words", "needs", "unless", "only_in", "not_in"):
            if not all(word.strip() for word in getattr(watch, key)):
                # Every text begins with no characters.
                yield Problem("has an empty text", "Delete it.", (*place, key), path)
        if watch.needs and not (watch.english or watch.only_in):
            yield Problem(
                "“needs” would have to be in every message",
                "Say where, with “english” or “only_in”.",
                place,
                path,
            )
