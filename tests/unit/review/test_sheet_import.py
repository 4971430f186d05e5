"""Each answered row of a review sheet has its own outcome."""

from datetime import date

import pytest

from parentguide.review.judgement import LanguageRules
from parentguide.review.ledger import Kind
from parentguide.review.sheet_import import RowOutcome, SheetJudge
from parentguide.review.sheet_reader import Answer
from parentguide.review.sign_off import Reviewer
from parentguide.review.status import LanguageReview, MessageReview
from parentguide.translation.glossary import Forbidden, Glossary
from tests.unit.review.factory import POLISH, reviewed

GOOD = reviewed("Phone {nspcc}", "Zadzwoń: {nspcc}")
WRONG = reviewed("Phone {nspcc}", "Zadzwoń: 0800 111 111")
FUZZY = reviewed("Phone {nspcc}", "Zadzwoń: {nspcc}", fuzzy=True)


def outcome(
    message: MessageReview, verdict: str, better: str = "", comment: str = ""
) -> tuple[RowOutcome, str, Kind | None, str | None]:
    answer = Answer(
        2, "cse", "c", message.words, message.english, message.translation, verdict, better, comment
    )
    rules = LanguageRules((), Glossary((), (Forbidden("wagarowicz", "It blames the child."),)))
    judge = SheetJudge(POLISH, Reviewer("teacher", date(2026, 11, 20)), rules)
    (row,) = judge.judge(LanguageReview(POLISH, (message,)), [answer])
    entry = row.entry
    return row.outcome, row.reason, entry.record.kind if entry else None, entry.text if entry else None


@pytest.mark.parametrize(
    ("message", "verdict", "better", "expected"),
    [
        (GOOD, "right", "", (RowOutcome.SIGNED, Kind.CHECKED, None)),
        (FUZZY, "right", "", (RowOutcome.SIGNED, Kind.CHECKED, FUZZY.translation)),
        (GOOD, "change", "Telefon: {nspcc}", (RowOutcome.CORRECTED, Kind.CHECKED, "Telefon: {nspcc}")),
        (WRONG, "", "Zadzwoń: {nspcc}", (RowOutcome.CORRECTED, Kind.CHECKED, "Zadzwoń: {nspcc}")),
        (GOOD, "unsure", "Telefon: {nspcc}", (RowOutcome.UNSURE, Kind.UNSURE, None)),
        (GOOD, "change", "", (RowOutcome.CHANGE, Kind.CHANGE, None)),
    ],
)
def test_an_answer_is_taken(
    message: MessageReview, verdict: str, better: str, expected: tuple[RowOutcome, Kind, str | None]
) -> None:
    found, reason, kind, text = outcome(message, verdict, better)
    assert (found, kind, text) == expected
    assert reason == ""


@pytest.mark.parametrize(
    ("message", "verdict", "better", "reason"),
    [
        (WRONG, "right", "", "{nspcc} lost"),
        (GOOD, "right", "Telefon: {nspcc}", "the answer is “Correct”"),
        (GOOD, "", "Zadzwoń: {nspcc} lub 112", "PG522"),
        (GOOD, "", "Zadzwoń, wagarowicz: {nspcc}", "PG582"),
        (reviewed("Yes", ""), "right", "", "there is no translation"),
    ],
)
def test_an_answer_that_check_would_refuse_is_refused_and_its_text_kept(
    message: MessageReview, verdict: str, better: str, reason: str
) -> None:
    found, said, kind, text = outcome(message, verdict, better, "a comment")
    assert found is RowOutcome.REFUSED
    assert reason in said
    assert kind is (Kind.CHANGE if better else Kind.COMMENT)
    assert text is None
