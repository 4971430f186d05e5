"""What a check reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from parentguide.project.project import Project


class Severity(StrEnum):
    """An error stops a release; a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: ``code`` never changes its meaning, ``line`` counts from 1 (0: none)."""

    code: str
    severity: Severity
    path: Path
    line: int
    message: str
    hint: str


class Check(Protocol):
    """A check of everything in a project; it yields what it finds."""

    def __call__(self, project: Project) -> Iterator[Finding]: ...
