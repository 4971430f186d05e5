"""Every way a command can fail, and its exit code.

Each error says what is wrong, where (file and line, or key), and what to do.
The command line catches them once, in :mod:`parentguide.cli.main`, and prints them
without a traceback.
"""

from pathlib import Path


class ParentguideError(Exception):
    """Base class. ``exit_code`` follows BSD sysexits where one fits."""

    exit_code = 1

    def __init__(self, problem: str, *, path: Path | None = None, line: int = 0, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.path = path
        self.line = line
        self.remedy = remedy

    def __str__(self) -> str:
        place = ""
        if self.path is not None:
            place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        remedy = f"\n  What to do: {self.remedy}" if self.remedy else ""
        return f"{place}{self.problem}{remedy}"


class SourceError(ParentguideError):
    """A newsletter, guide or data file cannot be understood."""

    exit_code = 65


class CatalogError(ParentguideError):
    """A PO file is broken, or does not belong to the guide."""

    exit_code = 65


class IncompleteTranslationError(ParentguideError):
    """Messages are missing or fuzzy, so the language is not rendered."""

    exit_code = 3


class SchoolFileError(ParentguideError):
    """A key in ``school.toml`` is unknown or has an unusable value."""

    exit_code = 78


class LayoutError(ParentguideError):
    """A sheet cannot be set: it does not fit, or a font lacks a character."""

    exit_code = 4


class ProjectError(ParentguideError):
    """A folder does not hold what it must, or cannot be written."""

    exit_code = 66
