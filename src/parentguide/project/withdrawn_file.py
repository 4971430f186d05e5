"""``locales/en/GUIDE/withdrawn.toml``: English sentences that may not be shown any more, in any language.

[[withdrawn]]
context = "call-danger"
english = "The exact words."
on = 2026-11-28
reason = "The number was wrong."
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from parentguide.infra.structure import structure
from parentguide.infra.toml import parse_toml, toml_value


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """One sentence: its message's context, its exact English, the day and the reason."""

    context: str
    english: str
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _WithdrawnFile:
    withdrawn: tuple[Withdrawn, ...] = ()


def parse_withdrawn(text: str, path: Path) -> tuple[Withdrawn, ...]:
    """The file's entries. Raises :class:`SourceError` with every mistake."""
    return structure(parse_toml(text, path), _WithdrawnFile, path).withdrawn


def withdrawn_text(entries: Sequence[Withdrawn]) -> str:
    """The text of the file with ``entries``."""
    lines = [
        "# Sentences that may not be shown any more: “parentguide guide withdraw-block” writes this file."
    ]
    for entry in entries:
        lines += [
            "",
            "[[withdrawn]]",
            f"context = {toml_value(entry.context)}",
            f"english = {toml_value(entry.english)}",
            f"on = {entry.on}",
        ]
        if entry.reason:
            lines.append(f"reason = {toml_value(entry.reason)}")
    return "\n".join(lines) + "\n"
