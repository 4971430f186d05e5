"""Group the lines of a newsletter into statements.

The rules rest on one observation: in running text a line ends where the next word would not have
fitted. A line that ends a sentence although the next word would have fitted was broken on purpose,
and ends its paragraph. In a text that is not wrapped, each line is a statement.
"""

import re

from parentguide.model.statement import StatementKind
from parentguide.newsletter.drafts import StatementDraft
from parentguide.newsletter.headings import (
    has_contact,
    has_heading_mark,
    heading_text,
    is_heading,
    looks_like_heading,
)
from parentguide.newsletter.lines import Layout, Line
from parentguide.newsletter.quotations import Found, Quotations, quotation_drafts

_SENTENCE_START = re.compile(r"[\"“‘(]?[A-Z0-9§£]")
_CLOSED_ITEM = re.compile(r";(?:\s+(?:and|or))?$")
_CUT_WORD = re.compile(r"[A-Za-z][-‐]$")
# A line that fills less of the column than this, before a line that begins like a sentence, was broken on
# purpose even if it does not end a sentence.
_SHORT = 0.6
_NARROW = 0.7
_QUESTION_ROOM = 0.9


def group_lines(lines: tuple[Line, ...]) -> list[StatementDraft]:
    """The statements of the lines, in reading order."""
    return _Grouper(lines).drafts()


class _Grouper:
    """Reads line after line into ``_found``; ``_open`` has the lines of the statement that is begun."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self._lines = lines
        self._layout = Layout.of(lines)
        self._quotations = Quotations(lines)
        self._found: list[StatementDraft] = []
        self._open: list[Line] = []
        self._kind = StatementKind.PARAGRAPH
        self._has_gap = True

    def drafts(self) -> list[StatementDraft]:
        index = 0
        while index < len(self._lines):
            found = self._quotations.at(index) if self._may_quote(index) else None
            if found is None:
                self._feed(index)
                index += 1
            else:
                self._quote(index, found)
                index = found.end + 1
        self._close()
        return self._found

    def _may_quote(self, index: int) -> bool:
        """Whether a long quotation may begin in the line: not in the middle of an item."""
        return not (self._open and self._kind is StatementKind.ITEM and not self._begins_statement(index))

    def _quote(self, index: int, found: Found) -> None:
        if found.before.text:
            if self._open and not self._begins_statement(index):
                self._open.append(found.before)
            else:
                self._begin(StatementKind.PARAGRAPH, found.before)
        self._close()
        quoted = (found.opening, *self._lines[index + 1 : found.end + 1])
        self._found += quotation_drafts(quoted, is_wrapped=self._layout.is_wrapped, column=found.column)

    def _feed(self, index: int) -> None:
        """Take one more line."""
        line = self._lines[index]
        if line.blank:
            if not self._continues_below(index):
                self._close()
                self._has_gap = True
        elif line.kind:
            self._close()
            self._add(line.kind, (line,), is_guess=False)
        elif line.mark:
            self._begin(StatementKind.ITEM, line)
        elif self._open and not self._begins_statement(index):
            self._open.append(line)
        elif self._lost_its_mark(index):
            self._begin(StatementKind.ITEM, line)
        elif self._is_heading(index):
            self._close()
            self._add(StatementKind.HEADING, (line,), is_guess=self._layout.is_wrapped)
        else:
            self._begin(StatementKind.PARAGRAPH, line)

    def _begin(self, kind: StatementKind, line: Line) -> None:
        self._close()
        self._kind, self._open = kind, [line]

    def _close(self) -> None:
        if self._open:
            is_guess = self._kind is StatementKind.PARAGRAPH and len(self._open) == 1
            self._add(self._kind, tuple(self._open), is_guess=is_guess)
            self._open = []

    def _add(self, kind: StatementKind, lines: tuple[Line, ...], *, is_guess: bool) -> None:
        is_heading = kind is StatementKind.HEADING and not lines[0].kind
        texts = tuple([heading_text(line) if is_heading else line.text for line in lines])
        gap, self._has_gap = self._has_gap, False
        first = lines[0]
        self._found.append(
            StatementDraft(kind, first.number, texts, is_guess, gap, first.page, "", first.doubt)
        )

    def _is_heading(self, index: int) -> bool:
        """Whether the line is a heading by its mark, or in a wrapped text by its look."""
        line = self._lines[index]
        if not self._layout.is_wrapped:
            return has_heading_mark(line, self._layout.body_indent)
        return is_heading(line, self._line_below(index), self._layout)

    def _line_below(self, index: int) -> Line | None:
        return self._lines[index + 1] if index + 1 < len(self._lines) else None

    @property
    def _in_item(self) -> bool:
        return bool(self._open) and self._kind is StatementKind.ITEM

    def _continues_below(self, index: int) -> bool:
        """Whether a sentence that was cut by a page break continues below the blank line at ``index``."""
        following = self._layout.following[index]
        if not self._open or following is None or following.mark or following.kind:
            return False
        above = self._open[-1]
        if above.text.endswith((".", ";", ":", "!", "?")) or not following.text[:1].islower():
            return False
        is_full = self._layout.is_wrapped and not above.first_word_fits(
            following.text, self._layout.width * _NARROW
        )
        return self._in_item or is_full

    def _begins_statement(self, index: int) -> bool:
        """Whether the line begins a statement of its own, rather than continuing the open one."""
        line, previous = self._lines[index], self._open[-1]
        if line.continues:
            return False
        if line.kind or has_heading_mark(line, self._layout.body_indent):
            return True
        starts_sentence = bool(_SENTENCE_START.match(line.text))
        if (self._layout.is_wrapped or not starts_sentence) and _CUT_WORD.search(previous.text[-2:]):
            return False
        if self._in_item:
            return self._ends_item(index, starts_sentence=starts_sentence)
        return self._ends_paragraph(index, starts_sentence=starts_sentence)

    def _ends_paragraph(self, index: int, *, starts_sentence: bool) -> bool:
        line, layout = self._lines[index], self._layout
        if not layout.is_wrapped:
            return not layout.one_sentence[index]
        if layout.broken[index]:
            return True
        if not starts_sentence:
            return False
        return self._stands_alone(index) or self._was_broken(self._open[-1], line, layout.run_widths[index])

    def _stands_alone(self, index: int) -> bool:
        """Whether a full line with a sentence's end stands above a line that ends early without one."""
        line, below = self._lines[index], self._line_below(index)
        if below is None or below.blank or not self._open[-1].ends_sentence or line.ends_sentence:
            return False
        is_early = line.first_word_fits(below.text, self._layout.width * _NARROW)
        goes_on = not below.mark and not _SENTENCE_START.match(below.text)
        return is_early and not goes_on and looks_like_heading(line.text)

    def _was_broken(self, previous: Line, line: Line, run_width: int) -> bool:
        """Whether ``previous`` was broken on purpose before ``line``, which begins like a sentence."""
        if previous.ends_sentence and previous.first_word_fits(line.text, run_width):
            return True
        if self._is_question(previous, line):
            return True
        if has_contact(previous.text) and has_contact(line.text):
            return previous.first_word_fits(line.text, self._layout.width)
        is_narrow = run_width < self._layout.width * _NARROW
        return is_narrow or previous.first_word_fits(line.text, self._layout.width * _SHORT)

    def _is_question(self, previous: Line, line: Line) -> bool:
        """Whether the line is a question that is a heading: it is whole, and there was room above it."""
        has_room = previous.first_word_fits(line.text, self._layout.width * _QUESTION_ROOM)
        return has_room and line.text.endswith("?") and looks_like_heading(line.text)

    def _ends_item(self, index: int, *, starts_sentence: bool) -> bool:
        """An item of several sentences fills its lines; what follows a full stop is a paragraph."""
        line, previous = self._lines[index], self._open[-1]
        if self._item_is_closed():
            return True
        if not starts_sentence:
            return False
        return (
            previous.ends_sentence
            or not self._layout.is_wrapped
            or self._is_item_without_mark(index)
            or previous.first_word_fits(line.text, self._layout.width * _SHORT)
            or self._is_question(previous, line)
        )

    def _item_is_closed(self) -> bool:
        # “; and” may be cut by a line's end, so the last two lines count.
        return bool(_CLOSED_ITEM.search(" ".join(line.text[-8:] for line in self._open[-2:])))

    def _is_item_without_mark(self, index: int) -> bool:
        """In a list without end punctuation: a short line, then this one, then another list mark."""
        line, following = self._lines[index], self._layout.following[index]
        return (
            self._open[-1].first_word_fits(line.text, int(self._layout.width * 0.8))
            and following is not None
            and bool(following.mark)
        )

    def _lost_its_mark(self, index: int) -> bool:
        """Whether the line is an item whose mark the PDF lost: after “;” in a list, or between two marks."""
        line, following = self._lines[index], self._layout.following[index]
        if not self._in_item or has_heading_mark(line, self._layout.body_indent):
            return False
        if self._item_is_closed():
            return True
        if not self._layout.is_wrapped and looks_like_heading(line.text):
            # Nobody types a list and forgets a mark; only a PDF loses it.
            return False
        return following is not None and bool(following.mark) and not line.text.endswith(":")
