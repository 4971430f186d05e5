"""Lines of text out of the words of a PDF page."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from parentguide.newsletter.pdf_marks import split_mark
from parentguide.newsletter.pdf_values import NO_TAG, Box, Line, Word

# A wider gap than this many type sizes ends a line: a gutter or the next cell of a table follows.
_WIDEST_SPACE = 0.9
_ALIKE = 0.03
_LEAST_CELL = 1.7  # type sizes; a box that is less high marks words, and is no cell
_UNITS = {"m", "cm", "km", "mm"}  # 2 and 3 above the line after these are no footnotes


def lines_by_position(words: Sequence[Word], page: int, boxes: Sequence[Box] = ()) -> list[Line]:
    """The lines, or the parts of lines between wide gaps, from the top and on one height from the left.

    Where the page draws them does not matter. An upright rule in ``boxes`` parts a line as well.
    """
    uprights = _Uprights(boxes)
    runs = _runs(_distinct(words), uprights)
    runs.sort(key=lambda run: -_base(run))
    lines: list[Line] = []
    row: list[list[Word]] = []
    for run in runs:
        if row and _base(row[0]) - _base(run) > 0.25 * _size(run):
            lines += _row(row, page, uprights)
            row = []
        row.append(run)
    return lines + _row(row, page, uprights)


def lines_in_order(words: Sequence[Word], page: int) -> list[Line]:
    """The lines of one block, in the order in which the page draws them."""
    runs = _runs(_distinct(words), None)
    merged: list[list[Word]] = []
    for run in runs:
        level = merged and abs(_base(merged[-1]) - _base(run)) < 0.25 * _size(run)
        if level and run[0].left > merged[-1][-1].right - _size(run):
            merged[-1] += run
        else:
            merged.append(run)
    return [line for run in merged for line in [_line(run, page)] if line.text or line.mark]


def _distinct(words: Sequence[Word]) -> list[Word]:
    """Words without those drawn a second time a little beside the first, which is how some print bold."""
    seen: dict[tuple[str, int, int], Word] = {}
    result = []
    for word in words:
        across, up = round(word.left / 2), round(word.base / 2)
        near = (seen.get((word.text, across + x, up + y)) for x in (-1, 0, 1) for y in (-1, 0, 1))
        if any(other and _same_place(other, word) for other in near):
            continue
        seen[(word.text, across, up)] = word
        result.append(word)
    return result


def _same_place(first: Word, second: Word) -> bool:
    close = 0.12 * second.size
    return abs(first.left - second.left) < close and abs(first.base - second.base) < close


class _Uprights:
    """The upright rules of a page, and the sides of cells: what parts the columns of a table."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        sides = [(x, box) for box in boxes if box.height > 6 for x in {box.left, box.right}]
        self._sides = sorted(sides, key=lambda side: side[0])
        self._places = [x for x, _ in self._sides]

    def between(self, last: Word, word: Word) -> bool:
        start, end = bisect_left(self._places, last.right - 1), bisect_left(self._places, word.left + 1)
        middle = word.base + 0.3 * word.size
        near = (box for _, box in self._sides[start : min(end, start + 100)])
        return any(
            box.bottom < middle < box.top and (box.width < 3 or box.height > _LEAST_CELL * word.size)
            for box in near
        )


def _runs(words: Iterable[Word], uprights: _Uprights | None) -> list[list[Word]]:
    """Words drawn one after another on one line; raised and lowered letters stay with their line."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _follows(runs[-1], word, uprights):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _follows(run: Sequence[Word], word: Word, uprights: _Uprights | None) -> bool:
    last = run[-1]
    size = max(last.size, word.size)
    gap = word.left - last.right
    if gap < -0.5 * size:
        return False
    if uprights and (gap > _WIDEST_SPACE * size or (not word.glued and uprights.between(last, word))):
        return False
    shift = abs(word.base - last.base)
    if shift < 0.1 * size:
        return True
    raised = abs(word.size - last.size) > 0.12 * size or abs(word.base - _base(run)) < 0.1 * size
    return raised and shift < 0.5 * size and gap < 0.5 * size


def _base(run: Sequence[Word]) -> float:
    """The baseline of the largest letters."""
    return max(run, key=lambda word: word.size).base


def _size(run: Sequence[Word]) -> float:
    return max(word.size for word in run)


def _row(row: list[list[Word]], page: int, uprights: "_Uprights") -> list[Line]:
    """The lines on one height: runs with a narrow gap between them are one."""
    row.sort(key=lambda run: run[0].left)
    parts: list[list[Word]] = []
    for run in row:
        if parts and _is_beside(parts[-1], run, uprights):
            parts[-1] = parts[-1] + run
        else:
            parts.append(run)
    whole = _stretched(parts)
    return [line for part in whole for line in [_line(part, page)] if line.text or line.mark]


def _stretched(parts: list[list[Word]]) -> list[list[Word]]:
    """A justified line with few words has wide gaps, which are no gutters: they are all alike."""
    if len(parts) < 4:
        return parts
    gaps = [right[0].left - left[-1].right for left, right in pairwise(parts)]
    result = [parts[0]]
    index = 0
    while index < len(gaps):
        end = index + 1
        while end < len(gaps) and abs(gaps[end] - gaps[index]) < _ALIKE * gaps[index]:
            end += 1
        if end - index >= 3:
            result[-1] = [word for part in (result[-1], *parts[index + 1 : end + 1]) for word in part]
        else:
            end = index + 1
            result.append(parts[end])
        index = end
    return result


def _is_beside(part: Sequence[Word], run: Sequence[Word], uprights: _Uprights) -> bool:
    last = max(part, key=lambda word: word.right)
    narrow = run[0].left - last.right <= _WIDEST_SPACE * max(_size(run), _size(part))
    return narrow and not uprights.between(last, run[0])


def _line(run: Sequence[Word], page: int) -> Line:
    mark, words = split_mark(run)
    if not words:
        mark, words = "", run
    words = _without_references(words)
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    first_end = next((i for i, word in enumerate(words[1:], 1) if not word.glued), len(words))
    return Line(
        text=joined_words(words),
        page=page,
        left=words[0].left,
        right=max(word.right for word in words),
        base=_base(words),
        size=sizes.most_common(1)[0][0],
        bold=all(word.bold for word in words if any(map(str.isalnum, word.text))),
        first_width=words[first_end - 1].right - words[0].left,
        mark=mark,
        mark_left=run[0].left,
        tagged=words[0].tag != NO_TAG,
    )


def joined_words(words: Sequence[Word]) -> str:
    return "".join(
        word.text if word.glued and index else f" {word.text}" for index, word in enumerate(words)
    ).strip()


def _without_references(words: Sequence[Word]) -> Sequence[Word]:
    """The words of a line without the small raised numbers that refer to footnotes."""
    size, base = _size(words), _base(words)
    kept = [
        word
        for index, word in enumerate(words)
        if not (
            word.text.isdigit()
            and len(word.text) < 3
            and word.size < 0.8 * size
            and word.base > base + 0.15 * size
            and not (index and words[index - 1].text in _UNITS)
        )
    ]
    return kept or words
