"""The lines of a newsletter's text, cleaned, with their list marks and table cells, and their layout."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple, Self

from parentguide.model.statement import StatementKind
from parentguide.newsletter.cleaning import clean, single_spaced
from parentguide.newsletter.marks import Marked, Sort, chosen_marks, is_mark_alone
from parentguide.newsletter.passages import Passage

_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_CELL_GAP = re.compile(r"\t| {3,}")
_RULE = "|:+- \t"
# A line shorter than this says nothing of how wide the column is.
_LEAST_FULL = 30
_LEAST_BROKEN = 3  # lines
# So much of the width is surely free: letters are not equally wide. In a narrow column a line is often short.
_ROOM, _LEAST_WIDTH = 0.9, 40


class Line(NamedTuple):
    """One line: its number from 1, its text without a list mark, its indent in characters, its list mark.

    ``text`` has single spaces and is empty for a blank line; ``mark`` is empty for a line without one.
    ``kind`` is known for a row of a table, and for each passage of a file that says what it is; such a line
    is a statement of its own. ``continues``: it goes on with the sentence of the line above, with something
    left out between them. ``page`` and ``doubt`` are those of the passage. A named tuple, because a text may
    have 100,000 lines and a frozen dataclass takes four times as long to make.
    """

    number: int
    text: str
    indent: int
    mark: str = ""
    kind: StatementKind | None = None
    continues: bool = False
    page: int | None = None
    doubt: str = ""

    @property
    def is_row(self) -> bool:
        return self.kind is StatementKind.ROW

    @property
    def blank(self) -> bool:
        return not self.text

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.text)

    def first_word_fits(self, following: str, width: float) -> bool:
        """Whether the first word of ``following`` has room in this line of ``width`` characters."""
        return len(self.text) + 1 + len(following.split(" ", 1)[0]) <= width


def ends_sentence(text: str) -> bool:
    # Most lines of a paragraph end in a letter.
    return not text[-1:].isalpha() and bool(_SENTENCE_END.search(text[-8:]))


def read_lines(passages: Sequence[Passage]) -> tuple[Line, ...]:
    """The lines of a plain text; ``passages`` has one for each, blank lines too."""
    numbers, rows = _with_lone_marks_joined(
        [passage.line for passage in passages], [clean(passage.text).rstrip() for passage in passages]
    )
    cells = _rows_of_tables(rows)
    marks = chosen_marks(rows)
    return tuple(
        _line(number, row, None if row_cells else mark, row_cells)
        for number, row, mark, row_cells in zip(numbers, rows, marks, cells, strict=True)
    )


def _line(number: int, row: str, mark: Marked | None, cells: tuple[str, ...]) -> Line:
    indent = len(row) - len(row.lstrip())
    if cells:
        return Line(number, single_spaced(" | ".join(cells)), indent, kind=StatementKind.ROW)
    if mark:
        kind = StatementKind.HEADING if mark.sort is Sort.HEADING else None
        return Line(number, single_spaced(mark.text), indent, mark.mark, kind)
    return Line(number, single_spaced(row), indent)


def _with_lone_marks_joined(numbers: list[int], rows: list[str]) -> tuple[list[int], list[str]]:
    """The lines, where a list mark that stands alone in its line begins the next line that has words.

    Of several blank lines, one is left.
    """
    result_numbers, result_rows = list[int](), list[str]()
    mark, mark_number = "", 0
    for number, row in zip(numbers, rows, strict=True):
        text = row.strip()
        if not text and (mark or (result_rows and not result_rows[-1])):
            continue
        if text.startswith("|") and "-" in text and not text.strip(_RULE):
            # The rule below the heading line of a table drawn with bars.
            continue
        if is_mark_alone(text):
            mark, mark_number = text, number
            continue
        result_numbers.append(mark_number if mark else number)
        result_rows.append(f"{mark} {text}" if mark else row)
        mark = ""
    return result_numbers, result_rows


def _rows_of_tables(rows: Sequence[str]) -> list[tuple[str, ...]]:
    """For each line its cells if it is in a table, else an empty tuple.

    A table is two lines or more, one below the other, with the same number of cells. Tabs, bars or three
    spaces part the cells.
    """
    cells = [_cells(row) for row in rows]
    found: list[tuple[str, ...]] = []
    for _, group in groupby(cells, key=bool):
        block = list(group)
        usual = Counter(map(len, block)).most_common(1)[0][1] if block else 0
        is_table = len(block) > 1 and usual * 2 > len(block)
        found += block if is_table else [()] * len(block)
    return found


def _cells(row: str) -> tuple[str, ...]:
    """The cells of a line, two at least; empty if it is not divided, or if its first cell is a list mark."""
    text = row.strip()
    if "\t" not in text and "   " not in text and "|" not in text:
        return ()
    if text.startswith("|") and text.endswith("|") and len(text) > 2:
        parts = text[1:-1].split("|")
        return tuple(part.strip() for part in parts)
    parts = _CELL_GAP.split(text)
    if len(parts) < 2 or is_mark_alone(parts[0].strip()):
        return ()
    return tuple(part.strip() for part in parts)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines of a text have in common. Widths and indents are in characters.

    ``width`` is that of the usual full line. ``is_wrapped``: lines end where the column ends; if not, each
    line is a paragraph, a heading or an item. ``run_widths`` has, for each line, the longest line of its run
    of lines without a blank one; ``following`` the next line with words below it; ``one_sentence`` whether
    it and the lines around it that begin with a small letter are one sentence. ``broken``: each line of its
    run of lines without a mark had room for the next line's first word, so none of them is wrapped.
    """

    body_indent: int
    width: int
    is_wrapped: bool
    run_widths: tuple[int, ...]
    following: tuple[Line | None, ...]
    one_sentence: tuple[bool, ...] = ()
    broken: tuple[bool, ...] = ()

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Self:
        cut = _cut_widths(lines)
        is_wrapped = _is_wrapped(lines, cut)
        width = _upper_quarter([width for width, _ in cut]) if is_wrapped else _usual_width(lines)
        return cls(
            _usual_indent(lines),
            width,
            is_wrapped,
            _run_widths(lines),
            _following(lines),
            tuple(_in_one_sentence(lines)),
            tuple(_in_broken_run(lines, width)),
        )


def _usual_indent(lines: Sequence[Line]) -> int:
    counts = Counter(line.indent for line in lines if line.text and not line.mark)
    return max(counts, key=counts.__getitem__) if counts else 0


def _usual_width(lines: Sequence[Line]) -> int:
    return _upper_quarter([len(line.text) for line in lines if line.text])


def _upper_quarter(lengths: Sequence[int]) -> int:
    return sorted(lengths)[(len(lengths) * 3) // 4] if lengths else 0


def _cut_widths(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """For each line that ends inside a sentence, its length without and with the word that did not fit."""
    return [
        (len(line.text), len(line.text) + 1 + len(below.text.split(" ", 1)[0]))
        for line, below in pairwise(lines)
        if len(line.text) >= _LEAST_FULL
        and below.text[:1].islower()
        and not below.mark
        and not line.text.endswith((".", ";", ":", "!", "?"))
        and not (line.is_row or below.is_row)
    ]


def _is_wrapped(lines: Sequence[Line], cut: Sequence[tuple[int, int]]) -> bool:
    """Whether lines end where the column does: most cut lines are full, and few lines are much longer."""
    if not cut:
        return False
    full = _upper_quarter([width for width, _ in cut])
    filled = sum(needed >= full * 0.85 for _, needed in cut)
    longer = sum(len(line.text) > full * 1.3 for line in lines)
    return filled >= len(cut) * 0.6 and longer * 2 <= len(cut)


def _run_widths(lines: Sequence[Line]) -> tuple[int, ...]:
    return tuple(_widths_of_runs(lines))


def _widths_of_runs(lines: Sequence[Line]) -> Iterator[int]:
    for _, group in groupby(lines, key=lambda line: line.blank):
        lengths = [len(line.text) for line in group]
        yield from [max(lengths)] * len(lengths)


def _in_one_sentence(lines: Sequence[Line]) -> Iterator[bool]:
    run: list[Line] = []
    for line in lines:
        if run and not line.text[:1].islower():
            yield from [_is_one_sentence(run)] * len(run)
            run = []
        run.append(line)
    yield from [_is_one_sentence(run)] * len(run)


def _is_one_sentence(run: Sequence[Line]) -> bool:
    """Whether lines that begin with a small letter, but the first, are one sentence."""
    if len(run) < 2 or not run[0].text[:1].isupper() or not run[-1].ends_sentence:
        return False
    if any(line.mark or line.kind for line in run):
        return False
    return not any(line.text.endswith((".", ";", ":", "!", "?")) for line in run[:-1])


def _in_broken_run(lines: Sequence[Line], width: int) -> Iterator[bool]:
    for _, group in groupby(lines, key=lambda line: line.blank or bool(line.mark) or bool(line.kind)):
        run = list(group)
        broken = len(run) >= _LEAST_BROKEN and all(
            line.first_word_fits(below.text, width * (_ROOM if len(line.text) > _LEAST_WIDTH else 1))
            for line, below in pairwise(run)
        )
        yield from [broken] * len(run)


def _following(lines: Sequence[Line]) -> tuple[Line | None, ...]:
    found: list[Line | None] = []
    following: Line | None = None
    for line in reversed(lines):
        found.append(following)
        following = following if line.blank else line
    return tuple(reversed(found))
