"""Reading order: the columns and tables of a page, by the white between lines, however they are drawn.

A gutter is a strip of white with text on both sides. The lines between two lines that cross it are
columns, or a table; what is above and below them is read before and after.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from parentguide.newsletter.pdf_tables import Table, read_table
from parentguide.newsletter.pdf_values import Box, Line

# Beyond this many lines a page is read from the top, so that the time is bounded.
_MOST_LINES = 1_500
_MOST_LEVELS = 12


@dataclass(frozen=True, slots=True)
class Column:
    """Lines in reading order that share a right edge."""

    lines: tuple[Line, ...]
    left: float
    right: float


def reading_order(lines: Sequence[Line], rules: Sequence[Box]) -> list[Column | Table]:
    """The columns and tables of one page. ``lines`` are sorted from the top."""
    if len(lines) > _MOST_LINES:
        return [_column(lines)]
    return list(_merged(_regions(list(lines), rules, 0)))


def _merged(regions: Iterator[Column | Table]) -> Iterator[Column | Table]:
    """Regions of one column that follow each other become one, so that they are measured together."""
    waiting: Column | None = None
    for region in regions:
        if waiting and isinstance(region, Column) and _goes_on(waiting, region):
            waiting = Column(
                waiting.lines + region.lines, min(waiting.left, region.left), max(waiting.right, region.right)
            )
            continue
        if waiting:
            yield waiting
        waiting = region if isinstance(region, Column) else None
        if isinstance(region, Table):
            yield region
    if waiting:
        yield waiting


def _goes_on(above: Column, below: Column) -> bool:
    level = above.lines[-1].base > below.lines[0].base
    return level and above.left - 2 <= below.lines[0].left and below.lines[0].left < above.right


def _column(lines: Sequence[Line]) -> Column:
    return Column(tuple(lines), min(line.left for line in lines), max(line.right for line in lines))


def _regions(lines: list[Line], rules: Sequence[Box], level: int) -> Iterator[Column | Table]:
    if not lines:
        return
    band = _best_band(lines) if level < _MOST_LEVELS else None
    if band is None:
        yield _column(_joined_rows(lines))
        return
    above, inside, below, gutter = band
    table = read_table(inside, rules)
    if table is not None:
        inside_set = set(map(id, table.used))
        first = min(lines.index(line) for line in table.used)
        rest = [line for line in lines if id(line) not in inside_set]
        yield from _regions([line for line in rest if lines.index(line) < first], rules, level + 1)
        yield table
        yield from _regions([line for line in rest if lines.index(line) > first], rules, level + 1)
        return
    yield from _regions(above, rules, level + 1)
    for part in _sections(inside, gutter):
        yield from _regions([line for line in part if line.left < gutter], rules, level + 1)
        yield from _regions([line for line in part if line.left >= gutter], rules, level + 1)
    yield from _regions(below, rules, level + 1)


def _joined_rows(lines: Sequence[Line]) -> list[Line]:
    """Parts of one line with a wide gap between them that turned out to be no gutter."""
    result: list[Line] = []
    for line in lines:
        last = result[-1] if result else None
        if last and not line.mark and abs(last.base - line.base) < 0.25 * line.size and last.right < line.left:
            result[-1] = Line(
                text=f"{last.text} {line.text}", page=last.page, left=last.left, right=line.right,
                base=last.base, size=last.size, bold=last.bold and line.bold, first_width=last.first_width,
                mark=last.mark, mark_left=last.mark_left, tagged=last.tagged,
            )  # fmt: skip
        else:
            result.append(line)
    return result


def _best_band(lines: list[Line]) -> tuple[list[Line], list[Line], list[Line], float] | None:
    """What is above, inside and below the longest stretch of columns, and where its gutter is."""
    best: tuple[float, int, int, float] | None = None
    for gutter in _gutters(lines):
        for start, end in _stretches(lines, gutter):
            height = lines[start].base - lines[end - 1].base + lines[start].size
            if best is None or height > best[0]:
                best = (height, start, end, gutter)
    if best is None:
        return None
    _, start, end, gutter = best
    start, end = _trimmed(lines, start, end, gutter)
    return lines[:start], lines[start:end], lines[end:], gutter


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Places with white between lines that stand side by side, those with most such pairs first."""
    gaps = list(_gaps(lines))
    lefts = sorted(gap[0] for gap in gaps)
    rights = sorted(gap[1] for gap in gaps)
    counts = {}
    for _, right in gaps:
        x = right - 0.5
        counts[round(x, 1)] = bisect_left(lefts, x) - bisect_left(rights, x)
    return sorted(counts, key=lambda x: -counts[x])[:24]


def _gaps(lines: Sequence[Line]) -> Iterator[tuple[float, float]]:
    """The white between each line and the next one on its right."""
    for index, line in enumerate(lines):
        nearest: float | None = None
        for other in (*lines[max(0, index - 6) : index], *lines[index + 1 : index + 7]):
            beside = other.base < line.top and line.base < other.top
            left = _outer_left(other)
            if beside and left > line.right + 0.6 * line.size and (nearest is None or left < nearest):
                nearest = left
        if nearest is not None:
            yield line.right, nearest


def _outer_left(line: Line) -> float:
    return line.mark_left if line.mark else line.left


def _stretches(lines: Sequence[Line], gutter: float) -> Iterator[tuple[int, int]]:
    """The runs of lines that do not cross the gutter and have at least two lines on either side."""
    start = 0
    for index in range(len(lines) + 1):
        crosses = index == len(lines) or (_outer_left(lines[index]) < gutter < lines[index].right)
        if not crosses:
            continue
        part = lines[start:index]
        left = [line for line in part if line.left < gutter]
        if min(len(left), len(part) - len(left)) >= 2 and _side_by_side(left, part, gutter):
            yield start, index
        start = index + 1


def _side_by_side(left: Sequence[Line], part: Sequence[Line], gutter: float) -> bool:
    right = [line for line in part if line.left >= gutter]
    overlap = min(left[0].top, right[0].top) - max(left[-1].bottom, right[-1].bottom)
    return overlap > left[0].size


def _trimmed(lines: Sequence[Line], start: int, end: int, gutter: float) -> tuple[int, int]:
    """Without headings above the columns, and without text on the left that begins below both."""
    first_right = next(i for i in range(start, end) if lines[i].left >= gutter)
    while start < first_right and lines[start].bottom > lines[first_right].top:
        start += 1
    last_right = max(i for i in range(start, end) if lines[i].left >= gutter)
    for index in range(last_right + 1, end):
        previous = max((line.base for line in lines[start:index] if line.left < gutter), default=0)
        previous = min(line.base for line in lines[start:index] if line.left < gutter) if index > start else previous
        far = previous - lines[index].base > 2.2 * lines[index].size
        if far and lines[index].top < lines[last_right].bottom:
            return start, index
    return start, end


def _sections(lines: list[Line], gutter: float) -> Iterator[list[Line]]:
    """Columns one below the other, parted by a heading on the left with white beside it on the right."""
    usual = median(line.size for line in lines)
    start = 0
    for index in range(1, len(lines)):
        line = lines[index]
        if line.left >= gutter or line.mark or not (line.bold or line.size > 1.15 * usual):
            continue
        above, below = lines[start:index], lines[index + 1 :]
        if _is_between(line, above, below, gutter):
            yield above
            start = index
    yield lines[start:]


def _is_between(heading: Line, above: Sequence[Line], below: Sequence[Line], gutter: float) -> bool:
    """Whether both columns have ended above ``heading`` and both go on below it."""
    ends = [
        min((x.bottom for x in above if (x.left >= gutter) is side), default=None) for side in (False, True)
    ]
    starts = [
        max((x.top for x in below if (x.left >= gutter) is side), default=None) for side in (False, True)
    ]
    if None in (*ends, *starts):
        return False
    white = 0.4 * heading.size
    lowest = min(end for end in ends if end is not None)
    highest_right = starts[1] or 0
    return lowest > heading.top + white and highest_right < heading.bottom + 0.5 * white
