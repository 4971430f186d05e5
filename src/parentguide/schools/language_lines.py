"""A list of languages that somebody typed or copied -> rows of cells.

Word, web pages and spreadsheets give one line for each row, with tabs between columns. People write “Polish
34”, “34 Polish”, “Polish: 34” or “Polish, Urdu and Somali”.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from parentguide.errors import ParentguideError
from parentguide.infra.delimited_text import delimited_rows
from parentguide.infra.spreadsheet_cells import Cell, Row
from parentguide.schools.language_column import likeness
from parentguide.schools.language_names import LanguageNames

MAX_CHARACTERS = 500_000
# Line ends of all systems, Word's line break, and the mark that ends a cell of a Word table.
_LINE_ENDS = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]|\x07+")
_BULLET = re.compile(r"^\s*(?:[-–—*•·▪◦‣●○o]\s+|\d{1,3}[.)]\s+(?=\D))")
_PUPILS = r"(?:\s*(?:pupils?|students?|children|learners?|families))?"
_THEN_COUNT = re.compile(
    rf"(?P<name>\D*[^\W\d])\s*\)?[\s,;:=x×–—-]*\(?\s*(?P<count>\d[\d,]*){_PUPILS}\s*\)?", re.IGNORECASE
)
_COUNT_FIRST = re.compile(
    rf"(?P<count>\d[\d,]*){_PUPILS}\s*[x×:,;–—-]?\s*(?P<name>[^\W\d]\D*)", re.IGNORECASE
)
_NAMES = re.compile(r"[,;•·]|\s(?:and|&)\s", re.IGNORECASE)


def rows_of_text(text: str, names: LanguageNames) -> Sequence[Row]:
    """The rows of a text, from row 1; a line of several languages is a row for each of them."""
    lines = [line.rstrip() for line in _LINE_ENDS.split(text.replace("\ufeff", "")) if line.strip()]
    if any("\t" in line for line in lines):
        return tuple(_rows(line.split("\t") for line in lines))
    lines = [_BULLET.sub("", line).strip() for line in lines]
    counted = [_with_count(line) for line in lines]
    # A heading or a total may stand among the lines.
    if sum(cells is not None for cells in counted) * 2 > len(lines):
        return tuple(_rows(cells or [line] for cells, line in zip(counted, lines, strict=True)))
    table = _as_table("\n".join(lines))
    known = sum(names.meaning(line).known for line in lines)
    if len(lines) > 1 and table and 2 * known < len(lines):
        return table
    if known == len(lines) and len(lines) > 1:
        return tuple(_rows([line] for line in lines))
    return tuple(_rows([part] for line in lines for part in _NAMES.split(line)))


def _with_count(line: str) -> list[str] | None:
    for form in (_THEN_COUNT, _COUNT_FIRST):
        match = form.fullmatch(line)
        if match:
            name = match["name"].strip()
            # The bracket of “Kurdish (Sorani) 12” was read as part of what stands between.
            return [name + ")" * (name.count("(") - name.count(")")), match["count"]]
    return None


def _rows(lines: Iterator[list[str]]) -> Iterator[Row]:
    for number, cells in enumerate(lines, 1):
        filled = {at: Cell(cell.strip()) for at, cell in enumerate(cells, 1) if cell.strip()}
        if filled:
            yield Row(number, filled)


def _as_table(text: str) -> Sequence[Row]:
    """The rows of the text as CSV, if it has several columns; none otherwise."""
    try:
        rows = tuple(delimited_rows(text, Path("list"), likeness))
    except ParentguideError:
        return ()
    return rows if sum(len(row.cells) > 1 for row in rows) * 2 > len(rows) else ()
