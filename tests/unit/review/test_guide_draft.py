"""The report on a guide's new text."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from parentguide.checks.guide.readability import HIGHEST_GRADE, LONGEST_AVERAGE, LONGEST_SENTENCE, Readability
from parentguide.project.project import Project
from parentguide.project.revise import draft_project, guide_path
from parentguide.review.approvals import sign
from parentguide.review.guide_draft import DraftSentence, GuideDraftReport, MessageChange, report_on
from parentguide.review.sign_off import checked_reviewer, write_entries
from tests.unit.small_project import CONTEXT, ENGLISH, SLUG, TAG, small_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path)


def report(project: Project, old: str = "", new: str = "") -> GuideDraftReport:
    text = guide_path(project, SLUG).read_text("utf-8")
    assert old in text
    with draft_project(project, SLUG, text.replace(old, new) if old else text) as draft:
        return report_on(project, SLUG, draft.guide_source(SLUG))


def test_the_saved_text_changes_nothing(project: Project) -> None:
    found = report(project)
    assert found.changes == ()
    assert found.uncovered == ()
    assert [sentence.words for sentence in found.sentences] == [8, 6, 6]
    assert found.readability is not None
    assert found.readability.words == 20


def test_a_changed_text_names_the_languages_that_translate_it(project: Project) -> None:
    (change,) = report(project, ENGLISH, "New words.").changes
    assert change == MessageChange(CONTEXT, ENGLISH, "New words.", ("Polish",), ())


def test_a_changed_text_names_the_languages_where_it_is_approved(project: Project) -> None:
    language, today = project.language(TAG), date.today()
    reviewer = checked_reviewer("checked", "teacher", "", public=False, on=today, today=today)
    write_entries(project, language, sign(project, language, (SLUG,), reviewer, [CONTEXT]))
    (change,) = report(project, ENGLISH, "New words.").changes
    assert (change.translated, change.signed) == (("Polish",), ("Polish",))


def test_a_renamed_text_is_added_and_removed(project: Project) -> None:
    added, removed = report(project, f"{{#{CONTEXT} ", "{#opening ").changes
    assert added == MessageChange("opening", "", ENGLISH)
    assert removed == MessageChange(CONTEXT, ENGLISH, "", ("Polish",))


def test_a_statement_without_a_text_is_named(project: Project) -> None:
    (line,) = report(project, 'covers="3"', 'source="us"').uncovered
    assert "statement 3" in line


def test_a_long_sentence_is_too_long() -> None:
    assert DraftSentence("lead", "x", LONGEST_SENTENCE + 1, 0).too_long
    assert not DraftSentence("lead", "x", LONGEST_SENTENCE, 0).too_long


def test_hard_english_is_a_problem_with_what_to_do() -> None:
    easy = GuideDraftReport(Readability(HIGHEST_GRADE, LONGEST_AVERAGE, 100, 10), (), (), ())
    assert easy.problems == ()
    hard = replace(easy, readability=Readability(HIGHEST_GRADE + 0.1, LONGEST_AVERAGE + 0.1, 100, 10))
    grade, average = hard.problems
    assert "Use shorter words and sentences." in grade
    assert "Split long sentences." in average
    assert replace(easy, readability=None).problems == ()
