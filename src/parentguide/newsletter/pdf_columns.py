"""Reading order: the columns and tables of a page, by the white between lines, however they are drawn.

A gutter is a strip of white with text on both sides. The lines between two lines that cross it are
columns, or a table; what is above and below them is read before and after.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from parentguide.newsletter.pdf_tables import Table, grid_table, read_table
from parentguide.newsletter.pdf_values import Box, Grid, Line

# Beyond this many lines a page is read from the top, so that the time is bounded.
_MOST_LINES = 1_500
_MOST_LEVELS = 12
_LEAST_ALIGNED = 0.4  # of the lines of a column
_TABLE = "\0"


@dataclass(frozen=True, slots=True)
class Column:
    """Lines in reading order that share a right edge."""

    lines: tuple[Line, ...]
    left: float
    right: float


def reading_order(
    lines: Sequence[Line], rules: Sequence[Box], grids: Sequence[Grid] = ()
) -> list[Column | Table]:
    """The columns and tables of one page. ``lines`` are sorted from the top."""
    if not lines:
        return []
    tables, lines = _drawn_tables(lines, grids)
    left, right = min(_outer_left(line) for line in lines), max(line.right for line in lines)
    if len(lines) > _MOST_LINES:
        regions: list[Column | Table] = [Column(tuple(lines), left, right)]
    else:
        regions = list(_regions(lines, rules, Column((), left, right), 0))
    return [part for region in regions for part in _with_tables(region, tables)]


def _drawn_tables(lines: Sequence[Line], grids: Sequence[Grid]) -> tuple[dict[int, Table], list[Line]]:
    """The tables in drawn grids, and the lines, with one wide line in the place of each table."""
    tables: dict[int, Table] = {}
    rest = list(lines)
    for grid in grids:
        table = grid_table(grid, rest)
        if table is None:
            continue
        used = set(map(id, table.used))
        first = table.used[0]
        place = Line(
            _TABLE, first.page, grid.uprights[0], grid.uprights[-1], grid.levels[0] - first.size, first.size
        )
        tables[id(place)] = table
        rest = [line for line in rest if id(line) not in used] + [place]
    return tables, sorted(rest, key=lambda line: -line.base) if tables else rest


def _with_tables(region: Column | Table, tables: dict[int, Table]) -> Iterator[Column | Table]:
    """The region with the tables in their places."""
    if isinstance(region, Table):
        yield region
        return
    start = 0
    for index, line in enumerate((*region.lines, None)):
        if line is None or id(line) in tables:
            if index > start:
                yield Column(region.lines[start:index], region.left, region.right)
            if line is not None:
                yield tables[id(line)]
            start = index + 1


def _regions(lines: list[Line], rules: Sequence[Box], within: Column, level: int) -> Iterator[Column | Table]:
    """``within`` has the edges of the column, or of the whole page, that ``lines`` are in."""
    if not lines:
        return
    band = _best_band(lines) if level < _MOST_LEVELS else None
    if band is None:
        yield Column(tuple(_joined_rows(lines)), within.left, within.right)
        return
    table = read_table(band.inside, rules)
    if table is None:
        yield from _regions(band.above, rules, within, level + 1)
        yield from _parted(band, rules, level)
        yield from _regions(band.below, rules, within, level + 1)
        return
    used = set(map(id, table.used))
    first = next(index for index, line in enumerate(lines) if id(line) in used)
    yield from _regions(lines[:first], rules, within, level + 1)
    yield table
    rest = [line for line in lines[first:] if id(line) not in used]
    yield from _regions(rest, rules, within, level + 1)


def _parted(band: "_Band", rules: Sequence[Box], level: int) -> Iterator[Column | Table]:
    """What is left of the gutter, then what is right of it, section after section."""
    left = [line for line in band.inside if line.left < band.gutter]
    right = [line for line in band.inside if line.left >= band.gutter]
    sides = [
        Column((), min(map(_outer_left, side)), max(line.right for line in side)) for side in (left, right)
    ]
    for part in _sections(band.inside, band.gutter):
        for side, is_right in zip(sides, (False, True), strict=True):
            lines = [line for line in part if (line.left >= band.gutter) is is_right]
            yield from _regions(lines, rules, side, level + 1)


def _joined_rows(lines: Sequence[Line]) -> list[Line]:
    """Parts of one line with a wide gap between them that turned out to be no gutter."""
    result: list[Line] = []
    for line in lines:
        last = result[-1] if result else None
        if (
            last
            and _TABLE not in (last.text, line.text)
            and not line.mark
            and abs(last.base - line.base) < 0.25 * line.size
            and last.right < line.left
        ):
            result[-1] = Line(
                text=f"{last.text} {line.text}", page=last.page, left=last.left, right=line.right,
                base=last.base, size=last.size, bold=last.bold and line.bold, first_width=last.first_width,
                mark=last.mark, mark_left=last.mark_left, tagged=last.tagged,
            )  # fmt: skip
        else:
            result.append(line)
    return result


@dataclass(frozen=True, slots=True)
class _Band:
    """What is above, inside and below the longest stretch of columns, and where its gutter is."""

    above: list[Line]
    inside: list[Line]
    below: list[Line]
    gutter: float


def _best_band(lines: list[Line]) -> _Band | None:
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
    return _Band(lines[:start], lines[start:end], lines[end:], gutter)


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
    """Whether both sides stand at one height, and the lines on the right begin or are centred at one place.

    The words of a justified line with wide gaps do not.
    """
    right = [line for line in part if line.left >= gutter]
    overlap = min(left[0].top, right[0].top) - max(left[-1].bottom, right[-1].bottom)
    if overlap <= left[0].size:
        return False
    begins = Counter(round(_outer_left(line) / 3) for line in right).most_common(1)[0][1]
    centres = Counter(round((line.left + line.right) / 8) for line in right).most_common(1)[0][1]
    return max(begins, centres) >= max(2, _LEAST_ALIGNED * len(right))


def _trimmed(lines: Sequence[Line], start: int, end: int, gutter: float) -> tuple[int, int]:
    """Without headings above the columns, and without text on the left that begins below both."""
    first_right = next(i for i in range(start, end) if lines[i].left >= gutter)
    while start < first_right and lines[start].bottom > lines[first_right].top:
        start += 1
    last_right = max(i for i in range(start, end) if lines[i].left >= gutter)
    return start, _end_of_columns(lines, start, last_right, end, gutter)


def _end_of_columns(lines: Sequence[Line], start: int, last_right: int, end: int, gutter: float) -> int:
    """Where text on the left begins that stands below both columns.

    The left column may be the longer one, most of all if the text there fills its lines. A heading above
    full lines belongs to them; otherwise the white above the text tells.
    """
    left = [line for line in lines[start:last_right] if line.left < gutter]
    edge = max(line.right for line in left)
    usual = max((a.base - b.base for a, b in pairwise(left)), default=0)
    size = median(line.size for line in lines[start:end])
    trailing = [line for line in lines[last_right + 1 : end] if line.top < lines[last_right].bottom]
    wraps = any(line.right > edge - 1.5 * line.size for line in trailing)
    least = (1.1 if wraps else 0.95) * usual
    far: list[int] = []
    for index in range(last_right + 1, end):
        line = lines[index]
        if line.top >= lines[last_right].bottom:
            continue
        if line.right > edge + line.size:
            return index
        before = min((x.base for x in lines[start:index] if x.left < gutter), default=line.base)
        if before - line.base > max(least, 1.8 * line.size):
            far.append(index)
    headings = [index for index in far if lines[index].bold or lines[index].size > 1.1 * size]
    if headings and end < len(lines):
        return headings[-1]
    return far[0] if far else end


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
