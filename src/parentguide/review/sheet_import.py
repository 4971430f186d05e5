"""Decide what a filled-in review sheet changes, row by row.

A row is taken only if it shows the present words, its answer is clear, and somebody may sign the text that
it approves. The others are listed with what to do, and what the reviewer wrote in them is kept in the ledger
as a comment, which approves and withdraws nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from parentguide.model.language import Language
from parentguide.review.approvals import refusal_reasons
from parentguide.review.judgement import NO_RULES, LanguageRules
from parentguide.review.ledger import Kind, Record
from parentguide.review.sheet_reader import Answer
from parentguide.review.sheet_rows import BoundRow, RowBinder, in_cells, same_row
from parentguide.review.sheet_writer import LABELS, VERDICTS
from parentguide.review.sign_off import LedgerEntry, Reviewer, make_record
from parentguide.review.status import LanguageReview, MessageReview

_ANSWERS = ", ".join(f"“{LABELS[context]}”" for context in VERDICTS)
_ASK = "Ask the reviewer. Then write the words in “Better words”, or answer “Correct” to the present words."
_BETTER = (
    "Fix the row: either better words without “Correct”, or “Correct” alone. A new sheet shows open requests."
)
_NEW_SHEET = "Ask the reviewer to check the present words, with a new sheet."


class RowOutcome(StrEnum):
    """What happens with a row."""

    SIGNED = "signed"
    CORRECTED = "corrected"
    CHANGE = "needs a change"
    UNSURE = "not sure"
    COMMENT = "comment"
    RECORDED = "already recorded"
    REFUSED = "not taken"


class Earlier(StrEnum):
    """Which earlier records say that a row was imported before.

    ``NONE``: every answer is a new act. ``SAME_DAY``: those of the same day. ``ANY_DAY``: all, for a sheet
    that does not say when it was filled in.
    """

    NONE = "none"
    SAME_DAY = "same day"
    ANY_DAY = "any day"


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """One answered row: its outcome, why it is not taken and what to do, and what will be written.

    ``before`` is the translation that a correction replaces. ``context`` is the message's msgctxt, also where
    the sheet no longer has it.
    """

    answer: Answer
    outcome: RowOutcome
    reason: str = ""
    entry: LedgerEntry | None = None
    before: str = ""
    remedy: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class SheetJudge:
    """Judges the rows of one language; ``rules`` are those of its folder."""

    language: Language
    reviewer: Reviewer
    rules: LanguageRules = NO_RULES
    earlier: Earlier = Earlier.NONE

    def judge(self, review: LanguageReview, rows: Iterable[Answer]) -> tuple[JudgedRow, ...]:
        """The outcome of every row that somebody filled in or typed over. Writes nothing."""
        binder = RowBinder(self.language, review.messages)
        by_message: dict[int | str, list[BoundRow]] = {}
        for number, answer in enumerate(rows):
            row = binder.bind(answer)
            key = number if row.message is None else row.message.domain + "\0" + row.message.context
            by_message.setdefault(key, []).append(row)
        judged = [found for group in by_message.values() for found in self._group(group)]
        return tuple(sorted(judged, key=lambda row: (row.answer.tab, row.answer.row)))

    def _group(self, rows: Sequence[BoundRow]) -> Iterator[JudgedRow]:
        """The outcomes of all rows about one message."""
        said = [row for row in rows if not row.answer.blank or row.typed_over]
        if said and not all(same_row(said[0].answer, row.answer) for row in said):
            places = " and ".join(row.answer.place for row in said)
            for row in said:
                yield self._asked(
                    row,
                    f"this message is in the sheet more than once, with different answers ({places})",
                    "Ask the reviewer which one counts, and delete the others.",
                )
            return
        for row in said[:1]:
            yield self._judged(row)

    def _judged(self, row: BoundRow) -> JudgedRow:
        answer, message = row.answer, row.message
        if message is None:
            return self._asked(row, row.changed, _NEW_SHEET)
        if recorded := self._recorded(row, message):
            return recorded
        if answer.trouble:
            return self._asked(
                row, answer.trouble, "Write the answer again in its own row and cell, as text."
            )
        if answer.typed:
            return self._asked(row, f"“{answer.typed[:60]}” is not an answer", f"Write {_ANSWERS}.")
        if row.changed:
            return self._not_present(row)
        return self._fresh(message, answer)

    def _not_present(self, row: BoundRow) -> JudgedRow:
        if not row.typed_over:
            return self._asked(row, row.changed, _NEW_SHEET)
        label = LABELS.get(f"review.{row.answer.verdict}", "")
        if label == LABELS["review.right"]:
            why = f"the answer is “{label}”, but {row.changed}, so nobody can tell which words were approved"
        elif label:
            why = f"the answer is “{label}”, and {row.changed}"
        elif row.answer.better:
            why = f"there are better words, and {row.changed}"
        else:
            why = f"{row.changed}, but there is no answer"
        return self._asked(row, why, _ASK)

    def _recorded(self, row: BoundRow, message: MessageReview) -> JudgedRow | None:
        """The outcome of a row that was imported before; None for a new one."""
        answer = row.answer
        meant = _meant(answer, self.reviewer.kind)
        if self.earlier is Earlier.NONE or meant is None or (meant[0] is Kind.COMMENT and row.changed):
            return None
        kind, words, suggestion = meant
        # A row that shows the present words means these, also where a program changed the spaces.
        shown = replace(message, english=answer.english, translation=answer.translation)
        wanted = self._record(shown if row.changed else message, kind, answer.comment, suggestion, words)
        if not self._has(message, wanted):
            return None
        same = wanted.digest == message.words
        reason = "" if same else "the words are others now, and the row does not count for them"
        return JudgedRow(answer, RowOutcome.RECORDED, reason, context=message.context)

    def _asked(self, row: BoundRow, reason: str, remedy: str) -> JudgedRow:
        """A row that a person has to decide on; what the reviewer wrote is kept as a comment."""
        answer, message = row.answer, row.message
        refused = JudgedRow(answer, RowOutcome.REFUSED, reason, remedy=remedy, context=answer.context)
        if message is None:
            return refused
        typed = answer.translation if row.typed_over and answer.translation != in_cells(message)[1] else ""
        about = message
        if row.changed and not row.typed_over:
            about = replace(message, english=answer.english, translation=answer.translation)
        record = self._record(about, Kind.COMMENT, answer.comment, answer.better or typed)
        return replace(refused, entry=self._kept(message, record), context=message.context)

    def _kept(self, message: MessageReview, record: Record) -> LedgerEntry | None:
        """What is written of a row that is not taken: nothing if it has no words, or the ledger has them."""
        if not (record.comment or record.suggestion) or self._has(message, record):
            return None
        return LedgerEntry(message.domain, record)

    def _has(self, message: MessageReview, wanted: Record) -> bool:
        """Whether the ledger has such a record, whenever it was written."""
        return self.earlier is not Earlier.NONE and any(
            _content(record) == _content(wanted)
            and (record.date == wanted.date or self.earlier is Earlier.ANY_DAY)
            for record in message.records
        )

    def _record(
        self,
        message: MessageReview,
        kind: Kind,
        comment: str,
        suggestion: str = "",
        translation: str | None = None,
        answers: Iterable[str] = (),
    ) -> Record:
        return make_record(
            message,
            self.language.locale,
            self.reviewer,
            kind,
            translation=translation,
            comment=comment,
            suggestion=suggestion,
            answers=answers,
        )

    def _fresh(self, message: MessageReview, answer: Answer) -> JudgedRow:
        """The outcome of a row whose texts are the present ones."""
        better = answer.better if answer.better != message.translation.strip() else ""
        if better and answer.verdict == "right":
            return self._refused(message, answer, "the answer is “Correct”, but the row has better words")
        if better and answer.verdict in ("", "change"):
            return self._corrected(message, answer, better)
        if answer.verdict == "right":
            return self._signed(message, answer)
        if answer.better and not answer.verdict:
            same = "the better words are the present words, and there is no answer"
            return self._refused(message, answer, same)
        outcomes = {"change": (RowOutcome.CHANGE, Kind.CHANGE), "unsure": (RowOutcome.UNSURE, Kind.UNSURE)}
        outcome, kind = outcomes.get(answer.verdict, (RowOutcome.COMMENT, Kind.COMMENT))
        record = self._record(message, kind, answer.comment, better)
        return JudgedRow(answer, outcome, "", LedgerEntry(message.domain, record), context=message.context)

    def _corrected(self, message: MessageReview, answer: Answer, better: str) -> JudgedRow:
        problem = self._problem(message, better, answer)
        if problem:
            return self._refused(message, answer, problem)
        answered = _answered(message, answer)
        record = self._record(
            message, self.reviewer.kind, answer.comment, translation=better, answers=answered
        )
        entry = LedgerEntry(message.domain, record, better)
        before = message.translation
        return JudgedRow(answer, RowOutcome.CORRECTED, "", entry, before, context=message.context)

    def _signed(self, message: MessageReview, answer: Answer) -> JudgedRow:
        problem = self._problem(message, message.translation, answer)
        if problem:
            return self._refused(message, answer, problem)
        answered = _answered(message, answer)
        record = self._record(message, self.reviewer.kind, answer.comment, answers=answered)
        # A person has approved this text, so it is written again without the fuzzy mark.
        text = None if message.shown else message.translation
        entry = LedgerEntry(message.domain, record, text)
        return JudgedRow(answer, RowOutcome.SIGNED, "", entry, context=message.context)

    def _refused(self, message: MessageReview, answer: Answer, reason: str) -> JudgedRow:
        """An answer that nobody may give: the message keeps its translation, and the ledger the wish."""
        better = answer.better if answer.better != message.translation.strip() else ""
        record = self._record(message, Kind.CHANGE if better else Kind.COMMENT, answer.comment, better)
        return JudgedRow(
            answer,
            RowOutcome.REFUSED,
            reason,
            self._kept(message, record),
            remedy=_BETTER,
            context=message.context,
        )

    def _problem(self, message: MessageReview, text: str, answer: Answer) -> str:
        """Why nobody may sign ``text``; empty if somebody may."""
        reasons = refusal_reasons(
            self.language, message, text, self.rules, accept_fuzzy=True, answers=answer.requests
        )
        return "; ".join(reasons)


def _answered(message: MessageReview, answer: Answer) -> list[str]:
    """The open requests that the row shows: whoever approves or corrects its words has read them."""
    return [request.id for request in message.open_requests if request.id in answer.requests]


def _meant(answer: Answer, approval: Kind) -> tuple[Kind, str | None, str] | None:
    """The kind of the record that a row asks for, its words (None: those that the row shows) and its
    suggestion. None for a row whose answer is not clear."""
    better = answer.better if answer.better != answer.translation else ""
    if answer.blank or answer.trouble or answer.typed or (better and answer.verdict == "right"):
        return None
    if better and answer.verdict in ("", "change"):
        return approval, better, ""
    kinds = {"right": approval, "change": Kind.CHANGE, "unsure": Kind.UNSURE}
    return kinds.get(answer.verdict, Kind.COMMENT), None, better


def _content(record: Record) -> tuple[str, ...]:
    """What a record says, whenever it was made."""
    return (
        record.kind,
        record.digest,
        record.role,
        record.reviewer,
        record.comment,
        record.suggestion,
    )
