"""The workbook for a checker as a file: made for one language, and judged when it is brought back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.model.domain import INTERFACE
from parentguide.model.language import Language
from parentguide.project.pot import domains, ready_domains
from parentguide.project.project import Project
from parentguide.review.judgement import language_rules
from parentguide.review.sheet_import import Earlier, JudgedRow, SheetJudge
from parentguide.review.sheet_language import language_of
from parentguide.review.sheet_reader import Answers
from parentguide.review.sheet_writer import review_workbook
from parentguide.review.shown import keep_code, shown_digests
from parentguide.review.sign_off import LedgerEntry, Reviewer
from parentguide.review.status import LanguageReview, language_review


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A workbook (XLSX) of the messages of ``review``."""

    review: LanguageReview
    workbook: bytes


def make_sheet(project: Project, language: Language) -> MadeSheet:
    """The workbook of all ready guides in ``language``. Raises :class:`ProjectError` for English."""
    if language.is_source:
        raise ProjectError("English is the source, not a translation", remedy="Choose another language.")
    found = language_review(project, language, ready_domains(project))
    own = {m.context: m.translation for m in found.messages if m.domain == INTERFACE and m.shown}
    back = project.back_translation(language).current(found.words)
    return MadeSheet(found, review_workbook(found, back, own))


def remember_sheet(project: Project, made: MadeSheet) -> None:
    """Remember what the workbook shows, so that its code says later which words it had."""
    keep_code(project.locales, made.review.language, shown_digests(made.review.messages))


@dataclass(frozen=True, slots=True)
class JudgedSheet:
    """A workbook that came back. ``review`` is its language as it is now, ``rows`` say what would change."""

    review: LanguageReview
    answers: Answers
    reviewer: Reviewer
    rows: tuple[JudgedRow, ...]

    @property
    def language(self) -> Language:
        return self.review.language

    @property
    def entries(self) -> list[LedgerEntry]:
        """What is to be written."""
        return [row.entry for row in self.rows if row.entry is not None]


def judge_sheet(
    project: Project, answers: Answers, path: Path, reviewer_of: Callable[[Answers], Reviewer]
) -> JudgedSheet:
    """What the answers of a workbook would change. Writes nothing. ``path`` names the file in errors.

    ``reviewer_of`` says who answered. Raises :class:`ParentguideError` for a language that the project does
    not have, for one that nobody can tell, and as ``reviewer_of``.
    """
    language = language_of(project, answers, path)
    reviewer = reviewer_of(answers)
    found = language_review(project, language, domains(project))
    own = {m.context: m.translation for m in found.messages if m.domain == INTERFACE}
    understood = answers.understood(own)
    earlier = Earlier.ANY_DAY if understood.date is None else Earlier.SAME_DAY
    judge = SheetJudge(language, reviewer, language_rules(project, language), earlier)
    return JudgedSheet(found, understood, reviewer, judge.judge(found, understood.rows))
