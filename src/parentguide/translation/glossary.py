"""A language's chosen terms: ``locales/<locale>/glossary.toml``.

``[style]`` says how the translation addresses its readers;
``[[term]]`` has the chosen words, those rejected and why; ``[[forbidden]]`` the words that
have no place in a guide for families, since they blame or shame.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parentguide.errors import SourceError
from parentguide.infra.toml import parse_toml, refuse_unknown, require

_KEYS = {"language", "style", "term", "forbidden"}
_STYLE = {"address", "gender", "digits", "punctuation", "notes"}
_TERM = {"english", "term", "rejected", "reason", "instrument"}
_FORBIDDEN = {"word", "reason"}


@dataclass(frozen=True, slots=True)
class Term:
    """An English term and the words chosen for it; ``instrument`` is the official text that has them."""

    english: str
    term: str
    rejected: tuple[str, ...]
    reason: str
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """The beginning of a word that must not stand in a guide, and why."""

    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """All of a language."""

    terms: tuple[Term, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()


def parse_glossary(text: str, path: Path) -> Glossary:
    """The file -> the glossary. Raises :class:`SourceError` for one of another shape."""
    table = parse_toml(text, path)
    refuse_unknown(table, _KEYS, path, "glossary.toml")
    style = table.get("style", {})
    refuse_unknown(style, _STYLE, path, "[style]")
    terms = []
    for where, entry in _entries(table, "term", path):
        refuse_unknown(entry, _TERM, path, where)
        terms.append(
            Term(
                english=require(entry, "english", str, path, where),
                term=require(entry, "term", str, path, where),
                rejected=tuple(map(str, require(entry, "rejected", list, path, where))),
                reason=require(entry, "reason", str, path, where),
                instrument=str(entry.get("instrument", "")),
            )
        )
    forbidden = []
    for where, entry in _entries(table, "forbidden", path):
        refuse_unknown(entry, _FORBIDDEN, path, where)
        forbidden.append(Forbidden(*(require(entry, key, str, path, where) for key in ("word", "reason"))))
    return Glossary(tuple(terms), tuple(forbidden))


def _entries(table: dict[str, Any], key: str, path: Path) -> list[tuple[str, dict[str, Any]]]:
    entries = table.get(key, [])
    if not isinstance(entries, list):
        raise SourceError(f"“{key}” is no list of tables", path=path, remedy=f"Begin each with [[{key}]].")
    return [(f"{key}, entry {number}", entry) for number, entry in enumerate(entries, 1)]
