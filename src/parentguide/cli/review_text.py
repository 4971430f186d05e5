"""What ``parentguide review`` prints: tables, differences and the outcome of each row."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.table import Table

from parentguide.model.review_state import TRANSLATION_STATES
from parentguide.review.ledger import Record
from parentguide.review.sheet_import import JudgedRow, RowOutcome
from parentguide.review.sheet_reader import Answers
from parentguide.review.sheet_rows import messages_without_row
from parentguide.review.status import LanguageReview


def status_table(reviews: Iterable[LanguageReview]) -> Table:
    """A row for each guide and the interface in each language: its state, and how many messages are in
    which state."""
    table = Table(box=box.SIMPLE)
    for heading in ("Tag", "Language", "Part", "State"):
        table.add_column(heading, no_wrap=True)
    for heading in (*(state.capitalize() for state in TRANSLATION_STATES), "Out of date", "Change requested"):
        table.add_column(heading, justify="right")
    for whole, domain, review in _parts(reviews):
        counts = [
            *(sum(message.state is state for message in review.messages) for state in TRANSLATION_STATES),
            sum(bool(message.outdated) for message in review.messages),
            sum(bool(message.open_requests) for message in review.messages),
        ]
        language = whole.language
        table.add_row(language.tag, language.english_name, domain, review.state, *map(str, counts))
    return table


def _parts(reviews: Iterable[LanguageReview]) -> Iterator[tuple[LanguageReview, str, LanguageReview]]:
    for whole in reviews:
        for domain, part in whole.parts.items():
            yield whole, domain, part


def details(review: LanguageReview) -> Iterator[str]:
    """The sign-offs that are out of date, with the difference, and the changes that reviewers request."""
    for message in review.messages:
        where = f"{review.language.tag} {message.domain} “{message.context}”"
        if message.outdated:
            last = message.outdated[-1]
            yield f"{where}: no longer {last.kind} ({last.signature}, {last.date})"
            yield from _difference("English", last.english, message.english)
            yield from _difference(review.language.english_name, last.translation, message.translation)
        for record in message.open_requests:
            yield f"{where}: {_request(record)}"


def _request(record: Record) -> str:
    words = f"{record.kind}, {record.signature}, {record.date}: {record.comment} {record.suggestion}"
    return f"{words.rstrip(' :')} [not answered, {record.id}]"


def _difference(name: str, old: str, new: str) -> Iterator[str]:
    """One line with deleted text as [-…-] and added text as {+…+}; no line if the two are equal."""
    if old == new:
        return
    # Words and the spaces between them, so that scripts without spaces are still readable.
    before, after = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (old, new))
    parts = []
    for kind, a, b, c, d in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        deleted, added = "".join(before[a:b]), "".join(after[c:d])
        if kind == "equal":
            parts.append(deleted)
        else:
            parts.append((f"[-{deleted}-]" if deleted else "") + (f"{{+{added}+}}" if added else ""))
    yield f"    {name}: {''.join(parts)}"


def import_lines(review: LanguageReview, answers: Answers, judged: Sequence[JudgedRow]) -> Iterator[str]:
    """What the import of a review sheet will do: the rows that are taken, then those that are not, and
    how many of each."""
    for note in answers.notes:
        yield f"Note: {note}."
    taken = [row for row in judged if row.outcome is not RowOutcome.REFUSED]
    refused = [row for row in judged if row.outcome is RowOutcome.REFUSED]
    for row in taken:
        yield from _row_lines(row)
    if refused:
        yield f"Not taken ({len(refused)}), and what to do:"
    for row in refused:
        yield from _row_lines(row)
    judged_rows = {(row.answer.tab, row.answer.row) for row in judged}
    unanswered = sum(row.blank and (row.tab, row.row) not in judged_rows for row in answers.rows)
    yield outcome_counts(judged, unanswered)
    absent = messages_without_row(review, answers.rows)
    if absent:
        yield f"The sheet has no row for {len(absent)} of the {len(review.messages)} messages."


def _row_lines(row: JudgedRow) -> Iterator[str]:
    """The outcome of one row of a review sheet, and what the reviewer wrote in it."""
    answer = row.answer
    name = f", “{row.context}”" if row.context else f", “{_short(answer.english)}”"
    said = (
        row.reason
        if row.outcome is RowOutcome.REFUSED
        else ": ".join(filter(None, (row.outcome, row.reason)))
    )
    yield f"{answer.place}{name}: {said}"
    if row.before and row.entry and row.entry.text is not None:
        yield from _difference("words", row.before, row.entry.text)
    elif answer.better:
        yield f"    better words: {answer.better}"
    if row.outcome is RowOutcome.REFUSED and answer.translation:
        yield f"    in the sheet: {answer.translation}"
    if answer.comment:
        yield f"    comment: {answer.comment}"
    if row.remedy:
        yield f"    What to do: {row.remedy}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def outcome_counts(judged: Sequence[JudgedRow], unanswered: int) -> str:
    """How many rows have which outcome, such as “3 signed, 1 not taken; 97 not answered.”"""
    counts = {outcome: sum(row.outcome is outcome for row in judged) for outcome in RowOutcome}
    listed = [f"{n} {outcome}" for outcome, n in counts.items() if n or outcome is RowOutcome.SIGNED]
    return f"{', '.join(listed)}; {unanswered} not answered."
