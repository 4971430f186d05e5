"""One piece of a translation as its page shows it, and what is to be written for an answer.

Pure but for what it is handed: the words, the checks and the judge are the library's own.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parentguide.checks.accepted_file import Accepted
from parentguide.checks.finding import Severity
from parentguide.checks.translation import MESSAGE_CHECKS
from parentguide.checks.translation.message import TranslatedMessage
from parentguide.model import markup
from parentguide.model.language import Language
from parentguide.review.sheet_import import JudgedRow, RowOutcome, SheetJudge
from parentguide.review.sheet_reader import Answer
from parentguide.review.sign_off import Reviewer
from parentguide.review.status import LanguageReview, MessageReview

ACTIONS = ("accept", "correct", "ask", "unsure", "comment")


@dataclass(frozen=True, slots=True)
class MessageFinding:
    """What the automatic checks say of some words; ``looked_at``: somebody gave a reason to let it be."""

    code: str
    severity: str
    message: str
    hint: str
    looked_at: str = ""


def findings(
    language: Language, context: str, english: str, text: str, accepted: Sequence[Accepted]
) -> list[MessageFinding]:
    """Of ``text`` as a translation of ``english``, errors first."""
    if not text.strip():
        return [
            MessageFinding("PG501", Severity.ERROR, "there is no translation yet", "Write it in the box.")
        ]
    found = list(_findings(language, context, english, text, accepted))
    return sorted(found, key=lambda finding: (bool(finding.looked_at), finding.severity != Severity.ERROR))


def _findings(
    language: Language, context: str, english: str, text: str, accepted: Sequence[Accepted]
) -> Iterator[MessageFinding]:
    broken = markup.broken_markup(english, text)
    if broken:
        hint = "Keep each {field} once, and ** round the same words as in the English."
        yield MessageFinding("PG511", Severity.ERROR, broken, hint)
    reasons = {(entry.code, entry.context): entry.reason for entry in accepted}
    for check in MESSAGE_CHECKS:
        for problem in check(TranslatedMessage(language, context, english, text)):
            reason = reasons.get((problem.code, context), "")
            yield MessageFinding(problem.code, problem.severity, problem.message, problem.hint, reason)


def clean(typed: str) -> str:
    """What was typed, in the form that all words of a catalog have (Unicode NFC)."""
    return unicodedata.normalize("NFC", typed).strip()


@dataclass(frozen=True, slots=True)
class SubmittedReview:
    """A reviewer's answer to one piece, as it was typed; ``words`` is the digest of what they saw."""

    action: str
    text: str
    comment: str
    words: str


def form_error(message: MessageReview, said: SubmittedReview) -> str:
    """Why the button does not fit what was typed; empty if it does."""
    changed = said.text != message.translation.strip()
    if not said.text and said.action in ("correct", "unsure") and changed:
        return "There are no words in the box. Write some, or load the page again."
    if said.action == "accept" and changed:
        return "You changed the words. Press “Save my words”, or undo your change."
    if said.action == "correct" and not changed:
        return "You have not changed the words. If they are right, press “Right”."
    if said.action == "ask" and changed:
        return "You changed the words. Press “Save my words”, or “Not sure” to keep them as a suggestion."
    if said.action in ("ask", "comment") and not said.comment:
        return "Write a comment: what is wrong, and where?"
    return "" if said.action in ACTIONS else "Press one of the buttons."


def judged(
    review: LanguageReview,
    message: MessageReview,
    said: SubmittedReview,
    reviewer: Reviewer,
    accepted: Sequence[Accepted],
) -> JudgedRow:
    """What the review's own judge makes of the answer."""
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
    )
    codes = frozenset((entry.code, entry.context) for entry in accepted)
    (result,) = SheetJudge(review.language, reviewer, codes).judge(review, [answer])
    return result


def outcome_word(outcome: RowOutcome) -> str:
    """Which of :data:`parentguide.studio.templating.DONE` says so."""
    return {RowOutcome.SIGNED: "signed", RowOutcome.CORRECTED: "corrected"}.get(outcome, "noted")
