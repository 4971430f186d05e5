"""What the page of one message shows, and what a reviewer's answer on that page writes."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import TranslatedMessage
from parentguide.model.language import Language
from parentguide.review.approvals import answer_requests
from parentguide.review.judgement import BrokenMarkup, LanguageRules, Missing, judge
from parentguide.review.sheet_import import JudgedRow, RowOutcome, SheetJudge
from parentguide.review.sheet_reader import Answer
from parentguide.review.sign_off import Reviewer
from parentguide.review.status import LanguageReview, MessageReview

ACTIONS = ("accept", "correct", "ask", "unsure", "comment", "answer")
_NEEDS_COMMENT = {
    "ask": "Write a comment: what is wrong, and where?",
    "comment": "Write a comment: what is wrong, and where?",
    "answer": "Write in the comment what you say to the request.",
}


@dataclass(frozen=True, slots=True)
class MessageFinding:
    """What an automatic check says about a text; ``looked_at``: the reason why somebody accepted it."""

    code: str
    severity: str
    message: str
    hint: str
    looked_at: str = ""


def findings(
    language: Language, context: str, english: str, text: str, rules: LanguageRules
) -> list[MessageFinding]:
    """The findings in ``text`` as a translation of ``english``, errors first."""
    found = list(_findings(TranslatedMessage(language, context, english, text), rules))
    return sorted(found, key=lambda finding: (bool(finding.looked_at), finding.severity != Severity.ERROR))


def _findings(message: TranslatedMessage, rules: LanguageRules) -> Iterator[MessageFinding]:
    status = judge(message, rules=rules)
    match status.withheld:
        case Missing():
            yield MessageFinding(
                "PG501", Severity.ERROR, "there is no translation yet", "Write it in the box."
            )
            return
        case BrokenMarkup(broken):
            hint = "Keep each {field} once, and ** around the same words as in the English."
            yield MessageFinding("PG511", Severity.ERROR, broken, hint)
    for problem, reason in status.findings():
        yield MessageFinding(problem.code, problem.severity, problem.message, problem.hint, reason)


def clean(typed: str) -> str:
    """What somebody typed, in the Unicode form of all catalogs (NFC) and without space around it."""
    return unicodedata.normalize("NFC", typed).strip()


@dataclass(frozen=True, slots=True)
class SubmittedReview:
    """A reviewer's answer on one message, as typed.

    ``words`` is the digest of the texts that they saw, ``requests`` the ids of the open requests.
    """

    action: str
    text: str
    comment: str
    words: str
    requests: tuple[str, ...] = ()


def form_error(message: MessageReview, said: SubmittedReview) -> str:
    """Why the button does not fit what the reviewer typed; empty if it does."""
    changed = said.text != message.translation.strip()
    if not said.text and said.action in ("correct", "unsure") and changed:
        return "The box is empty. Write a translation, or load the page again."
    if said.action == "accept" and changed:
        return "You changed the translation. Press “Save my translation”, or undo your change."
    if said.action == "correct" and not changed:
        return "You have not changed the translation. If it is right, press “Approve”."
    if said.action == "ask" and changed:
        return (
            "You changed the translation. Press “Save my translation”, or “Not sure” to keep your text as a"
            " suggestion."
        )
    if not said.comment and said.action in _NEEDS_COMMENT:
        return _NEEDS_COMMENT[said.action]
    return "" if said.action in ACTIONS else "Press one of the buttons."


def judged(
    review: LanguageReview,
    message: MessageReview,
    said: SubmittedReview,
    reviewer: Reviewer,
    rules: LanguageRules,
) -> JudgedRow:
    """The outcome of the answer, as for a row of a review sheet.

    Raises :class:`ProjectError` for an answer to a request that is not open any more.
    """
    changed = said.text != message.translation.strip()
    verdicts = {"accept": "right", "correct": "change", "ask": "change", "unsure": "unsure"}
    answer = Answer(
        row=0,
        domain=message.domain,
        context=message.context,
        words=said.words,
        english=message.english.strip(),
        translation=message.translation.strip(),
        verdict=verdicts.get(said.action, ""),
        better=said.text if changed and said.action != "comment" else "",
        comment=said.comment,
        requests=said.requests,
    )
    if said.action == "answer":
        (entry,) = answer_requests(review.language, [message], reviewer, said.comment)
        return JudgedRow(answer, RowOutcome.COMMENT, "", entry)
    (result,) = SheetJudge(review.language, reviewer, rules).judge(review, [answer])
    return result


def outcome_word(outcome: RowOutcome) -> str:
    """The key of the sentence in :data:`parentguide.studio.templating.DONE`."""
    return {RowOutcome.SIGNED: "signed", RowOutcome.CORRECTED: "corrected"}.get(outcome, "noted")
