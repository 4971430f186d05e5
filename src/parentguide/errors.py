"""Errors: what is wrong, where, and what to do, kept as data until somebody has to read it.

The command line catches them once, in :mod:`parentguide.cli.main`, and prints them without a
traceback. Studio and the spreadsheet of schools show ``loc`` in their own words.

Decision: docs/decisions/0023-cattrs-for-files.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, TypeAlias

# The way to a value in a file: keys, and positions in lists from 0. ("team", 0, "phone") is the
# phone number of the first person.
Loc: TypeAlias = tuple[str | int, ...]
_LONGEST_LINE = 1_000  # characters
_LONGEST_KEY = 100  # characters


def loc_text(loc: Loc) -> str:
    """``("team", 0, "phone")`` -> “team 1, phone”; empty for no place. A long key is cut."""
    parts: list[str] = []
    for step in loc:
        if isinstance(step, int) and parts:
            parts[-1] += f" {step + 1}"
        else:
            parts.append(str(step + 1) if isinstance(step, int) else _cut(step, _LONGEST_KEY))
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. ``line`` counts from 1; 0 where it is not known."""

    text: str
    remedy: str = ""
    loc: Loc = ()
    path: Path | None = None
    line: int = 0

    @property
    def sentence(self) -> str:
        """The problem and its remedy without the place, for a reader who sees the place."""
        text = _shortened(f"{self.text[:1].upper()}{self.text[1:]}")
        return f"{text}. {self.remedy}" if self.remedy else text

    def __str__(self) -> str:
        place = ""
        if self.path is not None:
            place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        field = f"{loc_text(self.loc)}: " if self.loc else ""
        remedy = f"\n  What to do: {self.remedy}" if self.remedy else ""
        return f"{place}{field}{_shortened(self.text)}{remedy}"


def _shortened(text: str) -> str:
    """``text`` with its lines cut: a message may quote a file, whose lines can have megabytes."""
    return "\n".join(_cut(line, _LONGEST_LINE) for line in text.split("\n"))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


class ParentguideError(Exception):
    """Base class: one problem, or all problems of a file. ``exit_code`` follows BSD sysexits."""

    exit_code = 1

    def __init__(
        self, problem: str, *, loc: Loc = (), path: Path | None = None, line: int = 0, remedy: str = ""
    ) -> None:
        super().__init__(problem)
        self.problems: tuple[Problem, ...] = (Problem(problem, remedy, loc, path, line),)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Self:
        """One error for all ``problems``, of which there is at least one."""
        found = tuple(problems)
        error = cls(found[0].text)
        error.problems = found
        return error

    def at(self, path: Path | None) -> Self:
        """The same error, with ``path`` for each problem that has none."""
        return type(self).of(replace(problem, path=problem.path or path) for problem in self.problems)

    @property
    def problem(self) -> str:
        """The text of the first problem."""
        return self.problems[0].text

    @property
    def remedy(self) -> str:
        """What to do about the first problem."""
        return self.problems[0].remedy

    @property
    def loc(self) -> Loc:
        return self.problems[0].loc

    @property
    def path(self) -> Path | None:
        return self.problems[0].path

    @property
    def line(self) -> int:
        return self.problems[0].line

    @property
    def sentences(self) -> str:
        """All problems and remedies on one line, each with its place in the file."""
        placed = (replace(p, text=f"{loc_text(p.loc)}: {p.text}") if p.loc else p for p in self.problems)
        return " ".join(f"{problem.sentence.removesuffix('.')}." for problem in placed)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class InvalidValueError(ValueError):
    """A value that a field cannot have. ``problem`` says what is wrong with it, ``remedy`` what to write."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}. {remedy}")
        self.problem = problem
        self.remedy = remedy


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
    """A key in ``school.toml`` is unknown or has a value that cannot be used."""

    exit_code = 78


class LayoutError(ParentguideError):
    """A sheet cannot be set: a font lacks a character, or a sheet of one side has no room."""

    exit_code = 4


class ProjectError(ParentguideError):
    """A folder does not hold what it must, or cannot be written."""

    exit_code = 66
