"""Decide what a filled-in review sheet changes, row by row.

A row is refused if its texts are not the present ones, or if nobody may sign the text that it
approves. The comment of a refused row is kept in the ledger all the same, on the text it is about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from parentguide.model.language import Language
from parentguide.model.shown_words import words_digest
from parentguide.review.approvals import refusal_reasons
from parentguide.review.judgement import NO_RULES, LanguageRules
from parentguide.review.ledger import Kind, Record
from parentguide.review.sheet_reader import Answer
from parentguide.review.sign_off import LedgerEntry, Reviewer, make_record, now
from parentguide.review.status import LanguageReview, MessageReview


class RowOutcome(StrEnum):
    """What happens with a row."""

    SIGNED = "signed"
    CORRECTED = "corrected"
    CHANGE = "needs a change"
    UNSURE = "not sure"
    COMMENT = "comment"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """One answered row: its outcome, why it was refused, and what will be written.

    ``before`` is the translation that a correction replaces.
    """

    answer: Answer
    outcome: RowOutcome
    reason: str = ""
    entry: LedgerEntry | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class SheetJudge:
    """Judges the rows of one language; ``rules`` are those of its folder."""

    language: Language
    reviewer: Reviewer
    rules: LanguageRules = NO_RULES

    def judge(self, review: LanguageReview, rows: Iterable[Answer]) -> tuple[JudgedRow, ...]:
        """The outcome of every row that somebody filled in. Writes nothing."""
        by_key = {(message.domain, message.context): message for message in review.messages}
        seen: set[tuple[str, str]] = set()
        judged = []
        for answer in rows:
            key = (answer.domain, answer.context)
            again = key in seen
            seen.add(key)
            if not answer.blank:
                judged.append(self._judged(by_key, answer, again))
        return tuple(judged)

    def _judged(
        self, by_key: Mapping[tuple[str, str], MessageReview], answer: Answer, again: bool
    ) -> JudgedRow:
        message = by_key.get((answer.domain, answer.context))
        if message is None:
            return JudgedRow(answer, RowOutcome.REFUSED, f"there is no message “{answer.context}”")
        reason = "the sheet has this message twice" if again else _stale(message, answer)
        if reason:
            return JudgedRow(answer, RowOutcome.REFUSED, reason, self._kept(message, answer))
        return self._fresh(message, answer)

    def _kept(self, message: MessageReview, answer: Answer) -> LedgerEntry:
        """The comment of a refused row, on the texts that the row shows."""
        record = Record(
            context=message.context,
            date=self.reviewer.date,
            kind=Kind.COMMENT,
            english=answer.english,
            translation=answer.translation,
            digest=words_digest(message.context, self.language.locale, answer.english, answer.translation),
            role=self.reviewer.role,
            reviewer=self.reviewer.name,
            comment=answer.comment,
            suggestion=answer.better,
            at=now(),
            account=self.reviewer.account,
        )
        return LedgerEntry(message.domain, record)

    def _fresh(self, message: MessageReview, answer: Answer) -> JudgedRow:
        """The outcome of a row whose texts are the present ones."""
        better = answer.better if answer.better != message.translation.strip() else ""
        if better and answer.verdict == "right":
            return self._refused(message, answer, "the answer is “Right”, but the row has better words")
        if better and answer.verdict in ("", "change"):
            return self._corrected(message, answer, better)
        if answer.verdict == "right":
            return self._signed(message, answer)
        outcomes = {"change": (RowOutcome.CHANGE, Kind.CHANGE), "unsure": (RowOutcome.UNSURE, Kind.UNSURE)}
        outcome, kind = outcomes.get(answer.verdict, (RowOutcome.COMMENT, Kind.COMMENT))
        record = make_record(
            message, self.language.locale, self.reviewer, kind, comment=answer.comment, suggestion=better
        )
        return JudgedRow(answer, outcome, "", LedgerEntry(message.domain, record))

    def _corrected(self, message: MessageReview, answer: Answer, better: str) -> JudgedRow:
        problem = self._problem(message, better, answer)
        if problem:
            return self._refused(message, answer, problem)
        record = make_record(
            message,
            self.language.locale,
            self.reviewer,
            self.reviewer.kind,
            translation=better,
            comment=answer.comment,
            answers=_answered(message, answer),
        )
        entry = LedgerEntry(message.domain, record, better)
        return JudgedRow(answer, RowOutcome.CORRECTED, "", entry, before=message.translation)

    def _signed(self, message: MessageReview, answer: Answer) -> JudgedRow:
        problem = self._problem(message, message.translation, answer)
        if problem:
            return self._refused(message, answer, problem)
        record = make_record(
            message,
            self.language.locale,
            self.reviewer,
            self.reviewer.kind,
            comment=answer.comment,
            answers=_answered(message, answer),
        )
        # A person has approved this text, so it is written again without the fuzzy mark.
        text = None if message.shown else message.translation
        return JudgedRow(answer, RowOutcome.SIGNED, "", LedgerEntry(message.domain, record, text))

    def _refused(self, message: MessageReview, answer: Answer, reason: str) -> JudgedRow:
        """A refused answer: the message keeps its translation, and the ledger gets the comment."""
        kind = Kind.CHANGE if answer.better else Kind.COMMENT
        record = make_record(
            message,
            self.language.locale,
            self.reviewer,
            kind,
            comment=answer.comment,
            suggestion=answer.better,
        )
        return JudgedRow(answer, RowOutcome.REFUSED, reason, LedgerEntry(message.domain, record))

    def _problem(self, message: MessageReview, text: str, answer: Answer) -> str:
        """Why nobody may sign ``text``; empty if somebody may."""
        reasons = refusal_reasons(
            self.language, message, text, self.rules, accept_fuzzy=True, answers=answer.requests
        )
        return "; ".join(reasons)


def _answered(message: MessageReview, answer: Answer) -> list[str]:
    """The open requests that the row shows: whoever approves or corrects its words has read them."""
    return [request.id for request in message.open_requests if request.id in answer.requests]


def _stale(message: MessageReview, answer: Answer) -> str:
    if answer.words != message.words:
        return "the text has changed since the sheet was made, or the row belongs to another language"
    if (answer.english, answer.translation) != (message.english.strip(), message.translation.strip()):
        return "the English or the translation was changed; better words belong in their own column"
    return ""
