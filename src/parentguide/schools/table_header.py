"""The headings of a trust's table: where they are, what they name, and what is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from parentguide.errors import Problem
from parentguide.infra.spreadsheet_cells import Row, cell_name, column_letters
from parentguide.infra.toml import printable
from parentguide.schools.table_columns import COLUMNS, FOLDER, NAME, column_of, letters_of

# Titles, notes and empty rows stand above the headings; no table has more of them.
_LOOKED_AT = 60
_LOOKED_AT_COLUMNS = 200
_LONGEST = 60
_MAX_PROBLEMS = 20
_TEAM = "team_1_"
# Headings that schools write, as letters_of gives them, with the column that they may mean.
_MEANINGS = {
    **dict.fromkeys(("schoolname", "nameofschool", "school", "schools", "academy", "academyname"), NAME),
    **dict.fromkeys(("title", "institution", "establishmentname", "nameofacademy"), NAME),
    **dict.fromkeys(
        ("web", "site", "url", "homepage", "schoolwebsite", "webaddress", "websiteaddress"), "website"
    ),
    **dict.fromkeys(("tel", "telephone", "phone", "phoneno", "phonenumber", "telno"), f"{_TEAM}phone"),
    **dict.fromkeys(("telephonenumber", "mobile", "dslphone", "dsltel", "contactnumber"), f"{_TEAM}phone"),
    **dict.fromkeys(("email", "mail", "emailaddress", "dslemail"), f"{_TEAM}email"),
    **dict.fromkeys(("dsl", "dslname", "contact", "contactname", "lead"), f"{_TEAM}name"),
    **dict.fromkeys(("role", "jobtitle", "position"), f"{_TEAM}role"),
    **dict.fromkeys(("language", "homelanguages"), "languages"),
    **dict.fromkeys(("color", "brandcolour"), "colour"),
    **dict.fromkeys(("format", "sheets"), "formats"),
    **dict.fromkeys(("subfolder", "directory"), FOLDER),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: its words in the table, and the column that it names; empty for an unknown one."""

    written: str
    column: str


@dataclass(frozen=True, slots=True)
class Header:
    """The row of headings: its number, and the headings by the position of their column, from 1."""

    row: int
    headings: Mapping[int, Heading]

    @property
    def columns(self) -> Mapping[str, int]:
        """The positions of the columns that are known; the first where a heading comes twice."""
        named: dict[str, int] = {}
        for at, heading in self.headings.items():
            if heading.column:
                named.setdefault(heading.column, at)
        return named

    @property
    def has_name(self) -> bool:
        return NAME in self.columns


def heading_score(texts: Iterable[str]) -> int:
    """How much a row looks like the headings: its known headings count most, and ``name`` as two."""
    looked_at = [text for text in islice(texts, _LOOKED_AT_COLUMNS) if len(text) <= _LONGEST]
    found = {column_of(text) for text in looked_at} - {""}
    meant = sum(letters_of(text) in _MEANINGS for text in looked_at)
    return 4 * (len(found) + (NAME in found)) + meant


def find_header(rows: Iterable[Row]) -> Header | None:
    """The row that looks most like headings; None for no rows. A row with ``name`` comes before others."""
    best: Row | None = None
    best_score = (False, -1)
    for row in islice(rows, _LOOKED_AT):
        texts = [cell.text for cell in row.cells.values()]
        score = (NAME in map(column_of, texts[:_LOOKED_AT_COLUMNS]), heading_score(texts))
        if not row.hidden and score > best_score:
            best, best_score = row, score
    return _header(best) if best else None


def _header(row: Row) -> Header:
    headings = {
        at: Heading(printable(" ".join(cell.text.split())), column_of(cell.text))
        for at, cell in sorted(row.cells.items())
    }
    return Header(row.number, headings)


def header_problems(header: Header | None, path: Path) -> Iterator[Problem]:
    """The mistakes in the headings, up to twenty of them, and whether “name” is there."""
    yield from islice(_heading_problems(header, path) if header else (), _MAX_PROBLEMS)
    if header is None or not header.has_name:
        line = header.row if header else 1
        remedy = "Write “name” above the names of the schools."
        yield Problem("no column has the heading “name”", remedy, (), path, line)


def _heading_problems(header: Header, path: Path) -> Iterator[Problem]:
    seen: set[str] = set()
    line = header.row
    for at, heading in header.headings.items():
        place = f"column {column_letters(at)}"
        if not heading.written:
            text = f"{place} has a formula as its heading, and its value is not stored"
            yield Problem(text, "Type the heading.", (), path, line)
        elif not heading.column:
            text = f"{place} has the unknown heading “{heading.written}”"
            yield Problem(text, _advice(heading.written), (), path, line)
        elif heading.column in seen:
            text = f"{place} has the heading “{heading.written}” of an earlier column"
            yield Problem(text, "Delete one of the two.", (), path, line)
        seen.add(heading.column)


def _advice(written: str) -> str:
    meant = _meant(written)
    if meant:
        return f"Did you mean “{meant}”?"
    return "Delete the column, or use a heading that “parentguide schools columns” prints."


def _meant(written: str) -> str:
    """The column that an unknown heading probably means; empty for none."""
    letters = letters_of(written[:_LONGEST])
    if letters in _MEANINGS:
        return _MEANINGS[letters]
    names = {letters_of(column): column for column in COLUMNS}
    near = get_close_matches(letters, names, n=1, cutoff=0.75)
    return names[near[0]] if near else ""


def stray_cells(row: Row, header: Header) -> Sequence[str]:
    """The names of cells such as ``C5`` that have words, but no heading above them."""
    return [cell_name(at, row.number) for at in sorted(row.cells) if at not in header.headings]
