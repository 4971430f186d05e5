"""``locales/<locale>/revision.toml``: errors that a back-translation and a comparison found."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from parentguide.infra.structure import structure
from parentguide.infra.toml import parse_toml

# How much an error matters to a reader (MQM, Multidimensional Quality Metrics).
Severity: TypeAlias = Literal["critical", "major", "minor"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True, slots=True)
class RevisionFinding:
    """One error: the message's context, MQM type and severity, the text before and after, and the reason.

    ``after`` is empty where the error was found and not fixed.
    """

    context: str
    type: str
    severity: Severity
    before: str
    reason: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class _RevisionFile:
    language: str = ""
    back_translated_on: date | None = None
    method: str = ""
    finding: tuple[RevisionFinding, ...] = ()


def parse_revision(text: str, path: Path) -> tuple[RevisionFinding, ...]:
    """The file's text -> its findings. Raises :class:`SourceError` with every mistake."""
    return structure(parse_toml(text, path), _RevisionFile, path).finding
