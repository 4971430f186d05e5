"""Paragraphs that hold several statements, because the author pressed Shift+Enter (or wrote ``<br>``).

A forced break may divide two list items, a heading and its text, or the lines of an address; or it may
be left from an e-mail, in the middle of a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parentguide.newsletter.marks import Sort, marked
from parentguide.newsletter.passages import Role

LINE_BREAK, PAGE_BREAK = "\n", "\f"
_BREAK = re.compile(f"({LINE_BREAK}|{PAGE_BREAK})")
_SHORT = 50  # characters; shorter than a line of running text
_SIZES_DIFFER = 1.0  # points
# A sentence's end, or that of a contact: a telephone number or an address.
_ENDS_STATEMENT = re.compile(r"[.!?:;…][\"”’')\]]*$|\d[\d ]{7,}$|\S@\S+$")


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one look. ``size`` is in points, and None if the file does not say.

    :data:`LINE_BREAK` and :data:`PAGE_BREAK` in ``text`` are breaks that the author forced.
    """

    text: str
    size: float | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    spans: tuple[Span, ...]
    apart: bool  # there is a blank line or a page break above it

    @property
    def text(self) -> str:
        return " ".join("".join(span.text for span in self.spans).split())

    @property
    def marked(self) -> bool:
        return begins_with_mark(self.text)

    @property
    def look(self) -> tuple[bool, float]:
        shown = [span for span in self.spans if span.text.strip()]
        return all(span.bold for span in shown), max(span.size or 0.0 for span in shown)


def parts_of(spans: Sequence[Span], role: Role) -> tuple[tuple[Span, ...], ...]:
    """The spans of each statement of a paragraph. A break inside a statement is a space."""
    lines = list(_lines(spans))
    if role is Role.HEADING or len(lines) < 2:
        return (_joined(lines),) if lines else ()
    wrapped = not all(_may_end(above, line) for above, line in pairwise(lines))
    groups = [[lines[0]]]
    for above, line in pairwise(lines):
        begins = line.apart or line.marked
        if role is not Role.ITEM:
            begins = begins or not wrapped or _differ(above, line)
        if begins:
            groups.append([line])
        else:
            groups[-1].append(line)
    return tuple(_joined(group) for group in groups)


def begins_with_mark(text: str) -> bool:
    """Whether a line may be a list item by its first characters."""
    return any(option.sort is not Sort.REPEATED for option in marked(text))


def _may_end(above: _Line, line: _Line) -> bool:
    """Whether a statement may end between the lines: not inside a sentence."""
    if line.apart or line.marked or _differ(above, line):
        return True
    if line.text[:1].islower():
        return False
    return len(above.text) < _SHORT or bool(_ENDS_STATEMENT.search(above.text))


def _differ(above: _Line, line: _Line) -> bool:
    (bold, size), (next_bold, next_size) = above.look, line.look
    return bold is not next_bold or abs(size - next_size) >= _SIZES_DIFFER


def _joined(lines: Sequence[_Line]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for line in lines:
        if spans:
            spans.append(Span(" "))
        spans += line.spans
    return tuple(spans)


def _lines(spans: Sequence[Span]) -> Iterator[_Line]:
    """The lines with words."""
    line: list[Span] = []
    blank = 0
    apart = False
    for span in spans:
        for piece in _BREAK.split(span.text):
            if piece not in (LINE_BREAK, PAGE_BREAK):
                line.append(Span(piece, span.size, span.bold))
                continue
            if any(part.text.strip() for part in line):
                yield _Line(tuple(line), apart)
                blank, apart = 0, False
            else:
                blank += 1
            apart = apart or piece == PAGE_BREAK or blank > 0
            line = []
    if any(part.text.strip() for part in line):
        yield _Line(tuple(line), apart)
