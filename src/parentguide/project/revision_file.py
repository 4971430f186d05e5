"""``locales/<locale>/revision.toml``: what the readings of a translation found, and what became of it.

A reading is a blind back-translation that somebody else compares with the English. ``docs/languages.md``
explains every key.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, get_args

from parentguide.errors import InvalidValueError, Problem, SourceError
from parentguide.infra.structure import Parsed, parse_string, structure
from parentguide.infra.toml import parse_toml, printable

# How much an error matters to a reader (MQM, Multidimensional Quality Metrics).
Severity: TypeAlias = Literal["critical", "major", "minor"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
Decision: TypeAlias = Literal["taken", "taken in other words", "refused"]
READINGS = (1, 2, 3, 4, 5)
# The readings that may have no record, because they are older than the records.
_BEFORE_RECORDS = 2
LOWEST_FLUENCY, HIGHEST_FLUENCY = 1, 5

NOT_STATED = "not stated"
# MQM's dimensions, and the words that readers use for a part of one without naming it.
DIMENSIONS = ("accuracy", "terminology", "fluency", "style", "audience", "locale-convention")
_SECOND_READING = "second reading"
_PARTS = {
    "mistranslation": "accuracy",
    "omission": "accuracy",
    "addition": "accuracy",
    "ambiguity": "accuracy",
    "grammar": "fluency",
    "spelling": "fluency",
    "unnatural": "fluency",
    "inconsistency": "fluency",
    "register": "style",
    "gender": "style",
    "locale": "locale-convention",
    # What the second reading changed was recorded before its types were.
    _SECOND_READING: NOT_STATED,
}


@dataclass(frozen=True, slots=True)
class RevisionFinding:
    """One error: the message's context, the reading that found it (1 to 4), MQM type and severity as the
    reader gave them, the text before and after, what was decided, and why.

    ``after`` is empty where the finding was refused, or could not be fixed. ``decision`` is empty where
    nobody recorded one: then the finding was taken if there is an ``after``. ``proposal`` is what the reader
    proposed instead.
    """

    context: str
    type: str
    severity: Severity
    before: str
    reason: str
    after: str = ""
    reading: int = 1
    decision: Decision | Literal[""] = ""
    proposal: str = ""

    @property
    def dimension(self) -> str:
        """The MQM dimension of the type, or “not stated”."""
        return _dimension(self.type)

    @property
    def left(self) -> bool:
        """Whether it was found, not refused, and not fixed."""
        return not self.after and self.decision != "refused"


def _dimension(kind: str) -> str:
    first = kind.partition("/")[0].strip()
    return first if first in DIMENSIONS else _PARTS.get(first, "")


def _type(value: Any) -> str:
    if not _dimension(parse_string(value)):
        raise InvalidValueError(
            f"“{printable(value)}” is not a type of MQM",
            f"Begin with one of: {', '.join(DIMENSIONS)}; after it you may write / and a closer word.",
        )
    return str(value)


def _number(value: Any) -> int:
    if value not in READINGS or isinstance(value, bool | float):
        raise InvalidValueError(f"{printable(repr(value))} is not a reading", "Write 1, 2, 3 or 4.")
    return int(value)


def _fluency(value: Any) -> int:
    allowed = range(LOWEST_FLUENCY, HIGHEST_FLUENCY + 1)
    if value not in allowed or isinstance(value, bool | float):
        raise InvalidValueError(
            f"{printable(repr(value))} is not a degree of fluency",
            "Write a whole number from 1 (cannot be understood) to 5 (as if written in the language).",
        )
    return int(value)


def _words(value: Any) -> str:
    if not parse_string(value).strip():
        raise InvalidValueError("is empty", "Write at least one word.")
    return str(value)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the whole translation: number, day, who read, and how fluent they found it (1 to 5)."""

    number: Annotated[int, Parsed(_number)]
    date: date
    readers: Annotated[str, Parsed(_words)]
    fluency: Annotated[int, Parsed(_fluency)]


@dataclass(frozen=True, slots=True)
class Revision:
    """All that a language's file has. A reading before the records of readings began has findings only."""

    findings: tuple[RevisionFinding, ...] = ()
    readings: tuple[Reading, ...] = ()

    def reading(self, number: int) -> Reading | None:
        """The record of reading ``number``, if there is one."""
        return next((one for one in self.readings if one.number == number), None)

    def found_by(self, number: int) -> tuple[RevisionFinding, ...]:
        """The findings of reading ``number``."""
        return tuple(one for one in self.findings if one.reading == number)


@dataclass(frozen=True, kw_only=True)
class _FindingTable:
    """A ``[[finding]]``."""

    context: str
    reading: Annotated[int, Parsed(_number)] = 0
    type: Annotated[str, Parsed(_type)]
    severity: Severity
    before: str
    after: str = ""
    decision: Decision | None = None
    proposal: str = ""
    reason: Annotated[str, Parsed(_words)]

    def value(self) -> RevisionFinding:
        reading = self.reading or (2 if self.type == _SECOND_READING else 1)
        return RevisionFinding(
            self.context,
            self.type,
            self.severity,
            self.before,
            self.reason,
            self.after,
            reading,
            self.decision or "",
            self.proposal,
        )


@dataclass(frozen=True, slots=True)
class _RevisionFile:
    language: str = ""
    back_translated_on: date | None = None
    method: str = ""
    reading: tuple[Reading, ...] = ()
    finding: tuple[_FindingTable, ...] = ()


def parse_revision(text: str, path: Path) -> Revision:
    """The file's text -> what it has. Raises :class:`SourceError` with every mistake."""
    read = structure(parse_toml(text, path), _RevisionFile, path)
    revision = Revision(tuple(table.value() for table in read.finding), read.reading)
    if problems := [*_of_decisions(revision, path), *_of_readings(revision, path)]:
        raise SourceError.of(problems)
    return revision


def _of_decisions(revision: Revision, path: Path) -> Iterator[Problem]:
    for index, finding in enumerate(revision.findings):
        place = ("finding", index, "decision")
        if finding.decision == "refused" and finding.after:
            yield Problem(
                "the finding was refused, and there are words in “after”",
                "Leave out “after”; what the reader wanted is the “proposal”.",
                place,
                path,
            )
        if finding.decision.startswith("taken") and not finding.after:
            yield Problem(
                f"the finding was {finding.decision}, and “after” does not say which words are there now",
                "Write them in “after”.",
                place,
                path,
            )


def _of_readings(revision: Revision, path: Path) -> Iterator[Problem]:
    numbers = [reading.number for reading in revision.readings]
    for index, number in enumerate(numbers):
        if number in numbers[:index]:
            yield Problem(f"reading {number} is there twice", "Keep one.", ("reading", index, "number"), path)
    # Without its record nobody could know of a reading that found nothing, nor who read.
    for index, finding in enumerate(revision.findings):
        if finding.reading > _BEFORE_RECORDS and finding.reading not in numbers:
            yield Problem(
                f"there is no [[reading]] with number = {finding.reading}",
                "Add one, with date, readers and fluency.",
                ("finding", index, "reading"),
                path,
            )
