"""A workbook that somebody took home, and what its answers changed when it was brought back to Studio."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.requests import Request

from parentguide.errors import ProjectError
from parentguide.model.language import Language
from parentguide.project.project import Project
from parentguide.review.judgement import language_rules
from parentguide.review.sheet_file import JudgedSheet, judge_sheet
from parentguide.review.sheet_import import JudgedRow, RowOutcome
from parentguide.review.sheet_reader import Answers, read_answers
from parentguide.review.sign_off import Reviewer, checked_reviewer, write_entries
from parentguide.studio.security.forms import Form, Upload
from parentguide.studio.services.answering import last_act
from parentguide.studio.services.block_words import field_names
from parentguide.studio.services.message_review import findings, refusal
from parentguide.studio.services.reviewer import kind_of

_CODE = re.compile(r"PG\d+: ")
_SAID = {
    RowOutcome.SIGNED: "Correct",
    RowOutcome.CORRECTED: "Corrected",
    RowOutcome.CHANGE: "Needs a change",
    RowOutcome.UNSURE: "Not sure",
    RowOutcome.COMMENT: "A comment",
    RowOutcome.RECORDED: "Recorded already",
}


@dataclass(frozen=True, slots=True)
class TakenRow:
    """One answer of the workbook. ``said`` is what became of it, ``why`` and ``remedy`` are for a row that is
    not taken, and ``place`` says where it is in the workbook. ``before`` and ``after`` are the words of a
    correction or a suggestion."""

    english: str
    said: str
    place: str
    before: str = ""
    after: str = ""
    comment: str = ""
    why: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """``taken`` are the answers that count now, ``refused`` those that do not. ``notes`` say what of the
    workbook was not understood, ``unanswered`` how many of its rows are empty. ``act`` is the number of what
    was written in the history; 0 if nothing was."""

    signature: str
    taken: Sequence[TakenRow]
    refused: Sequence[TakenRow]
    notes: Sequence[str]
    unanswered: int
    act: int = 0


def read_sheet(upload: Upload | None) -> tuple[Answers, Path]:
    """The answers in an upload, and its name for errors. Raises our errors for what is no such workbook."""
    if upload is None or not upload.data:
        raise ProjectError("there is no file", remedy="Choose the file that came back.")
    name = Path(Path(upload.name.replace("\\", "/")).name or "file")
    return read_answers(upload.data, name), name


def take_sheet(
    project: Project, language: Language, answers: Answers, name: Path, form: Form, request: Request
) -> BroughtBack:
    """Write the answers of a workbook of ``language``. The content is locked meanwhile.

    Raises :class:`ProjectError` for a workbook of another language; then nothing is written.
    """
    judged = judge_sheet(project, answers, name, lambda found: _reviewer(found, form, request))
    if judged.language.tag != language.tag:
        raise ProjectError(
            f"this file is about {judged.language.english_name}, not {language.english_name}",
            remedy=f"Bring it back on the page of {judged.language.english_name}.",
        )
    act = 0
    if judged.entries:
        write_entries(project, language, judged.entries)
        act = last_act(project)
    return _told(project, judged, act)


def _reviewer(answers: Answers, form: Form, request: Request) -> Reviewer:
    """Who answered: as the workbook says, and what it leaves out as the form says."""
    today = date.today()
    return checked_reviewer(
        kind_of(form.line("kind")),
        answers.role or form.line("role"),
        answers.name,
        public=answers.public,
        on=answers.date or today,
        today=today,
        account=request.state.user,
    )


def _told(project: Project, judged: JudgedSheet, act: int) -> BroughtBack:
    by_context = {message.context: message for message in judged.review.messages}
    rules, names = language_rules(project, judged.language), field_names(project)

    def why(row: JudgedRow) -> str:
        """Why a row is not taken, without codes: what the checks find in its words says it plainly."""
        message = by_context.get(row.context)
        if not _CODE.search(row.reason) or message is None:
            return _sentence(row.reason)
        text = row.answer.better or message.translation
        return refusal(findings(message, judged.language, text, rules, names), _CODE.sub("", row.reason))

    rows = [
        _row(row, by_context[row.context].english if row.context in by_context else "", why(row))
        for row in judged.rows
    ]
    judged_rows = {(row.answer.tab, row.answer.row) for row in judged.rows}
    reviewer = judged.reviewer
    return BroughtBack(
        signature=f"{reviewer.name} ({reviewer.role})" if reviewer.name else reviewer.role,
        taken=[row for row in rows if not row.why],
        refused=[row for row in rows if row.why],
        notes=judged.answers.notes,
        unanswered=sum(row.blank and (row.tab, row.row) not in judged_rows for row in judged.answers.rows),
        act=act,
    )


def _row(row: JudgedRow, english: str, why: str) -> TakenRow:
    refused = row.outcome is RowOutcome.REFUSED
    text = row.entry.text if row.entry is not None else None
    return TakenRow(
        english=english or row.answer.english,
        said="Not taken" if refused else _SAID[row.outcome],
        place=row.answer.place,
        before=row.before if text is not None else "",
        after=text if text is not None else row.answer.better,
        comment=row.answer.comment,
        why=why if refused else "",
        remedy=row.remedy,
    )


def _sentence(text: str) -> str:
    text = text or "it cannot be taken"
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(".") else ".")
