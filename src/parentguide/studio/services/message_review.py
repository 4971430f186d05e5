"""What the page of one message shows, and what a reviewer's answer on that page writes."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import TranslatedMessage
from parentguide.model.language import Language
from parentguide.review.approvals import answer_requests
from parentguide.review.judgement import BrokenMarkup, LanguageRules, Missing, judge
from parentguide.review.ledger import Record
from parentguide.review.sheet_import import JudgedRow, RowOutcome, SheetJudge
from parentguide.review.sheet_reader import Answer
from parentguide.review.sign_off import LedgerEntry, Reviewer
from parentguide.review.status import LanguageReview, MessageReview
from parentguide.studio.services.plain_findings import Checked, sentences

ACTIONS = ("accept", "correct", "ask", "unsure", "comment", "answer")
_NEEDS_COMMENT = {
    "ask": "Write a comment: what is wrong, and where?",
    "comment": "Write a comment: what is wrong, and where?",
    "answer": "Write in the comment what you say to the request.",
}


@dataclass(frozen=True, slots=True)
class MessageFinding:
    """What an automatic check says about a text, in plain words. ``looked_at``: the reason why somebody
    accepted it. ``code`` is for programs; pages do not show it."""

    code: str
    severity: str
    message: str
    hint: str
    looked_at: str = ""

    @property
    def blocks(self) -> bool:
        """Whether nobody may approve the text."""
        return self.severity == Severity.ERROR and not self.looked_at


def findings(
    message: MessageReview, language: Language, text: str, rules: LanguageRules, names: Mapping[str, str]
) -> list[MessageFinding]:
    """The findings in ``text`` as a translation of a message, errors first. ``names`` says what stands for
    each field."""
    translated = TranslatedMessage(language, message.context, message.english, text)
    checked = Checked(language, message.english, text, names)
    found = [
        MessageFinding(code, severity, *sentences(checked, code, said, hint), reason)
        for code, severity, said, hint, reason in _findings(translated, rules)
    ]
    return sorted(found, key=lambda finding: (bool(finding.looked_at), finding.severity != Severity.ERROR))


def _findings(
    message: TranslatedMessage, rules: LanguageRules
) -> Iterator[tuple[str, Severity, str, str, str]]:
    """Each finding: its code, its severity, what it says, its hint, and why somebody accepted it."""
    status = judge(message, rules=rules)
    match status.withheld:
        case Missing():
            yield "PG501", Severity.ERROR, "there is no translation", "", ""
            return
        case BrokenMarkup(broken):
            yield "PG511", Severity.ERROR, broken, "", ""
    for problem, reason in status.findings():
        yield problem.code, problem.severity, problem.message, problem.hint, reason


def clean(typed: str) -> str:
    """What somebody typed, in the Unicode form of all catalogs (NFC) and without space around it."""
    return unicodedata.normalize("NFC", typed).strip()


@dataclass(frozen=True, slots=True)
class SubmittedReview:
    """A reviewer's answer on one message, as typed.

    ``words`` is the digest of the texts that they saw, ``requests`` the ids of the open requests. ``text`` is
    None where the form has no box: they answered on the words as they are.
    """

    action: str
    text: str | None
    comment: str
    words: str
    requests: tuple[str, ...] = ()

    def has_changed(self, message: MessageReview) -> bool:
        """Whether they typed other words than the present ones."""
        return self.text is not None and self.text != message.translation.strip()


def form_error(message: MessageReview, said: SubmittedReview) -> str:
    """Why the button does not fit what the reviewer typed; empty if it does."""
    changed = said.has_changed(message)
    if not said.text and said.action in ("correct", "unsure") and changed:
        return "The box is empty. Write a translation, or load the page again."
    if said.action == "accept" and changed:
        return "You changed the translation. Press “Save my translation”, or undo your change."
    if said.action == "correct" and not changed:
        return "You have not changed the translation. If it is correct, press “Correct”."
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
    changed = said.has_changed(message)
    verdicts = {"accept": "right", "correct": "change", "ask": "change", "unsure": "unsure"}
    answer = Answer(
        row=0,
        domain=message.domain,
        context=message.context,
        words=said.words,
        english=message.english.strip(),
        translation=message.translation.strip(),
        verdict=verdicts.get(said.action, ""),
        better=said.text or "" if changed and said.action != "comment" else "",
        comment=said.comment,
        requests=said.requests,
    )
    if said.action == "answer":
        (entry,) = answer_requests(review.language, [message], reviewer, said.comment)
        return JudgedRow(answer, RowOutcome.COMMENT, "", entry)
    (result,) = SheetJudge(review.language, reviewer, rules).judge(review, [answer])
    return result


def refusal(found: Iterable[MessageFinding], reason: str) -> str:
    """Why nobody may approve a text, in plain words. ``reason`` is for what is not a finding."""
    said = " ".join(f"{finding.message} {finding.hint}" for finding in found if finding.blocks)
    return said or f"{reason[:1].upper()}{reason[1:]}."


def kept_suggestion(
    message: MessageReview, said: SubmittedReview, result: JudgedRow, reviewer: Reviewer
) -> LedgerEntry | None:
    """A correction that was refused, as a request with these words, so that they are not lost.

    It takes the place of what the same person suggested before; None where it is there already, or where
    the answer is no correction.
    """
    entry = result.entry
    if said.action != "correct" or entry is None or not entry.record.suggestion:
        return None
    mine = [r for r in message.open_requests if r.suggestion and _is_by(r, reviewer)]
    if any(request.suggestion == entry.record.suggestion for request in mine):
        return None
    seen = tuple(request.id for request in mine if request.id in said.requests)
    return replace(entry, record=replace(entry.record, answers=seen))


def _is_by(record: Record, reviewer: Reviewer) -> bool:
    return (record.role, record.reviewer, record.account) == (reviewer.role, reviewer.name, reviewer.account)


def outcome_word(outcome: RowOutcome) -> str:
    """The key of the sentence in :data:`parentguide.studio.templating.DONE`."""
    return {RowOutcome.SIGNED: "signed", RowOutcome.CORRECTED: "corrected"}.get(outcome, "noted")
