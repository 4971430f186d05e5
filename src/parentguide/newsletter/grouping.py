"""Group the lines of a newsletter into statements.

The rules rest on one observation: in running text a line ends where the next word would not have
fitted. A line that ends a sentence although the next word would have fitted was broken on purpose,
and ends its paragraph.
"""

import re
from collections.abc import Iterator

from parentguide.model.statement import StatementKind
from parentguide.newsletter.drafts import StatementDraft
from parentguide.newsletter.headings import has_heading_mark, heading_text, is_heading
from parentguide.newsletter.lines import Layout, Line
from parentguide.newsletter.quotations import quotation_drafts, quotation_end

_SENTENCE_START = re.compile(r"[\"“‘(]?[A-Z0-9]")
_CLOSED_ITEM = re.compile(r";(?:\s+(?:and|or))?$")


def group_lines(lines: tuple[Line, ...]) -> Iterator[StatementDraft]:
    """The statements of the lines, in reading order."""
    return _Grouper(lines).drafts()


class _Grouper:
    """Reads line after line; ``_open`` has the lines of the statement that is being collected."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self._lines = lines
        self._layout = Layout.of(lines)
        self._open: list[Line] = []
        self._kind = StatementKind.PARAGRAPH

    def drafts(self) -> Iterator[StatementDraft]:
        index = 0
        while index < len(self._lines):
            end = quotation_end(self._lines, index)
            if end is None:
                yield from self._feed(index)
                index += 1
            else:
                yield from self._close()
                yield from quotation_drafts(self._lines[index : end + 1])
                index = end + 1
        yield from self._close()

    def _feed(self, index: int) -> Iterator[StatementDraft]:
        """Take one more line; the statements that it finishes."""
        line = self._lines[index]
        if line.blank:
            if not self._item_continues_below(index):
                yield from self._close()
        elif line.mark:
            yield from self._begin(StatementKind.ITEM, line)
        elif self._open and not self._begins_statement(index):
            self._open.append(line)
        elif self._lost_its_mark(index):
            yield from self._begin(StatementKind.ITEM, line)
        elif is_heading(line, self._line_below(index), self._layout):
            yield from self._close()
            yield StatementDraft(StatementKind.HEADING, line.number, (heading_text(line),))
        else:
            yield from self._begin(StatementKind.PARAGRAPH, line)

    def _begin(self, kind: StatementKind, line: Line) -> Iterator[StatementDraft]:
        yield from self._close()
        self._kind, self._open = kind, [line]

    def _close(self) -> Iterator[StatementDraft]:
        if self._open:
            texts = tuple(line.text for line in self._open)
            yield StatementDraft(self._kind, self._open[0].number, texts)
        self._open = []

    def _line_below(self, index: int) -> Line | None:
        return self._lines[index + 1] if index + 1 < len(self._lines) else None

    @property
    def _in_item(self) -> bool:
        return bool(self._open) and self._kind is StatementKind.ITEM

    def _item_continues_below(self, index: int) -> bool:
        """Whether an item that was cut by a page break continues below the blank line at ``index``."""
        following = self._layout.following[index]
        return (
            self._in_item
            and following is not None
            and not following.mark
            and not self._open[-1].text.endswith((".", ";", ":", "!", "?"))
            and following.text[:1].islower()
        )

    def _begins_statement(self, index: int) -> bool:
        """Whether the line begins a statement of its own, rather than continuing the open one."""
        line, previous = self._lines[index], self._open[-1]
        if has_heading_mark(line, self._layout.body_indent):
            return True
        starts_sentence = bool(_SENTENCE_START.match(line.text))
        if self._in_item:
            # An item of several sentences fills its lines; what follows a full stop is a paragraph.
            return (
                self._item_is_closed()
                or (starts_sentence and previous.ends_sentence)
                or (starts_sentence and self._is_item_without_mark(index))
            )
        width = self._layout.run_widths[index]
        return starts_sentence and previous.ends_sentence and previous.first_word_fits(line.text, width)

    def _item_is_closed(self) -> bool:
        return bool(_CLOSED_ITEM.search(" ".join(line.text for line in self._open)))

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
        return following is not None and bool(following.mark) and not line.text.endswith(":")
