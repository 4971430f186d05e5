"""One row of a trust's table -> the school, or all mistakes of the row with their cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from parentguide.errors import InvalidValueError, Loc, Problem, SchoolFileError
from parentguide.infra.spreadsheet_cells import Row, cell_name
from parentguide.model.school import School
from parentguide.schools.description import DETAILS, GROUPS, Group
from parentguide.schools.notices import Notice
from parentguide.schools.school_file import school_from
from parentguide.schools.table_cells import read_cell
from parentguide.schools.table_columns import COLUMN_DETAILS, NAME, column_of_loc, entry_column
from parentguide.schools.table_header import Header, stray_cells


@dataclass(frozen=True, slots=True)
class RowSchool:
    """What a row says: its texts by column, and the school; without one, ``problems`` say why."""

    texts: Mapping[str, str]
    school: School | None
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class _Cells:
    """The texts of a row by column, and the columns whose cells cannot be read."""

    texts: dict[str, str] = field(default_factory=dict)
    unread: dict[str, Problem] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


def read_row(row: Row, header: Header, read_file: Callable[[str], bytes]) -> RowSchool:
    """The school of ``row``. ``read_file`` gives the bytes of the logo that the row names."""
    cells = _read_cells(row, header)
    problems = [*_stray_problems(row, header)]
    if problems and not (cells.texts or cells.unread):
        return RowSchool({}, None, tuple(problems), ())
    school = None
    try:
        school = _school(cells, header.has_name, read_file)
    except SchoolFileError as error:
        problems += (_in_cell(problem, row, header) for problem in error.problems)
    return RowSchool(cells.texts, None if problems else school, tuple(problems), tuple(cells.notices))


def _read_cells(row: Row, header: Header) -> _Cells:
    found = _Cells()
    for column, at in header.columns.items():
        cell = row.cells.get(at)
        if cell is None:
            continue
        detail = COLUMN_DETAILS.get(column)
        try:
            read = read_cell(cell, detail.parsed.kind if detail else "text")
        except InvalidValueError as error:
            found.unread[column] = Problem(error.problem, error.remedy, (column,))
            continue
        if read.text:
            found.texts[column] = read.text
        if read.notice:
            found.notices.append(Notice("table-repaired", _place(column, row, header), read.notice))
    return found


def _stray_problems(row: Row, header: Header) -> Iterator[Problem]:
    stray = stray_cells(row, header)
    if stray:
        cells = ", ".join(stray[:3]) + (" and more" if len(stray) > 3 else "")
        holds = "has words but its column has" if len(stray) == 1 else "have words but their columns have"
        yield Problem(
            f"there are more cells than headings: {cells} {holds} no heading",
            "Write a heading above, or delete the words. In a CSV file, put a text with a comma in"
            " quotation marks.",
        )


def _in_cell(problem: Problem, row: Row, header: Header) -> Problem:
    return replace(problem, loc=_place(column_of_loc(problem.loc), row, header)) if problem.loc else problem


def _place(column: str, row: Row, header: Header) -> Loc:
    """The cell and the heading as the table has them; the first cell of an entry for the whole entry."""
    start = column.partition("…")[0]
    positions = [at for name, at in header.columns.items() if name == column or name.startswith(start)]
    exact = header.columns.get(column)
    heading = header.headings[exact].written if exact else column
    cell = f"cell {cell_name(exact or positions[0], row.number)}, " if positions else ""
    return (f"{cell}column “{heading}”",)


def _school(cells: _Cells, has_name: bool, read_file: Callable[[str], bytes]) -> School:
    """The school of a row, read as the table that ``school.toml`` would give."""
    texts = cells.texts
    problems = list(cells.unread.values())
    if has_name and NAME not in texts and NAME not in cells.unread:
        problems.append(Problem("is empty", "Give the school's name.", (NAME,)))
    table: dict[str, Any] = {d.key: texts[d.key] for d in DETAILS if d.key in texts}
    filled: dict[str, list[int]] = {}
    for group in GROUPS:
        entries = _entries(group, cells)
        last = max(entries, default=-1)
        for position in sorted(set(range(last)) - entries.keys()):
            loc: Loc = (group.key, position, "…")
            problems.append(Problem("is empty, but a later one is not", "Fill them from the first.", loc))
        filled[group.key] = sorted(entries)
        if entries:
            table[group.key] = [entries[position] for position in sorted(entries)]
    try:
        school = school_from(table, None, read_file)
    except SchoolFileError as error:
        found = (replace(problem, loc=_in_row(problem.loc, filled)) for problem in error.problems)
        problems += (problem for problem in found if not _follows(problem.loc, cells))
    if problems:
        raise SchoolFileError.of(problems)
    return school


def _follows(loc: Loc, cells: _Cells) -> bool:
    """Whether a problem of a whole entry follows from a cell of it that cannot be read."""
    start, whole, rest = column_of_loc(loc).partition("…") if loc else ("", "", "")
    return bool(whole) and not rest and any(column.startswith(start) for column in cells.unread)


def _in_row(loc: Loc, filled: Mapping[str, Sequence[int]]) -> Loc:
    """The place of a problem among the columns of a row, where some entries may be empty."""
    match loc:
        case (str() as key, int() as position, *rest) if key in filled:
            return (key, filled[key][position], *rest)
    return loc


def _entries(group: Group, cells: _Cells) -> dict[int, dict[str, Any]]:
    """The entries of a group that have a cell, by position; a cell that cannot be read is left out."""
    entries = {}
    for position in range(group.most):
        columns = {detail: entry_column(group, position, detail.key) for detail in group.details}
        if any(column in cells.texts or column in cells.unread for column in columns.values()):
            entries[position] = {
                detail.key: cells.texts[column] for detail, column in columns.items() if column in cells.texts
            }
    return entries
