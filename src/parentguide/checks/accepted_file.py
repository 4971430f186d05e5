"""Findings that somebody has looked at and accepted, with the reason, as data.

``locales/<locale>/accepted.toml``::

    [[accepted]]
    code = "PG561"
    context = "what-exchange"
    reason = "The language doubles a word to say “again and again”."
"""

from dataclasses import dataclass
from pathlib import Path

from parentguide.errors import SourceError
from parentguide.infra.toml import parse_toml, refuse_unknown, require

_KEYS = {"code", "context", "reason"}


@dataclass(frozen=True, slots=True)
class Accepted:
    """One finding that is no error here. ``line`` is not known: TOML keeps none."""

    code: str
    context: str
    reason: str


def parse_accepted(text: str, path: Path) -> tuple[Accepted, ...]:
    """The file -> what it accepts. Raises :class:`SourceError` for an entry without a reason."""
    table = parse_toml(text, path)
    refuse_unknown(table, {"accepted"}, path, "accepted.toml")
    entries = table.get("accepted", [])
    if not isinstance(entries, list):
        raise SourceError(
            "“accepted” is no list of tables", path=path, remedy="Begin each with [[accepted]]."
        )
    found = []
    for number, entry in enumerate(entries, 1):
        where = f"accepted, entry {number}"
        refuse_unknown(entry, _KEYS, path, where)
        found.append(
            Accepted(*(require(entry, key, str, path, where) for key in ("code", "context", "reason")))
        )
    return tuple(found)
