"""Tables of a PDF page that no tag tells: cells that stand in rows and columns, with or without rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parentguide.newsletter.pdf_grids import covered
from parentguide.newsletter.pdf_values import Box, Grid, Line

_LEAST_GAP = 4.0  # points of white between two columns
_LONGEST_CELL = 9  # words; unruled text with longer cells is columns of prose
_THICKEST_RULE = 3.0
_LEAST_RULED = 0.7  # of the table's width
_MOST_SENTENCES = 0.3  # of the lines of a table without rules end a sentence
_LEAST_BOX_WORDS = 12  # words in a box with a heading, on average
_MOST_LAYOUT_WORDS = 45  # words in a cell of a real table, on average


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` of cells with their lines. ``used`` are all lines of the table. ``doubt`` says why unsure."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    used: tuple[Line, ...]
    doubt: str = ""


def grid_table(grid: Grid, lines: Sequence[Line]) -> Table | None:
    """The table in a drawn grid. ``lines`` are sorted from the top; None if the grid only frames prose."""
    used = [line for line in lines if grid.holds(line)]
    rows: dict[int, list[list[Line]]] = {}
    for line in used:
        row, column = grid.cell(line)
        rows.setdefault(row, [[] for _ in grid.uprights[1:]])[column].append(line)
    found = [tuple(tuple(cell) for cell in rows[row]) for row in sorted(rows)]
    filled = {index for row in found for index, cell in enumerate(row) if cell}
    if len(found) < 2 or len(filled) < 2 or _is_layout(found):
        return None
    kept = [tuple(cell for index, cell in enumerate(row) if index in filled) for row in found]
    return Table(tuple(kept), tuple(used))


def read_table(lines: Sequence[Line], rules: Sequence[Box]) -> Table | None:
    """The table that ``lines`` are, without single lines above and below it; None if they are columns."""
    heights = _rows_of_lines(lines)
    while heights and len(heights[0]) < 2:
        heights = heights[1:]
    while heights and len(heights[-1]) < 2 and not _inside_rules(heights[-1], rules):
        heights = heights[:-1]
    used = [line for row in heights for line in row]
    columns = _columns(used)
    if len(heights) < 2 or len(columns) < 2:
        return None
    level, upright = _rules_within(used, rules)
    ruled = len(level) >= 2 or (bool(level) and bool(upright))
    if not ruled and not _looks_like_table(heights, columns):
        return None
    rows = _table_rows(heights, columns, sorted({round(y, 1) for y in level}, reverse=True) if ruled else [])
    if len(rows) < 2 or _is_layout(rows):
        return None
    return Table(tuple(rows), tuple(used), "" if ruled else "a table without rules: are these its rows?")


def _rows_of_lines(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].base - line.base) < 0.35 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _inside_rules(row: Sequence[Line], rules: Sequence[Box]) -> bool:
    """Whether a rule lies above and below a row, so that it belongs to the table."""
    line = row[0]
    under = [r for r in rules if r.height < _THICKEST_RULE and r.left < line.right and r.right > line.left]
    return any(0 < line.base - rule.top < 2.5 * line.size for rule in under)


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The strips across the page that text covers, from left to right."""
    strips: list[tuple[float, float]] = []
    for left, right in sorted((line.mark_left if line.mark else line.left, line.right) for line in lines):
        if strips and left < strips[-1][1] + _LEAST_GAP:
            strips[-1] = (strips[-1][0], max(strips[-1][1], right))
        else:
            strips.append((left, right))
    return strips


def _rules_within(lines: Sequence[Line], rules: Sequence[Box]) -> tuple[list[float], list[float]]:
    """The heights of rules and edges that cross the table, and the places of upright ones inside it.

    Underlines are too short to count: the pieces of a rule on one height cover most of the table.
    """
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    top, bottom = max(line.top for line in lines), min(line.bottom for line in lines)
    lengths: dict[float, list[tuple[float, float]]] = {}
    upright: list[float] = []
    for rule in rules:
        inside = rule.left < right and rule.right > left and rule.top > bottom - 15 and rule.bottom < top + 15
        if not inside or rule.height > top - bottom + 60:
            continue
        for y in (rule.top,) if rule.height < _THICKEST_RULE else (rule.top, rule.bottom):
            lengths.setdefault(round(y), []).append((max(left, rule.left), min(right, rule.right)))
        if rule.height > 8 and left + 5 < (rule.left + rule.right) / 2 < right - 5:
            upright.append(rule.left)
    level = [y for y, pieces in lengths.items() if covered(pieces) > _LEAST_RULED * (right - left)]
    inner = [y for y in level if bottom + 1 < y < top - 1]
    return (level if inner else []), upright


def _looks_like_table(rows: Sequence[Sequence[Line]], columns: Sequence[tuple[float, float]]) -> bool:
    """Short cells that begin together in most rows, and do not read on from line to line."""
    lines = [line for row in rows for line in row]
    if any(line.mark for line in lines):
        return False
    if sum(line.text.endswith((".", "!", "?")) for line in lines) > _MOST_SENTENCES * len(lines):
        return False
    shared = sum(len(row) > 1 for row in rows) / len(rows)
    words = sum(len(line.text.split()) for line in lines) / len(lines)
    by_column = [[line for line in lines if left <= line.left <= right] for left, right in columns]
    pairs = [(last, line) for column in by_column for last, line in pairwise(column)]
    going_on = sum(line.text[:1].islower() and last.text[-1:] not in ".!?" for last, line in pairs)
    least_shared = 0.75 if len(columns) == 2 else 0.5
    return shared >= least_shared and words <= _LONGEST_CELL / 2 and going_on <= 0.2 * len(pairs)


def _table_rows(
    heights: Sequence[Sequence[Line]], columns: Sequence[tuple[float, float]], level: Sequence[float]
) -> list[tuple[tuple[Line, ...], ...]]:
    rows: list[list[list[Line]]] = []
    last_base: float | None = None
    pitches = [above[0].base - below[0].base for above, below in pairwise(heights)]
    nearest = min(pitches, default=0)
    even = max(pitches, default=0) < 1.25 * nearest
    for height in heights:
        base = height[0].base
        if last_base is None:
            begins = True
        elif level:
            begins = any(base < y < last_base for y in level)
        else:
            begins = even or last_base - base > 1.2 * nearest
        if begins:
            rows.append([[] for _ in columns])
        for line in height:
            rows[-1][_column_of(line, columns)].append(line)
        last_base = base
    return [tuple(tuple(cell) for cell in row) for row in rows]


def _column_of(line: Line, columns: Sequence[tuple[float, float]]) -> int:
    return max(index for index, (left, _) in enumerate(columns) if left <= line.left + 1 or index == 0)


def _is_layout(rows: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """Whether the rules only frame columns of prose, or boxes with headings."""
    cells = [cell for row in rows for cell in row if cell]
    words = sum(len(line.text.split()) for cell in cells for line in cell) / max(1, len(cells))
    headed = sum(map(_has_heading, cells))
    return words > _MOST_LAYOUT_WORDS or (words > _LEAST_BOX_WORDS and headed * 2 >= len(cells))


def _has_heading(cell: Sequence[Line]) -> bool:
    """Whether a cell begins with lines that are bold or larger, and goes on with text."""
    first, last = cell[0], cell[-1]
    larger = first.size > 1.1 * last.size
    return len(cell) > 1 and (larger or (first.bold and not last.bold))
