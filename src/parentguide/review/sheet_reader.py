"""Read a filled-in review sheet, saved by any spreadsheet program as ``.xlsx`` or ``.ods``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from parentguide.errors import SourceError
from parentguide.infra.spreadsheet_safety import MAX_CELL, refuse_unsafe_spreadsheet
from parentguide.review.sheet_writer import (
    ASKED,
    COLUMNS,
    INSTRUCTIONS,
    LABELS,
    LISTS,
    MARK,
    REVIEW,
    VERDICTS,
    YES,
)

_MAX_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: the texts it shows, and what the reviewer wrote. ``row`` counts from 1, as in the program.

    ``verdict`` is ``right``, ``change``, ``unsure``, or empty. ``requests`` are the ids of the open
    requests that it shows.
    """

    row: int
    domain: str
    context: str
    words: str
    english: str
    translation: str
    verdict: str
    better: str
    comment: str
    requests: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        return not (self.verdict or self.better or self.comment)


@dataclass(frozen=True, slots=True)
class Answers:
    """A whole sheet. ``date`` is None if nobody wrote one."""

    tag: str
    role: str
    name: str
    date: date | None
    public: bool
    rows: tuple[Answer, ...]


def read_answers(data: bytes, path: Path) -> Answers:
    """The answers in a review sheet.

    Raises :class:`SourceError` for a file that ``parentguide review sheet`` did not make, or that was changed
    outside the answers.
    """
    refuse_unsafe_spreadsheet(data, path)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        tables = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        raise SourceError(
            f"not a spreadsheet: {error}", path=path, remedy="Save it as .xlsx or .ods."
        ) from None
    for name in (INSTRUCTIONS, REVIEW, LISTS):
        if name not in tables:
            raise SourceError(
                f"the tab “{name}” is missing",
                path=path,
                remedy="Rename the tab back, or start with a new sheet.",
            )
    lists = _texts(tables[LISTS], path, LISTS)
    if not lists or len(lists[0]) < 2 or lists[0][1] != MARK or len(lists) < len(VERDICTS):
        raise SourceError(
            "parentguide did not make this sheet",
            path=path,
            remedy="Make one with “parentguide review sheet”.",
        )
    verdicts = {row[0]: context for row, context in zip(lists, VERDICTS, strict=False)}
    who = _who(tables[INSTRUCTIONS], path)
    return Answers(
        tag=lists[1][1],
        role=_text(who["review.role"]),
        name=_text(who["review.name"]),
        date=_date(who["review.date"], path),
        public=_text(who["review.public"]) == YES,
        rows=_rows(_texts(tables[REVIEW], path, REVIEW), verdicts, path),
    )


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").strip()


def _texts(table: Sequence[Sequence[Any]], path: Path, name: str) -> list[list[str]]:
    if len(table) > _MAX_ROWS:
        raise SourceError(
            f"the tab “{name}” has {len(table):,} rows; the limit is {_MAX_ROWS:,}",
            path=path,
            remedy="Start with a new sheet.",
        )
    for row, cells in enumerate(table, 1):
        for cell in cells:
            if isinstance(cell, str) and len(cell) > MAX_CELL:
                raise SourceError(
                    f"the tab “{name}”, row {row}: a cell has {len(cell):,} characters",
                    path=path,
                    remedy="Shorten it. Nothing was changed.",
                )
    return [[_text(cell) for cell in cells] for cells in table]


def _who(table: Sequence[Sequence[Any]], path: Path) -> Mapping[str, Any]:
    """The answers to the questions on the first tab, by msgctxt."""
    _texts(table, path, INSTRUCTIONS)
    by_question = {_text(row[0]): row[2] if len(row) > 2 else "" for row in table if row}
    found = {}
    for context in ASKED:
        if LABELS[context] not in by_question:
            raise SourceError(
                f"the tab “{INSTRUCTIONS}” lacks the row “{LABELS[context]}”",
                path=path,
                remedy="Copy the answers into a new sheet.",
            )
        found[context] = by_question[LABELS[context]]
    return found


def _date(value: Any, path: Path) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(value)
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise SourceError(
        f"“{text}” is not a date", path=path, remedy="Write it like 2026-11-24, or give --date."
    )


def _rows(table: list[list[str]], verdicts: Mapping[str, str], path: Path) -> tuple[Answer, ...]:
    heads = [cell.split(" / ")[0] for cell in table[0]] if table else []
    wanted = {column.label: LABELS.get(column.label, column.label) for column in COLUMNS}
    for head in wanted.values():
        if heads.count(head) != 1:
            problem = "is missing" if head not in heads else "appears twice"
            raise SourceError(
                f"the tab “{REVIEW}”: the column “{head}” {problem}",
                path=path,
                remedy="Copy the answers into a new sheet.",
            )
    at = {label: heads.index(head) for label, head in wanted.items()}
    answers = []
    for number, cells in enumerate(table[1:], 2):
        if not any(cells):
            continue
        row = {label: cells[index] if index < len(cells) else "" for label, index in at.items()}
        answers.append(
            Answer(
                row=number,
                domain=row["domain"],
                context=row["context"],
                words=row["words"],
                english=row["review.english"],
                translation=row["review.translation"],
                verdict=_verdict(row["review.verdict"], verdicts, number, path),
                better=row["review.better"],
                comment=row["review.comment"],
            )
        )
    return tuple(answers)


def _verdict(text: str, verdicts: Mapping[str, str], row: int, path: Path) -> str:
    known = {**verdicts, **{LABELS[context]: context for context in VERDICTS}}
    if not text:
        return ""
    if text not in known:
        raise SourceError(
            f"the tab “{REVIEW}”, row {row}: “{text[:60]}” is not an answer",
            path=path,
            remedy=f"Choose from the list: {', '.join(LABELS[context] for context in VERDICTS)}.",
        )
    return known[text].removeprefix("review.")
