"""From a sheet's answers to what will be written: each row is judged by itself.

A row is refused when its words are not the present ones, or its better words would not
pass ``parentguide check``. What a refused row says is kept in the ledger all the same, on
the words it was said of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from parentguide import inline
from parentguide.checks.finding import Severity
from parentguide.checks.translation import PAIR_CHECKS
from parentguide.checks.translation.pair import Pair
from parentguide.model import Language
from parentguide.review.answers import Answer
from parentguide.review.ledger import Kind, Record, digest
from parentguide.review.sign import Entry, Reviewer, record_of
from parentguide.review.states import LanguageReview, MessageReview


class Outcome(StrEnum):
    """What becomes of a row."""

    SIGNED = "signed"
    CORRECTED = "corrected"
    CHANGE = "needs a change"
    UNSURE = "not sure"
    COMMENT = "comment"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """One answered row: its outcome, why it was refused, and what will be written."""

    answer: Answer
    outcome: Outcome
    reason: str = ""
    entry: Entry | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges rows in one language; ``accepted`` are findings of ``check`` that are no errors,
    as (code, context)."""

    language: Language
    reviewer: Reviewer
    accepted: frozenset[tuple[str, str]] = frozenset()

    def judge(self, review: LanguageReview, rows: Iterable[Answer]) -> tuple[Judged, ...]:
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

    def _judged(self, by_key: Mapping[tuple[str, str], MessageReview], answer: Answer, again: bool) -> Judged:
        message = by_key.get((answer.domain, answer.context))
        if message is None:
            return Judged(answer, Outcome.REFUSED, f"there is no message “{answer.context}”")
        reason = "the message stands in the sheet twice" if again else _stale(message, answer)
        if reason:
            return Judged(answer, Outcome.REFUSED, reason, self._kept(message, answer))
        return self._fresh(message, answer)

    def _kept(self, message: MessageReview, answer: Answer) -> Entry:
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
        return Entry(message.domain, record)

    def _fresh(self, message: MessageReview, answer: Answer) -> Judged:
        better = answer.better if answer.better != message.translation.strip() else ""
        if better and answer.verdict == "right":
            return self._refused(message, answer, "the answer is “Right”, but there are better words")
        if better and answer.verdict in ("", "change"):
            problem = self._problem(message, better)
            if problem:
                return self._refused(message, answer, problem)
            record = record_of(
                message,
                self.language.locale,
                self.reviewer,
                self.reviewer.kind,
                translation=better,
                comment=answer.comment,
            )
            return Judged(
                answer,
                Outcome.CORRECTED,
                "",
                Entry(message.domain, record, better),
                before=message.translation,
            )
        if answer.verdict == "right":
            problem = self._problem(message, message.translation)
            if problem:
                return self._refused(message, answer, problem)
            record = record_of(
                message, self.language.locale, self.reviewer, self.reviewer.kind, comment=answer.comment
            )
            # A fuzzy text that a person has approved is fuzzy no more.
            text = None if message.shown else message.translation
            return Judged(answer, Outcome.SIGNED, "", Entry(message.domain, record, text))
        outcomes = {"change": (Outcome.CHANGE, Kind.CHANGE), "unsure": (Outcome.UNSURE, Kind.UNSURE)}
        outcome, kind = outcomes.get(answer.verdict, (Outcome.COMMENT, Kind.COMMENT))
        record = record_of(
            message, self.language.locale, self.reviewer, kind, comment=answer.comment, suggestion=better
        )
        return Judged(answer, outcome, "", Entry(message.domain, record))

    def _refused(self, message: MessageReview, answer: Answer, reason: str) -> Judged:
        """The answer cannot be taken; the wish for a change stands, and so do the words."""
        kind = Kind.CHANGE if answer.better else Kind.COMMENT
        record = record_of(
            message,
            self.language.locale,
            self.reviewer,
            kind,
            comment=answer.comment,
            suggestion=answer.better,
        )
        return Judged(answer, Outcome.REFUSED, reason, Entry(message.domain, record))

    def _problem(self, message: MessageReview, text: str) -> str:
        """What ``parentguide check`` would call an error in ``text``; empty if nothing."""
        if not text:
            return "there is no translation to approve"
        broken = inline.broken_markup(message.english, text)
        if broken:
            return broken
        pair = Pair(self.language, message.context, message.english, text)
        for check in PAIR_CHECKS:
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
