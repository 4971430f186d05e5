"""Running heads, feet and page numbers: what the top and foot of a page say beside the newsletter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parentguide.newsletter.pdf_values import Line, Page

_PAGE_NUMBER = re.compile(
    r"(?:[-–—]\s*)?(?:page|p\.?)?\s*(?P<number>\d{1,3})(?:\s*(?:of|/|\|)\s*\d{1,3})?(?:\s*[-–—])?", re.I
)
_NAMED_NUMBER = re.compile(
    r"^\d{1,3}\s*\|\s*page\b|\bpage\s+\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\b|^\d{1,3}\s*(?:of|/)\s*\d{1,3}$",
    re.I,
)
_PRINT_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?\b", re.I
)
_ADDRESS = re.compile(r"(?:https?|file|about|blob|chrome):\S+", re.I)
_EDGE_ROWS = 3
_EDGE = 0.15  # of the page's height: where a row that repeats may be furniture
_MARGIN = 62.0  # points: Word's head stands 36 pt from the edge, and the text begins at 72 pt
_LEAST_GAP = 1.6  # type sizes to the next line; lines of one paragraph are nearer
_MOST_WORDS = 25


@dataclass(frozen=True, slots=True)
class Row:
    """The lines at one height of a page. ``gap`` is the white to the next row towards the middle."""

    text: str
    page: int
    base: float
    size: float
    bold: bool
    tagged: bool
    from_edge: float
    gap: float


@dataclass(frozen=True, slots=True)
class Furniture:
    page: int
    base: float
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows at one edge of a page, from the edge to the middle."""

    rows: tuple[Row, ...]
    foot: bool
    height: float


def page_edges(lines: Sequence[Line], page: Page) -> tuple[PageRows, PageRows]:
    """The rows at the top and at the foot of a page. ``lines`` are sorted from the top."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].base - line.base) < 0.4 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    tops = [_row(rows, index, 1, page) for index in range(min(_EDGE_ROWS, len(rows)))]
    last = len(rows) - 1
    feet = [_row(rows, last - index, -1, page) for index in range(min(_EDGE_ROWS, len(rows)))]
    height = page.top - page.bottom
    return PageRows(tuple(tops), foot=False, height=height), PageRows(tuple(feet), foot=True, height=height)


def _row(rows: Sequence[Sequence[Line]], index: int, step: int, page: Page) -> Row:
    row, inward = rows[index], index + step
    base = row[0].base
    gap = abs(base - rows[inward][0].base) if 0 <= inward < len(rows) else page.top - page.bottom
    ordered = sorted(row, key=lambda line: line.left)
    return Row(
        text=" ".join(f"{line.mark} {line.text}".strip() for line in ordered),
        page=page.number,
        base=base,
        size=max(line.size for line in row),
        bold=all(line.bold for line in row),
        tagged=any(line.tagged for line in row),
        from_edge=page.top - base if step == 1 else base - page.bottom,
        gap=gap / max(line.size for line in row),
    )


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the pages of one newsletter have in common. ``numbered``: they have page numbers.

    ``tagged``: nearly all of the text has tags, so that text at an edge without one is furniture.
    """

    repeated: set[tuple[bool, str, int]]
    body_size: float
    numbered: bool
    tagged: bool


def find_furniture(edges: Sequence[PageRows], body_size: float, *, tagged: bool) -> Iterator[Furniture]:
    """The furniture of all pages. ``tagged``: nearly all of the text has tags."""
    numbered = any(_number_reason(row) for edge in edges for row in edge.rows[:2] if _in_margin(row, edge))
    habits = _Habits(_repeated(edges), body_size, numbered, tagged)
    for edge in edges:
        for index, row in enumerate(edge.rows):
            reason = ""
            if len(row.text.split()) <= _MOST_WORDS:
                reason = _reason_near_edge(row, edge, index, habits) or _reason_in_margin(
                    row, edge, index, habits
                )
            if not reason:
                break
            yield Furniture(row.page, row.base, row.text, reason)


def _name(edge: PageRows) -> str:
    return "foot of the page" if edge.foot else "running head"


def _reason_near_edge(row: Row, edge: PageRows, index: int, habits: _Habits) -> str:
    """The reason to leave out a row that has a page number or is on other pages too."""
    if row.from_edge >= _EDGE * edge.height:
        return ""
    in_margin, repeats = _in_margin(row, edge), any(key in habits.repeated for key in _near_keys(row, edge))
    number = _number_reason(row)
    if number and (in_margin or repeats or _NAMED_NUMBER.search(row.text)):
        return number
    apart = row.gap > _LEAST_GAP or in_margin or index > 0
    return f"{_name(edge)}: it repeats from page to page" if apart and repeats else ""


def _reason_in_margin(row: Row, edge: PageRows, index: int, habits: _Habits) -> str:
    """The reason to leave out a row at the place where a browser or Word prints heads and feet."""
    if not _in_margin(row, edge):
        return ""
    if _PRINT_DATE.match(row.text):
        return "date and title that a browser prints"
    if edge.foot and _ADDRESS.match(row.text):
        return "web address that a browser prints"
    if habits.tagged and not row.tagged:
        return _name(edge)
    plain = (
        row.size < 1.06 * habits.body_size and not row.bold and not row.text.endswith((".", ",", ":", "!"))
    )
    small = row.size < 0.88 * habits.body_size
    return _name(edge) if index == 0 and plain and row.gap > 2.2 and (habits.numbered or small) else ""


def _in_margin(row: Row, edge: PageRows) -> bool:
    return row.from_edge < min(_MARGIN, 0.09 * edge.height)


def _number_reason(row: Row) -> str:
    text = row.text.strip().replace("P a g e", "Page")
    match = _PAGE_NUMBER.fullmatch(text)
    if match and (int(match["number"]) == row.page or not text.isdigit()):
        return "page number"
    return "page number" if _NAMED_NUMBER.search(text) and len(text.split()) <= 15 else ""


def _key(row: Row, edge: PageRows) -> tuple[bool, str, int]:
    return (edge.foot, re.sub(r"\d+", "#", row.text.casefold()), round(row.from_edge / 8))


def _near_keys(row: Row, edge: PageRows) -> list[tuple[bool, str, int]]:
    foot, text, place = _key(row, edge)
    return [(foot, text, place + step) for step in (-1, 0, 1)]


def _repeated(edges: Sequence[PageRows]) -> set[tuple[bool, str, int]]:
    """Rows that two or more pages have at the same place, and a third of all pages at least."""
    pages: dict[tuple[bool, str, int], set[int]] = {}
    for edge in edges:
        for row in edge.rows:
            if row.from_edge < _EDGE * edge.height:
                pages.setdefault(_key(row, edge), set()).add(row.page)
    total = max((row.page for edge in edges for row in edge.rows), default=0)
    result = set()
    for foot, text, place in pages:
        near = (pages.get((foot, text, place + step), set()) for step in (-1, 0, 1))
        if len(set().union(*near)) >= max(2, total // 3):
            result.add((foot, text, place))
    return result
