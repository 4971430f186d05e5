"""Paragraphs and tables as Word, OpenDocument and web pages nest them, and the passages in them.

The readers of these files differ only in where they find the blocks. The rules for tables, line breaks
and quotations are the same, and are here. Pure functions.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from parentguide.newsletter.forced_breaks import LINE_BREAK, PAGE_BREAK, Span, begins_with_mark, parts_of
from parentguide.newsletter.headings import looks_like_heading
from parentguide.newsletter.passages import Passage, Role

_QUOTATION_MARKS, _CLOSING_MARKS = "“‘\"'„«", "”’\"'“»"
_NOT_MARKED = "the file calls this a quotation, but it has no quotation marks"
_BOX_HEADING = "the first line of a box, which looks like its heading"
_LONGEST_HEADING = 200  # characters
_TOO_LONG = "the file calls this a heading, but it is as long as a paragraph"
_MOST_IN_A_BOX = 12  # paragraphs; a box with more holds a whole letter
__all__ = [
    "LINE_BREAK", "PAGE_BREAK", "Block", "Paragraph", "Span", "Table", "in_box", "passages_of", "words_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``line`` is its number from 1.

    ``quotation`` is 0 if the file does not call it one; paragraphs with the same number are one quotation.
    """

    spans: tuple[Span, ...]
    role: Role = Role.PARAGRAPH
    line: int = 0
    quotation: int = 0
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells of blocks. A cell that covers others is there once, in its first row."""

    rows: tuple[tuple[tuple["Block", ...], ...], ...]


Block: TypeAlias = Paragraph | Table


def passages_of(blocks: Iterable[Block]) -> tuple[Passage, ...]:
    """The passages of the blocks, in reading order; blocks without words have none."""
    found: list[Passage] = []
    for quotation, group in groupby(_numbered_passages(blocks), key=lambda pair: pair[0]):
        passages = [passage for _, passage in group]
        found += _with_quotation_marks(passages) if quotation else passages
    return tuple(found)


def in_box(blocks: Iterable[Block]) -> list[Block]:
    """The blocks of a text box. A short first line with text below is the heading of the box."""
    found = _filled(blocks)
    first = found[0] if found else None
    if not isinstance(first, Paragraph) or first.role is not Role.PARAGRAPH:
        return found
    has_heading = any(isinstance(block, Paragraph) and block.role is Role.HEADING for block in found)
    text = words_of([first])
    is_heading = looks_like_heading(text) and not text.endswith(":") and not begins_with_mark(text)
    if is_heading and not has_heading and 1 < len(found) <= _MOST_IN_A_BOX:
        found[0] = replace(first, role=Role.HEADING, doubt=_BOX_HEADING)
    return found


def words_of(blocks: Iterable[Block]) -> str:
    """All words of the blocks on one line."""
    texts = ("".join(span.text for span in paragraph.spans) for paragraph in _paragraphs(blocks))
    return _clean(" ".join(texts))


def _numbered_passages(blocks: Iterable[Block]) -> Iterator[tuple[int, Passage]]:
    """Each passage, with the number of its quotation."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for passage in _of_paragraph(block):
                yield block.quotation, passage
        else:
            places_text = _is_layout(block)
            for row in block.rows:
                if places_text or _row_is_layout(row):
                    for cell in row:
                        yield from _numbered_passages(in_box(cell))
                elif text := _row_text(row):
                    yield 0, Passage(text, Role.ROW, _first_line(row))


def _of_paragraph(paragraph: Paragraph) -> Iterator[Passage]:
    """One passage, or more if forced line breaks divide the paragraph (:mod:`forced_breaks`)."""
    role = paragraph.role
    for number, spans in enumerate(parts_of(paragraph.spans, role)):
        text = _clean("".join(span.text for span in spans))
        if text:
            # What follows a blank line inside an item is below the item.
            below = number > 0 and role is Role.ITEM
            too_long = role is Role.HEADING and len(text) > _LONGEST_HEADING
            yield Passage(
                text,
                Role.PARAGRAPH if below or too_long else role,
                paragraph.line,
                size=_size(spans),
                bold=all(span.bold for span in spans if span.text.strip()),
                doubt=_TOO_LONG if too_long else paragraph.doubt if number == 0 else "",
            )


def _size(spans: Sequence[Span]) -> float | None:
    """The size of most of the letters; the larger of two that have as many."""
    letters: Counter[float] = Counter()
    for span in spans:
        if span.size is not None:
            letters[span.size] += len(span.text.strip())
    return max(letters, key=lambda size: (letters[size], size)) if letters else None


def _with_quotation_marks(passages: list[Passage]) -> list[Passage]:
    """What the file itself calls a quotation, with the marks by which a reader knows one."""
    if not passages or passages[0].text.startswith(tuple(_QUOTATION_MARKS)):
        return passages
    if passages[-1].text.endswith(tuple(_CLOSING_MARKS)):
        # The opening mark stands above, before a list that has another style.
        return passages
    marked = [passage._replace(doubt=passage.doubt or _NOT_MARKED) for passage in passages]
    marked[0] = marked[0]._replace(text="“" + marked[0].text)
    marked[-1] = marked[-1]._replace(text=marked[-1].text + "”")
    return marked


def _is_layout(table: Table) -> bool:
    """Whether the table only places paragraphs on the page, so that its rows say nothing.

    It does if no row has two cells with words, or if half of its rows only place paragraphs, or half of
    its cells have several paragraphs (in a table of one row: one cell).
    """
    rows = [row for row in table.rows if any(map(_filled, row))]
    cells = [cell for row in rows for cell in map(_filled, row) if cell]
    if all(sum(bool(_filled(cell)) for cell in row) == 1 for row in rows):
        return True
    several = sum(len(cell) > 1 for cell in cells)
    enough = 1 if len(rows) == 1 else len(cells) / 2
    return several >= enough or sum(map(_row_is_layout, rows)) * 2 >= len(rows)


def _row_is_layout(row: tuple[tuple[Block, ...], ...]) -> bool:
    """Whether a row only places paragraphs: each cell has several, or one a table, or a heading with text."""
    cells = [cell for cell in map(_filled, row) if cell]
    return bool(cells) and (all(len(cell) > 1 for cell in cells) or any(map(_has_structure, cells)))


def _has_structure(cell: list[Block]) -> bool:
    if any(isinstance(block, Table) for block in cell):
        return True
    headings = sum(isinstance(block, Paragraph) and block.role is Role.HEADING for block in cell)
    return 0 < headings < len(cell)


def _filled(cell: Iterable[Block]) -> list[Block]:
    return [block for block in cell if words_of([block])]


def _row_text(row: tuple[tuple[Block, ...], ...]) -> str:
    """The cells of a row. An empty cell at an end is left out; one between others keeps its place."""
    texts = [words_of(cell) for cell in row]
    while texts and not texts[0]:
        del texts[0]
    while texts and not texts[-1]:
        del texts[-1]
    return " ".join(" | ".join(texts).split())


def _first_line(row: tuple[tuple[Block, ...], ...]) -> int:
    lines = [paragraph.line for cell in row for paragraph in _paragraphs(cell) if words_of([paragraph])]
    return min(lines, default=0)


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from _paragraphs(cell)


def _clean(text: str) -> str:
    """Single spaces. A soft hyphen inside a paragraph is not shown."""
    return " ".join(text.replace("\u00ad", "").split())
