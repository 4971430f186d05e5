"""``locales/<locale>/accepted.toml``: findings that somebody has looked at and accepted, with the reason.

[[accepted]]
code = "PG561"
context = "what-exchange"
reason = "The language doubles a word to say “again and again”."
"""

from dataclasses import dataclass
from pathlib import Path

from parentguide.infra.structure import structure
from parentguide.infra.toml import parse_toml


@dataclass(frozen=True, slots=True)
class Accepted:
    """One finding that is not an error here: its code, the message's context, and the reason."""

    code: str
    context: str
    reason: str


@dataclass(frozen=True, slots=True)
class _AcceptedFile:
    accepted: tuple[Accepted, ...] = ()


def parse_accepted(text: str, path: Path) -> tuple[Accepted, ...]:
    """The file's text -> what it accepts. Raises :class:`SourceError` with every mistake."""
    return structure(parse_toml(text, path), _AcceptedFile, path).accepted
