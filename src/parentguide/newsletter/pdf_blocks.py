"""The paragraphs, items and table rows of all pages of a PDF, by position or by tags."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from parentguide.newsletter.passages import Role
from parentguide.newsletter.pdf_columns import Column, reading_order
from parentguide.newsletter.pdf_lines import lines_by_position, lines_in_order
from parentguide.newsletter.pdf_marks import attach_marks, settle_marks, without_mark
from parentguide.newsletter.pdf_measure import Measure
from parentguide.newsletter.pdf_paragraphs import Edges, Paragraph, paragraphs
from parentguide.newsletter.pdf_tables import Table
from parentguide.newsletter.pdf_values import Box, Element, Line, Page, Word

_LEAST_TAGGED = 0.97  # of the letters; with less, tags do not tell where the rest belongs
_MOST_CUT = 0.12  # of the blocks that begin in the middle of a sentence
_MOST_IN_ONE_BLOCK = 150  # words
_MOST_UNDERLINED_WORDS = 12
_MOST_LAYOUT_WORDS = 45  # words in a cell, on average; with more, the table only sets the text in columns
_TURNED = "this text is turned on the page"


def by_position(pages: Sequence[Page]) -> list[Paragraph]:
    """Reading order, paragraphs and tables by where the words stand."""
    regions: list[Column | Table] = []
    for page in pages:
        lines = attach_marks(lines_by_position(page.words, page.number, page.boxes), page.boxes)
        regions += reading_order(_with_underlines(lines, page.boxes), page.boxes, page.grids)
    columns = _settled([region for region in regions if isinstance(region, Column)])
    measure = Measure.of(column.lines for column in columns)
    waiting = iter(columns)
    found: list[Paragraph] = []
    for region in regions:
        if isinstance(region, Table):
            found += _rows(region)
        else:
            column = next(waiting)
            made = paragraphs(column.lines, Edges(column.left, column.right), measure)
            found += [replace(made[0], opens=True), *made[1:]]
    return found + turned(pages, measure)


def _settled(columns: Sequence[Column]) -> list[Column]:
    """The columns with marks that were judged over the whole newsletter."""
    lines = iter(settle_marks([line for column in columns for line in column.lines]))
    return [replace(column, lines=tuple(next(lines) for _ in column.lines)) for column in columns]


def _with_underlines(lines: Sequence[Line], boxes: Sequence[Box]) -> list[Line]:
    """A line that is underlined as a whole is set off like a bold one."""
    rules: dict[int, list[Box]] = {}
    for box in boxes:
        if box.height < 2 and box.width > 15:
            rules.setdefault(round(box.top / 5), []).append(box)
    return [replace(line, bold=True) if _underlined(line, rules) else line for line in lines]


def _underlined(line: Line, rules: dict[int, list[Box]]) -> bool:
    if line.bold or "@" in line.text or "." in line.text or len(line.text.split()) > _MOST_UNDERLINED_WORDS:
        return False
    place = round(line.base / 5)
    near = [box for key in (place - 1, place) for box in rules.get(key, ())[:50]]
    return any(
        0 <= line.base - box.bottom < 0.3 * line.size
        and abs(box.left - line.left) < 2
        and abs(box.right - line.right) < 3
        for box in near
    )


def _rows(table: Table) -> list[Paragraph]:
    right = max(line.right for line in table.used)
    result = []
    for row in table.rows:
        cells = tuple(tuple(map(without_mark_if_any, cell)) for cell in row)
        lines = tuple(line for cell in cells for line in cell)
        result.append(Paragraph(lines, right, Role.ROW, table.doubt, cells))
    return result


def without_mark_if_any(line: Line) -> Line:
    return without_mark(line) if line.mark else line


def turned(pages: Sequence[Page], measure: Measure) -> list[Paragraph]:
    """The text that runs up or down the page, with a doubt."""
    found: list[Paragraph] = []
    for page in pages:
        lines = lines_by_position(page.turned, page.number)
        if lines:
            edges = Edges(min(line.left for line in lines), max(line.right for line in lines))
            found += [replace(p, doubt=_TURNED, role=None) for p in paragraphs(lines, edges, measure)]
    return found


def tags_are_good(pages: Sequence[Page]) -> bool:
    """Whether the tags cover nearly all words and tell blocks apart as a reader would."""
    total = tagged = blocks = cut = 0
    last = "."
    for page in pages:
        known = {tag for element in page.elements for tag in element.tags}
        total += sum(len(word.text) for word in page.words)
        tagged += sum(len(word.text) for word in page.words if word.tag in known)
        for element, words in _words_of(page):
            text = " ".join(word.text for word in words)
            blocks += 1
            if element.kind == "P" and element.cell is None:
                cut += text[:1].islower() and last not in ".!?:;”’)"
                if len(words) > _MOST_IN_ONE_BLOCK:
                    return False
            last = text[-1:] if element.kind == "P" else "."
    return blocks > 1 and tagged >= _LEAST_TAGGED * total and cut <= max(1, _MOST_CUT * blocks)


def _words_of(page: Page) -> Iterator[tuple[Element, list[Word]]]:
    """Each block of a page with its words in the order of drawing; blocks without words are left out."""
    by_tag: dict[int, list[Word]] = {}
    for word in page.words:
        by_tag.setdefault(word.tag, []).append(word)
    for element in page.elements:
        words = [word for tag in element.tags for word in by_tag.pop(tag, ())]
        if words:
            yield element, words


def by_tags(pages: Sequence[Page]) -> list[Paragraph]:
    """Reading order, kinds and tables by the tags; only lines, forced breaks and marks by position."""
    blocks: list[tuple[Element, list[Line]]] = []
    for page in pages:
        for element, words in _words_of(page):
            lines = lines_in_order(words, page.number)
            if lines:
                blocks.append((element, lines))
    settled = iter(settle_marks([line for _, lines in blocks for line in lines]))
    blocks = [(element, [next(settled) for _ in lines]) for element, lines in blocks]
    measure = Measure.of(lines for _, lines in blocks)
    found: list[Paragraph] = []
    for (_page_number, table), group in groupby(blocks, key=_table_of):
        content = list(group)
        if table is None or _is_layout(content):
            for element, lines in content:
                found += _of_block(element, lines, blocks, measure)
        else:
            found += _tagged_rows(content)
    return _opened(found) + turned(pages, measure)


def _table_of(block: tuple[Element, list[Line]]) -> tuple[int, int | None]:
    element, lines = block
    return (lines[0].page, element.cell[0]) if element.cell else (0, None)


def _is_layout(content: Sequence[tuple[Element, list[Line]]]) -> bool:
    """A table of one row or one column is a frame; one with long cells sets text in columns."""
    cells = {element.cell for element, _ in content if element.cell}
    rows, columns = {cell[1] for cell in cells}, {cell[2] for cell in cells}
    words = sum(len(line.text.split()) for _, lines in content for line in lines)
    return len(rows) < 2 or len(columns) < 2 or words > _MOST_LAYOUT_WORDS * len(cells)


def _tagged_rows(content: Sequence[tuple[Element, list[Line]]]) -> list[Paragraph]:
    result = []
    for _, row in groupby(content, key=lambda block: block[0].cell[1] if block[0].cell else 0):
        cells: list[tuple[Line, ...]] = []
        for _, cell in groupby(row, key=lambda block: block[0].cell):
            cells.append(tuple(without_mark_if_any(line) for _, lines in cell for line in lines))
        lines = tuple(line for cell in cells for line in cell)
        result.append(Paragraph(lines, max(line.right for line in lines), Role.ROW, "", tuple(cells)))
    return result


def _of_block(
    element: Element, lines: Sequence[Line], blocks: Iterable[tuple[Element, list[Line]]], measure: Measure
) -> list[Paragraph]:
    edges = _edges(lines, blocks)
    if element.kind == "H":
        return [Paragraph(tuple(map(without_mark_if_any, lines)), edges.right, Role.HEADING)]
    made = [
        replace(p, role=None if p.role is Role.HEADING else p.role) for p in paragraphs(lines, edges, measure)
    ]
    if element.kind == "LI":
        made[0] = replace(made[0], role=Role.ITEM)
    return made


def _edges(lines: Sequence[Line], blocks: Iterable[tuple[Element, list[Line]]]) -> Edges:
    """The right edge is where the longest lines usually end of blocks that begin at the same left edge."""
    own = max(line.right for line in lines)
    left = min(line.left for line in lines)
    if any(line.base >= last.base for last, line in pairwise(lines)):
        return Edges(left, left, block=True)  # in two columns: each has an edge of its own
    alike = [other for _, other in blocks if len(other) > 1 and abs(other[0].left - left) < 3]
    on_page = [other for other in alike if other[0].page == lines[0].page and other is not lines]
    beside = [max(line.right for line in other) for other in on_page or alike]
    return Edges(left, max(own, median(beside)) if beside else own, block=True)


def _opened(found: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, with those marked that stand first on a page or in a column."""
    result: list[Paragraph] = []
    for paragraph in found:
        last = result[-1].lines[-1] if result else None
        first = paragraph.lines[0]
        opens = last is None or last.page != first.page or last.base <= first.base
        result.append(replace(paragraph, opens=opens))
    return result
