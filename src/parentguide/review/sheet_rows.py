"""Bind each row of a review sheet to the message whose words it shows.

A row is about exactly the words that the reviewer saw. The sheet has their digest in a hidden column. If
that was deleted, or stands beside another message's words because only what is seen was sorted, the English
and the translation in the row must be the present ones, letter for letter.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parentguide.model.language import Language
from parentguide.model.shown_words import words_digest
from parentguide.review.sheet_cells import storable
from parentguide.review.sheet_reader import Answer
from parentguide.review.status import LanguageReview, MessageReview


@dataclass(frozen=True, slots=True)
class BoundRow:
    """A row and its message, which is None if no message is like the row.

    ``changed`` says why the row does not show the present words; it is empty if it does. ``typed_over``:
    the English or the translation was changed in the sheet, or nobody can tell whether it was.
    """

    answer: Answer
    message: MessageReview | None
    changed: str = ""
    typed_over: bool = False


class RowBinder:
    """Finds the messages of one language by the rows of its sheet."""

    def __init__(self, language: Language, messages: Sequence[MessageReview]) -> None:
        self._language = language
        self._by_key: dict[tuple[str, str], MessageReview] = {}
        self._by_context: dict[str, list[MessageReview]] = defaultdict(list)
        self._by_words: dict[tuple[str, str], list[MessageReview]] = defaultdict(list)
        self._by_english: dict[str, list[MessageReview]] = defaultdict(list)
        self._digests = {message.words for message in messages}
        for message in messages:
            self._by_key[message.domain, message.context] = message
            self._by_context[message.context].append(message)
            self._by_words[in_cells(message)].append(message)
            self._by_english[in_cells(message)[0]].append(message)

    def bind(self, answer: Answer) -> BoundRow:
        """The row with its message, and whether it shows the present words."""
        named = self._named(answer)
        if named is not None and named.words == answer.words and _looks_same(named, answer):
            return BoundRow(answer, named)
        same = self._by_words[answer.english, answer.translation]
        if same:
            return self._letter_for_letter(answer, named, same)
        english = self._by_english[answer.english]
        if named not in english and len(english) == 1:
            return BoundRow(answer, english[0], _not_present(english[0], answer), typed_over=True)
        return self._unknown(answer) if named is None else self._changed(answer, named)

    def _letter_for_letter(
        self, answer: Answer, named: MessageReview | None, same: Sequence[MessageReview]
    ) -> BoundRow:
        """A row whose words are those of the messages ``same``, though its digest is not beside them."""
        if answer.words and answer.words not in self._digests:
            # Not a row whose hidden cells only moved to another message's words.
            return BoundRow(answer, named or same[0], "its hidden cells belong to other words")
        if named in same or len(same) == 1:
            return BoundRow(answer, named if named in same else same[0])
        names = ", ".join(f"“{message.context}”" for message in same)
        return BoundRow(answer, None, f"several messages have these words: {names}")

    def _named(self, answer: Answer) -> MessageReview | None:
        """The message that the hidden columns name."""
        if answer.domain and answer.context:
            return self._by_key.get((answer.domain, answer.context))
        found = self._by_context[answer.context] if answer.context else ()
        return found[0] if len(found) == 1 else None

    def _unknown(self, answer: Answer) -> BoundRow:
        name = f" “{answer.context}”" if answer.context else " with these English words"
        typed_over = not self._as_made(answer)
        return BoundRow(answer, None, f"there is no message{name}", typed_over=typed_over)

    def _changed(self, answer: Answer, message: MessageReview) -> BoundRow:
        if answer.words == message.words:
            return BoundRow(answer, message, _cells_changed(message, answer), typed_over=True)
        if self._as_made(answer):
            changed = "the text has changed since the sheet was made, or the row belongs to another language"
            return BoundRow(answer, message, changed)
        return BoundRow(answer, message, _not_present(message, answer), typed_over=True)

    def _as_made(self, answer: Answer) -> bool:
        """Whether the row's texts are those that the sheet was made with."""
        words = words_digest(answer.context, self._language.locale, answer.english, answer.translation)
        return bool(answer.words) and words == answer.words


def messages_without_row(review: LanguageReview, rows: Iterable[Answer]) -> tuple[MessageReview, ...]:
    """The messages that no row of a sheet is about, because rows were deleted or messages are new."""
    binder = RowBinder(review.language, review.messages)
    found = {(m.domain, m.context) for row in rows if (m := binder.bind(row).message)}
    return tuple(m for m in review.messages if (m.domain, m.context) not in found)


def in_cells(message: MessageReview) -> tuple[str, str]:
    """The English and the translation as a sheet shows them."""
    return storable(message.english).strip(), storable(message.translation).strip()


def _looks_same(message: MessageReview, answer: Answer) -> bool:
    """Whether the row shows the message's words, but for the form of the spaces and of the accents.

    Programs change these when they save a sheet, and nobody sees it.
    """
    return [*map(_seen, in_cells(message))] == [_seen(answer.english), _seen(answer.translation)]


def _seen(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _cells_changed(message: MessageReview, answer: Answer) -> str:
    english, translation = in_cells(message)
    cells = [
        name
        for name, now, shown in (
            ("English", answer.english, english),
            ("Translation", answer.translation, translation),
        )
        if _seen(now) != _seen(shown)
    ]
    return f"the {' and the '.join(cells)} cell {'were' if len(cells) > 1 else 'was'} changed"


def _not_present(message: MessageReview, answer: Answer) -> str:
    """For a row whose own digest does not tell which words it showed."""
    cells = (
        _cells_changed(message, answer).replace("was changed", "differs").replace("were changed", "differ")
    )
    return f"{cells} from the present words: it was changed in the sheet, or the text has changed since"


def same_row(one: Answer, other: Answer) -> bool:
    """Whether two rows about one message say the same."""
    return _said(one) == _said(other)


def _said(row: Answer) -> Sequence[str]:
    return (row.english, row.translation, row.verdict, row.typed, row.better, row.comment, row.trouble)
