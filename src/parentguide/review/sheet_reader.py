"""Read a filled-in review sheet, saved by any spreadsheet program as ``.xlsx`` or ``.ods``.

Only what makes the whole file useless is an error. What is wrong with one row is the row's ``trouble``:
the other rows are taken, and nothing that somebody typed is lost without a word.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from parentguide.errors import SourceError
from parentguide.infra.limited import limited
from parentguide.infra.spreadsheet_places import column_letters
from parentguide.review.sheet_tabs import (
    ReviewTab,
    Tab,
    cell_text,
    drop_down,
    is_words,
    language_tag,
    odd_in,
    read_tabs,
    review_tabs,
)
from parentguide.review.sheet_words import answer_words, consents, plain
from parentguide.review.sheet_writer import ASKED, HEADING, INSTRUCTIONS, LABELS, VERDICTS

# Chinese and other letters that have no spaces between words: a line break there is not a space.
_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK_INSIDE = re.compile(rf"(?<=[{_NO_SPACES}])[ \t]*\n[ \t\n]*(?=[{_NO_SPACES}])")
_SPACES = re.compile(r"[ \t\n\v\f\u2028\u2029]+")
# The day from which spreadsheet programs count days.
_DAY_0 = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: the texts it shows, and what the reviewer wrote. ``row`` counts from 1, as in the program.

    ``verdict`` is ``right``, ``change``, ``unsure``, or empty; ``typed`` is what is in its place and is
    not one of the answers. ``domain``, ``context`` and ``words`` are empty if the hidden columns were
    deleted. ``trouble`` says why nobody can tell what the row means. ``requests`` are the ids of the open
    requests that the row shows. ``tab`` is empty if there is only one.
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
    typed: str = ""
    trouble: str = ""
    requests: tuple[str, ...] = ()
    tab: str = ""

    @property
    def blank(self) -> bool:
        return not (self.verdict or self.better or self.comment or self.typed or self.trouble)

    @property
    def place(self) -> str:
        return f"tab “{self.tab}”, row {self.row}" if self.tab else f"row {self.row}"


@dataclass(frozen=True, slots=True)
class Answers:
    """A whole sheet. ``tag`` is empty if the hidden tab was deleted, ``date`` None if nobody wrote one.

    ``notes`` say what of the sheet is missing or was not understood.
    """

    tag: str
    role: str
    name: str
    date: date | None
    public: bool
    rows: tuple[Answer, ...]
    notes: tuple[str, ...] = ()

    def understood(self, own: Mapping[str, str]) -> "Answers":
        """The same sheet with the answers in ``own`` words (the drop-down's labels by msgctxt) understood."""
        words = answer_words(own)
        return replace(
            self,
            rows=tuple(
                replace(row, verdict=words[plain(row.typed)], typed="") if plain(row.typed) in words else row
                for row in self.rows
            ),
        )


def read_answers(data: bytes, path: Path, *, on: date | None = None) -> Answers:
    """The answers in a review sheet; ``on``: the day of the review, which replaces the one in the sheet.

    Raises :class:`SourceError` for a file that ``parentguide review sheet`` did not make, or without which
    nobody can tell which words were reviewed. The file is read in another process
    (:mod:`parentguide.infra.limited`).
    """
    return limited(_answers_of, data, path, on, path=path)


def _answers_of(data: bytes, path: Path, on: date | None) -> Answers:
    tabs = read_tabs(data, path)
    sheets = review_tabs(tabs, path)
    words = answer_words(dict(zip(VERDICTS, drop_down(tabs), strict=False)))
    who = _who([tab for tab in tabs if tab not in [sheet.tab for sheet in sheets]], path)
    told = consents(cell_text(who.get("review.public", "")))
    rows = [row for sheet in sheets for row in _rows(sheet, words, named=len(sheets) > 1)]
    return Answers(
        tag=language_tag(tabs),
        role=cell_text(who.get("review.role", "")),
        name=cell_text(who.get("review.name", "")),
        date=on or _date(who.get("review.date", ""), path),
        public=bool(told),
        rows=tuple(rows),
        notes=tuple(_notes(sheets, who, told)),
    )


def _notes(sheets: Sequence[ReviewTab], who: Mapping[str, Any], told: bool | None) -> Iterator[str]:
    for sheet in sheets:
        for head in sheet.missing:
            yield f"the tab “{sheet.tab.name}” has no column “{head}”: what was in it is lost"
    for context in ASKED:
        if context not in who:
            yield f"the tab “{INSTRUCTIONS}” or its row “{LABELS[context]}” is missing"
    if told is None:
        yield (
            f"“{cell_text(who['review.public'])}” beside “{LABELS['review.public']}” is neither ✓ nor –,"
            " so the name is not shown"
        )


def _who(tabs: Sequence[Tab], path: Path) -> dict[str, Any]:
    """The answers to the questions on the first tab, by msgctxt; without the questions that are missing."""
    found: dict[str, Any] = {}
    questions = {plain(LABELS[context]): context for context in ASKED}
    for tab in tabs:
        own = _has_own_column(tab)
        for row in tab.cells:
            context = questions.get(plain(cell_text(row[0]))) if row else None
            if context is None:
                continue
            value = next((cell for cell in row[2 if own else 1 :] if cell_text(cell)), "")
            if cell_text(found.get(context, "")) not in ("", cell_text(value)):
                raise SourceError(
                    f"the sheet has two answers to “{LABELS[context]}”",
                    path=path,
                    remedy="Delete the one that is wrong.",
                )
            found[context] = found.get(context) or value
    return found


def _has_own_column(tab: Tab) -> bool:
    """Whether the questions are also in the reviewer's language, in the second column."""
    title = plain(LABELS["review.title"])
    return any(len(row) > 1 and plain(cell_text(row[0])) == title and cell_text(row[1]) for row in tab.cells)


def _date(value: Any, path: Path) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = cell_text(value)
    if not text:
        return None
    # A day of this century that the program shows as a number.
    if re.fullmatch(r"[4-7]\d{4}", text):
        return _DAY_0 + timedelta(days=int(text))
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise SourceError(
        f"“{text}” is not a date", path=path, remedy="Write it like 2026-11-24, or give --date."
    )


def _rows(sheet: ReviewTab, words: Mapping[str, str], *, named: bool) -> Iterator[Answer]:
    heads = [cell_text(cell) for cell in sheet.tab.cells[sheet.head]]
    for index in range(sheet.head + 1, len(sheet.tab.cells)):
        cells = sheet.tab.cells[index]
        texts = [cell_text(cell) for cell in cells]
        if not any(texts) or texts == heads:
            continue
        answer = _answer(sheet, index, words)
        if not (answer.blank and _is_heading(answer)):
            yield replace(answer, tab=sheet.tab.name) if named else answer


def _answer(sheet: ReviewTab, index: int, words: Mapping[str, str]) -> Answer:
    cells, number = sheet.tab.cells[index], sheet.tab.row_number(index)
    trouble: list[str] = []

    def value(label: str) -> Any:
        values = {cell_text(cells[i]): cells[i] for i in sheet.columns[label] if i < len(cells)}
        values.pop("", None)
        if len(values) > 1:
            trouble.append(
                f"the column “{LABELS.get(label, label)}” appears more than once, with different words"
            )
        return next(iter(values.values()), "")

    said, better = cell_text(value("review.verdict")), value("review.better")
    if not is_words(better):
        trouble.append(
            f"“{cell_text(better)}” in “{LABELS['review.better']}” is a number or a date, not words"
        )
    comment = [cell_text(value("review.comment")), *_elsewhere(sheet, cells)]
    answer = Answer(
        row=number,
        domain=cell_text(value("domain")),
        context=cell_text(value("context")),
        words=cell_text(value("words")),
        english=cell_text(value("review.english")),
        translation=cell_text(value("review.translation")),
        verdict=words.get(plain(said), ""),
        better=_one_line(cell_text(better)),
        comment="\n".join(filter(None, comment)),
        typed="" if plain(said) in words else said,
        requests=tuple(cell_text(value("requests")).split()),
    )
    trouble += odd_in(sheet.tab, number) if _in_use(answer) else ()
    if _is_heading(answer) and not answer.blank:
        trouble.append("this is a heading, not a text to check")
    return replace(answer, trouble="; ".join(trouble))


def _is_heading(answer: Answer) -> bool:
    return bool(HEADING.fullmatch(answer.english)) and not answer.translation


def _in_use(answer: Answer) -> bool:
    """Whether the row is one of the sheet's, and not a sum or a remark below them."""
    return bool(answer.english or answer.translation or answer.context or not answer.blank)


def _elsewhere(sheet: ReviewTab, cells: Sequence[Any]) -> Iterator[str]:
    """What somebody wrote beside the columns of the sheet, except for numbers, with the column."""
    for i in (*sheet.others, *range(len(sheet.tab.cells[sheet.head]), len(cells))):
        text = cell_text(cells[i]) if i < len(cells) else ""
        if text and is_words(cells[i]) and not text.isdecimal():
            yield f"(column {column_letters(sheet.tab.first_column + i)}) {text}"


def _one_line(text: str) -> str:
    """Words as a message has them: in the Unicode form of all catalogs (NFC), without line breaks."""
    joined = _BREAK_INSIDE.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", joined).strip()
