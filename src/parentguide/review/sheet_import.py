"""From a sheet's answers to what will be written: each row is judged by itself.

A row is refused when its words are not the present ones, or its better words would not
pass ``parentguide check``. What a refused row says is kept in the ledger all the same, on
the words it was said of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from parentguide.checks.finding import Severity
from parentguide.checks.translation import MESSAGE_CHECKS
from parentguide.checks.translation.message import TranslatedMessage
from parentguide.model import markup
from parentguide.model.language import Language
from parentguide.review.ledger import Kind, Record, digest
from parentguide.review.sheet_reader import Answer
from parentguide.review.sign_off import LedgerEntry, Reviewer, make_record
from parentguide.review.status import LanguageReview, MessageReview


class RowOutcome(StrEnum):
    """What becomes of a row."""

    SIGNED = "signed"
    CORRECTED = "corrected"
    CHANGE = "needs a change"
    UNSURE = "not sure"
    COMMENT = "comment"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """One answered row: its outcome, why it was refused, and what will be written."""

    answer: Answer
    outcome: RowOutcome
    reason: str = ""
    entry: LedgerEntry | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class SheetJudge:
    """Judges rows in one language; ``accepted`` are findings of ``check`` that are no errors,
    as (code, context)."""

    language: Language
    reviewer: Reviewer
    accepted: frozenset[tuple[str, str]] = frozenset()

    def judge(self, review: LanguageReview, rows: Iterable[Answer]) -> tuple[JudgedRow, ...]:
        """Every row that somebody filled in. Nothing is written."""
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
        reason = "the message stands in the sheet twice" if again else _stale(message, answer)
        if reason:
            return JudgedRow(answer, RowOutcome.REFUSED, reason, self._kept(message, answer))
        return self._fresh(message, answer)

    def _kept(self, message: MessageReview, answer: Answer) -> LedgerEntry:
        """The remark of a refused row, on the words that the row shows."""
        record = Record(
            context=message.context,
            date=self.reviewer.date,
            kind=Kind.COMMENT,
            english=answer.english,
            translation=answer.translation,
            digest=digest(message.context, self.language.locale, answer.english, answer.translation),
            role=self.reviewer.role,
            reviewer=self.reviewer.name,
            comment=answer.comment,
            suggestion=answer.better,
        )
        return LedgerEntry(message.domain, record)

    def _fresh(self, message: MessageReview, answer: Answer) -> JudgedRow:
        better = answer.better if answer.better != message.translation.strip() else ""
        if better and answer.verdict == "right":
            return self._refused(message, answer, "the answer is “Right”, but there are better words")
        if better and answer.verdict in ("", "change"):
            problem = self._problem(message, better)
            if problem:
                return self._refused(message, answer, problem)
            record = make_record(
                message,
                self.language.locale,
                self.reviewer,
                self.reviewer.kind,
                translation=better,
                comment=answer.comment,
            )
            return JudgedRow(
                answer,
                RowOutcome.CORRECTED,
                "",
                LedgerEntry(message.domain, record, better),
                before=message.translation,
            )
        if answer.verdict == "right":
            problem = self._problem(message, message.translation)
            if problem:
                return self._refused(message, answer, problem)
            record = make_record(
                message, self.language.locale, self.reviewer, self.reviewer.kind, comment=answer.comment
            )
            # A fuzzy text that a person has approved is fuzzy no more.
            text = None if message.shown else message.translation
            return JudgedRow(answer, RowOutcome.SIGNED, "", LedgerEntry(message.domain, record, text))
        outcomes = {"change": (RowOutcome.CHANGE, Kind.CHANGE), "unsure": (RowOutcome.UNSURE, Kind.UNSURE)}
        outcome, kind = outcomes.get(answer.verdict, (RowOutcome.COMMENT, Kind.COMMENT))
        record = make_record(
            message, self.language.locale, self.reviewer, kind, comment=answer.comment, suggestion=better
        )
        return JudgedRow(answer, outcome, "", LedgerEntry(message.domain, record))

    def _refused(self, message: MessageReview, answer: Answer, reason: str) -> JudgedRow:
        """The answer cannot be taken; the wish for a change stands, and so do the words."""
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

    def _problem(self, message: MessageReview, text: str) -> str:
        """What ``parentguide check`` would call an error in ``text``; empty if nothing."""
        if not text:
            return "there is no translation to approve"
        broken = markup.broken_markup(message.english, text)
        if broken:
            return broken
        pair = TranslatedMessage(self.language, message.context, message.english, text)
        for check in MESSAGE_CHECKS:
            for problem in check(pair):
                if (
                    problem.severity is Severity.ERROR
                    and (problem.code, message.context) not in self.accepted
                ):
                    return f"{problem.code}: {problem.message}"
        return ""


def _stale(message: MessageReview, answer: Answer) -> str:
    if answer.words != message.words:
        return "the text has changed since the sheet was made, or the row is another language's"
    if (answer.english, answer.translation) != (message.english.strip(), message.translation.strip()):
        return "the English or the translation was typed over; better words go into their own column"
    return ""
