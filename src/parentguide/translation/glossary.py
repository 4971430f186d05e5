"""A language's glossary: ``locales/<locale>/glossary.toml``.

``[style]`` says how the translation addresses its readers. Each ``[[term]]`` has an English term,
its translation, the translations that were rejected, and why. Each ``[[forbidden]]`` has a word
that must not be in a guide for families, because it blames or shames, and why.
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
    """An English term and its translation; ``instrument`` is the official text that uses the translation."""

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
    """The terms and forbidden words of one language; both empty if it has no file."""

    terms: tuple[Term, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()


def parse_glossary(text: str, path: Path) -> Glossary:
    """Read the file. Raises :class:`SourceError` if it is not TOML or has another shape."""
    table = parse_toml(text, path)
    refuse_unknown(table, _KEYS, path, "glossary.toml")
    style = table.get("style", {})
    if not isinstance(style, dict):
        raise SourceError("“style” is not a table", path=path, remedy="Write [style] above its keys.")
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
    """The tables of ``[[key]]``, each with its name for errors, such as “term, entry 2”."""
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourceError(
            f"“{key}” is not a list of tables", path=path, remedy=f"Write [[{key}]] before each entry."
        )
    return [(f"{key}, entry {number}", entry) for number, entry in enumerate(entries, 1)]
