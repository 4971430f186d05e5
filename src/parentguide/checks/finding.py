"""The result of a check: one finding is one problem, with its place and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from parentguide.project.project import Project


class Severity(StrEnum):
    """``check`` fails for an error. A warning asks a person to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in a file. ``line`` counts from 1; 0 if the finding is not about one line."""

    code: str
    severity: Severity
    path: Path
    line: int
    message: str
    hint: str


class Check(Protocol):
    """A check of a project; it yields what it finds."""

    def __call__(self, project: Project) -> Iterator[Finding]: ...
