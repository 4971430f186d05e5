"""Lines of text out of the words of a PDF page."""

from collections import Counter
from collections.abc import Iterable, Sequence

from parentguide.newsletter.pdf_marks import split_mark
from parentguide.newsletter.pdf_values import NO_TAG, Line, Word

# A wider gap than this many type sizes ends a line: a gutter or the next cell of a table follows.
_WIDEST_SPACE = 0.9


def lines_by_position(words: Sequence[Word], page: int) -> list[Line]:
    """The lines, or the parts of lines between wide gaps, from the top and on one height from the left.

    Where the page draws them does not matter.
    """
    runs = _runs(_distinct(words), split_at_gaps=True)
    runs.sort(key=lambda run: -_base(run))
    lines: list[Line] = []
    row: list[list[Word]] = []
    for run in runs:
        if row and _base(row[0]) - _base(run) > 0.25 * _size(run):
            lines += _row(row, page)
            row = []
        row.append(run)
    return lines + _row(row, page)


def lines_in_order(words: Sequence[Word], page: int) -> list[Line]:
    """The lines of one block, in the order in which the page draws them."""
    runs = _runs(_distinct(words), split_at_gaps=False)
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


def _runs(words: Iterable[Word], *, split_at_gaps: bool) -> list[list[Word]]:
    """Words drawn one after another on one line; raised and lowered letters stay with their line."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _follows(runs[-1], word, split_at_gaps=split_at_gaps):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _follows(run: Sequence[Word], word: Word, *, split_at_gaps: bool) -> bool:
    last = run[-1]
    size = max(last.size, word.size)
    gap = word.left - last.right
    if gap < -0.5 * size or (split_at_gaps and gap > _WIDEST_SPACE * size):
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


def _row(row: list[list[Word]], page: int) -> list[Line]:
    """The lines on one height: runs with a narrow gap between them are one."""
    row.sort(key=lambda run: run[0].left)
    parts: list[list[Word]] = []
    for run in row:
        if parts and run[0].left - max(w.right for w in parts[-1]) <= _WIDEST_SPACE * max(
            _size(run), _size(parts[-1])
        ):
            parts[-1] = parts[-1] + run
        else:
            parts.append(run)
    return [line for part in parts for line in [_line(part, page)] if line.text or line.mark]


def _line(run: Sequence[Word], page: int) -> Line:
    mark, words = split_mark(run)
    if not words:
        mark, words = "", run
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
    return "".join(word.text if word.glued and index else f" {word.text}" for index, word in enumerate(words)).strip()
