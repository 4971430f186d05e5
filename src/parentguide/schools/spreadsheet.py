"""Schools from a table (``.csv``, ``.xlsx``, ``.ods``) or from a folder of ``school.toml`` files.

A bad row becomes a :class:`SchoolRow` with its problems, so that the other schools can be built.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from parentguide.errors import Loc, ParentguideError, Problem, SchoolFileError
from parentguide.infra.files import read_bytes
from parentguide.infra.spreadsheet_rows import spreadsheet_rows
from parentguide.infra.toml import printable
from parentguide.model.school import School
from parentguide.schools.description import DETAILS, GROUPS, OLD_KEYS, Group
from parentguide.schools.school_file import file_reader_beside, read_school, school_from

_FOLDER = "folder"
# Columns of a group begin with this, then the entry's number from 1, then the key.
_PREFIXES = {"team": "team", "local_contacts": "local"}
MAX_ROWS = 5_000
# Names that Windows reserves for devices, in any case and with any extension.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def _entry_column(group: Group, position: int, key: str) -> str:
    """``team_1_phone`` for the phone number of the first person; ``position`` counts from 0."""
    return f"{_PREFIXES[group.key]}_{position + 1}_{key}"


COLUMNS: Sequence[str] = (
    _FOLDER,
    *(detail.key for detail in DETAILS),
    *(
        _entry_column(group, position, detail.key)
        for group in GROUPS
        for position in range(group.most)
        for detail in group.details
    ),
)


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school of a trust. ``place`` is its row or file, ``folder`` its folder in the output.

    Where there is no ``school``, ``error`` says why, each problem with its column or key.
    """

    place: str
    folder: str
    name: str
    school: School | None = None
    error: str = ""


def read_schools(path: Path) -> tuple[SchoolRow, ...]:
    """All schools of a table or folder.

    Raises :class:`SchoolFileError` for a file without schools, or one that cannot be read at all.
    """
    rows = tuple(_with_own_folders(_from_folder(path) if path.is_dir() else _from_table(path)))
    if not rows:
        raise SchoolFileError(
            "no schools found",
            path=path,
            remedy="A table has a row for each school below its headings; a folder has a folder for each,"
            " with a school.toml in it.",
        )
    return rows


def _from_folder(path: Path) -> Iterator[SchoolRow]:
    for file in sorted(path.glob("*/school.toml")):
        name = file.parent.name
        row = SchoolRow(place=f"{printable(name)}/school.toml", folder=slug(name), name=printable(name))
        try:
            yield _with_school(row, read_school(file))
        except ParentguideError as error:
            yield replace(row, error=error.sentences)


def _with_school(row: SchoolRow, school: School) -> SchoolRow:
    return replace(row, school=school, name=school.name or row.name)


def _from_table(path: Path) -> Iterator[SchoolRow]:
    rows = spreadsheet_rows(read_bytes(path), path)
    headings = [_heading(cell) for cell in next(rows, [])]
    _check_headings(headings, path)
    for number, row in enumerate(rows, 2):
        if number > MAX_ROWS:
            raise SchoolFileError(
                f"more than {MAX_ROWS} rows", path=path, remedy="Divide it into several files."
            )
        if any(cell.strip() for cell in row):
            yield _table_row(number, row, headings, path)


def _heading(cell: str) -> str:
    heading = cell.strip().lower().replace(" ", "_")
    return OLD_KEYS.get(heading, heading)


def _table_row(number: int, row: Sequence[str], headings: Sequence[str], path: Path) -> SchoolRow:
    cells = {heading: cell.strip() for heading, cell in zip(headings, row, strict=False) if cell.strip()}
    name = printable(cells.get("name", ""))
    found = SchoolRow(f"row {number}", slug(cells.get(_FOLDER) or name), name)
    if any(cell.strip() for cell in row[len(headings) :]):
        return replace(
            found, error="There are more cells than headings. Put a text with a comma in quotation marks."
        )
    try:
        return _with_school(found, _school(cells, file_reader_beside(path)))
    except ParentguideError as error:
        return replace(found, error=SchoolFileError.of(map(_at_column, error.problems)).sentences)


def _at_column(problem: Problem) -> Problem:
    """The problem with the name of its column as its place."""
    return replace(problem, loc=(f"column “{_column(problem.loc)}”",)) if problem.loc else problem


def _column(loc: Loc) -> str:
    key, *rest = loc
    group = next((group for group in GROUPS if group.key == key), None)
    if group is None or not rest:
        return str(key)
    return _entry_column(group, int(rest[0]), str(rest[1]) if len(rest) > 1 else "…")


def _check_headings(headings: Sequence[str], path: Path) -> None:
    problems = [
        _heading_problem(number, heading, heading in headings[: number - 1], path)
        for number, heading in enumerate(headings, 1)
        if heading not in COLUMNS or heading in headings[: number - 1]
    ]
    if "name" not in headings:
        problems.append(Problem("no column has the heading “name”", "Add it.", (), path, 1))
    if problems:
        raise SchoolFileError.of(problems)


def _heading_problem(number: int, heading: str, again: bool, path: Path) -> Problem:
    from difflib import get_close_matches

    if again:
        text = f"column {number} has the heading “{printable(heading)}” of an earlier column"
        return Problem(text, "Delete one of the two.", (), path, 1)
    near = get_close_matches(heading, COLUMNS, n=1)
    known = f"Did you mean “{near[0]}”?" if near else f"Columns are: {', '.join(COLUMNS)}."
    return Problem(f"column {number} has the unknown heading “{printable(heading)}”", known, (), path, 1)


def _school(cells: Mapping[str, str], read_file: Callable[[str], bytes]) -> School:
    """The school of a row, read as the table that ``school.toml`` would give."""
    problems = []
    if "name" not in cells:
        problems.append(Problem("is empty", "Give the school's name.", ("name",)))
    table: dict[str, Any] = {d.key: cells[d.key] for d in DETAILS if d.key in cells}
    filled: dict[str, list[int]] = {}
    for group in GROUPS:
        entries = _entries(group, cells)
        for position in (number for number, entry in enumerate(entries) if not entry):
            loc: Loc = (group.key, position, "…")
            problems.append(Problem("is empty, but a later one is not", "Fill them from the first.", loc))
        filled[group.key] = [number for number, entry in enumerate(entries) if entry]
        if entries:
            table[group.key] = [entry for entry in entries if entry]
    try:
        school = school_from(table, None, read_file)
    except SchoolFileError as error:
        problems += (replace(problem, loc=_in_row(problem.loc, filled)) for problem in error.problems)
    if problems:
        raise SchoolFileError.of(problems)
    return school


def _in_row(loc: Loc, filled: Mapping[str, Sequence[int]]) -> Loc:
    """The place of a problem among the columns of a row, where some entries may be empty."""
    match loc:
        case (str() as key, int() as position, *rest):
            return (key, filled[key][position], *rest)
    return loc


def _entries(group: Group, cells: Mapping[str, str]) -> list[dict[str, Any]]:
    """The entries of a group up to the last that says something; an empty one in between is ``{}``."""
    entries = []
    for position in range(group.most):
        columns = {detail: _entry_column(group, position, detail.key) for detail in group.details}
        entries.append({d.key: cells[column] for d, column in columns.items() if column in cells})
    while entries and not entries[-1]:
        entries.pop()
    return entries


def slug(name: str) -> str:
    """A folder name that every system and web server accepts; empty if nothing of ``name`` can be used."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    folder = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:60].strip("-")
    return f"school-{folder}" if _DEVICES.fullmatch(folder) else folder


def _with_own_folders(rows: Iterator[SchoolRow]) -> Iterator[SchoolRow]:
    """Each row, with a problem where it has no folder or the folder of an earlier row."""
    places: dict[str, str] = {}
    for row in rows:
        if not row.folder:
            problem = "The name gives no folder name. Write a short name in Latin letters into “folder”."
            yield replace(row, school=None, error=row.error or problem)
        elif row.folder in places:
            problem = (
                f"Two schools would use the folder “{row.folder}”: this one and {places[row.folder]}."
                " Write another name into “folder”."
            )
            yield replace(row, school=None, error=row.error or problem)
        else:
            places[row.folder] = row.place
            yield row
