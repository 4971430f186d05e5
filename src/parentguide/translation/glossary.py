"""A language's chosen terms: ``locales/<locale>/glossary.toml``.

``[style]`` says how the translation addresses its readers; ``[[term]]`` has the chosen words, those
rejected and why; ``[[forbidden]]`` has words that must not be in a guide for families, because they
blame or shame.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from parentguide.infra.structure import Parsed, structure
from parentguide.infra.toml import parse_toml


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


@dataclass(frozen=True, slots=True)
class Glossary:
    """All chosen terms of a language."""

    terms: tuple[Term, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()


@dataclass(frozen=True, slots=True)
class _Style:
    """How the translation addresses its readers: remarks for translators, in any form."""

    address: Annotated[Any, Parsed(lambda value: value)] = None
    gender: Annotated[Any, Parsed(lambda value: value)] = None
    digits: Annotated[Any, Parsed(lambda value: value)] = None
    punctuation: Annotated[Any, Parsed(lambda value: value)] = None
    notes: Annotated[Any, Parsed(lambda value: value)] = None


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
    style: _Style = field(default_factory=_Style)
    term: tuple[_TermTable, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()


def parse_glossary(text: str, path: Path) -> Glossary:
    """The file's text -> the glossary. Raises :class:`SourceError` with every mistake."""
    read = structure(parse_toml(text, path), _GlossaryFile, path)
    return Glossary(tuple(table.value() for table in read.term), read.forbidden)
