"""Schools from a table (``.csv``, ``.xlsx``, ``.ods``) or from a folder of ``school.toml`` files.

A bad row becomes a :class:`SchoolRow` with its problems, so that the other schools can be built.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import overload

from parentguide.errors import ParentguideError, Problem, SchoolFileError
from parentguide.infra.files import read_bytes
from parentguide.infra.spreadsheet_cells import Row, Sheet
from parentguide.infra.spreadsheet_rows import spreadsheet_sheets
from parentguide.infra.toml import printable
from parentguide.model.school import School
from parentguide.schools.notices import Notice
from parentguide.schools.school_file import file_reader_beside, read_school
from parentguide.schools.table_columns import FOLDER, NAME
from parentguide.schools.table_header import Header, find_header, header_problems, heading_score
from parentguide.schools.table_school import read_row

MAX_ROWS = 5_000
# Names that Windows reserves for devices, in any case and with any extension.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school of a trust. ``place`` is its row or file, ``folder`` its folder in the output.

    Where there is no ``school``, ``error`` says why, each problem with its cell or key.
    ``notices`` say what was repaired in the row.
    """

    place: str
    folder: str
    name: str
    school: School | None = None
    error: str = ""
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolTable(Sequence[SchoolRow]):
    """The schools in the order of the table, and what the reader left out of it."""

    rows: tuple[SchoolRow, ...]
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> SchoolRow: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[SchoolRow, ...]: ...
    def __getitem__(self, index: int | slice) -> SchoolRow | tuple[SchoolRow, ...]:
        return self.rows[index]


def read_schools(path: Path) -> SchoolTable:
    """All schools of a table or folder.

    Raises :class:`SchoolFileError` for a file without schools, or one that cannot be read at all.
    """
    found = SchoolTable(tuple(_from_folder(path))) if path.is_dir() else _from_table(path)
    if not found.rows:
        hidden = " ".join(found.notices)
        raise SchoolFileError(
            "no schools found",
            path=path,
            remedy="A table has a row for each school below its headings; a folder has a folder for each,"
            f" with a school.toml in it. {hidden}".strip(),
        )
    return replace(found, rows=tuple(_with_own_folders(found.rows)))


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


def _from_table(path: Path) -> SchoolTable:
    sheets = spreadsheet_sheets(read_bytes(path), path, heading_score)
    sheet, header, notices = _chosen(sheets)
    problems = list(header_problems(header, path))
    if header is None:
        raise SchoolFileError.of(problems)
    below = _rows_below(sheet, header, path)
    read = file_reader_beside(path)
    found = [_table_row(row, header, read) for row in below if not row.hidden]
    if problems:
        # The mistakes of the rows are told too, so that one run names them all.
        raise SchoolFileError.of((*problems, *(replace(p, path=path) for _, more in found for p in more)))
    hidden = _hidden_rows([row.number for row in below if row.hidden])
    return SchoolTable(tuple(row for row, _ in found), (*notices, *hidden))


def _chosen(sheets: Sequence[Sheet]) -> tuple[Sheet, Header | None, tuple[str, ...]]:
    """The first visible sheet with a column “name”, its headings, and notices about the other sheets.

    Without one, the sheet that looks most like a table of schools, for its mistakes to be told.
    """
    visible = [(sheet, find_header(sheet.rows())) for sheet in sheets if not sheet.hidden]
    named = [(sheet, header) for sheet, header in visible if header and header.has_name]
    notices = [
        f"The sheet “{printable(sheet.name)}” is hidden and was not read." for sheet in sheets if sheet.hidden
    ]
    notices += (
        f"The sheet “{printable(sheet.name)}” has a column “name” too and was not read: put all schools"
        " on one sheet."
        for sheet, _ in named[1:]
    )
    if named:
        return (*named[0], tuple(notices))
    if not visible:
        return Sheet("", lambda: iter(())), None, tuple(notices)
    return (*max(visible, key=lambda pair: _likeness(pair[1])), tuple(notices))


def _likeness(header: Header | None) -> int:
    return heading_score(heading.written for heading in header.headings.values()) if header else -1


def _rows_below(sheet: Sheet, header: Header, path: Path) -> list[Row]:
    """The rows below the headings; readers leave out rows without words."""
    rows: list[Row] = []
    for row in sheet.rows():
        if row.number > header.row:
            rows.append(row)
        if len(rows) > MAX_ROWS:
            raise SchoolFileError(
                f"more than {MAX_ROWS} rows", path=path, remedy="Divide it into several files."
            )
    return rows


def _table_row(
    row: Row, header: Header, read_file: Callable[[str], bytes]
) -> tuple[SchoolRow, tuple[Problem, ...]]:
    """The school of a row, and the row's problems with the row as part of their places."""
    read = read_row(row, header, read_file)
    name = printable(read.texts.get(NAME, ""))
    place = f"row {row.number}"
    found = SchoolRow(place, slug(read.texts.get(FOLDER) or name), name, notices=read.notices)
    if read.school is not None:
        found = _with_school(found, read.school)
    else:
        found = replace(found, error=SchoolFileError.of(read.problems).sentences)
    return found, tuple(replace(p, loc=(", ".join(map(str, (place, *p.loc))),)) for p in read.problems)


def _hidden_rows(numbers: Sequence[int]) -> Iterator[str]:
    """One notice for all hidden rows with words: “Rows 3 and 5 to 7 are hidden …”."""
    if not numbers:
        return
    runs = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *others = [number for _, number in run]
        runs.append(f"{first} to {others[-1]}" if others else str(first))
    listed = f"{', '.join(runs[:-1])} and {runs[-1]}" if len(runs) > 1 else runs[0]
    many = len(numbers) > 1
    yield (
        f"{'Rows' if many else 'Row'} {listed} {'are' if many else 'is'} hidden or filtered out and"
        f" {'were' if many else 'was'} not read."
    )


def slug(name: str) -> str:
    """A folder name that every system and web server accepts; empty if nothing of ``name`` can be used."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    folder = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:60].strip("-")
    return f"school-{folder}" if _DEVICES.fullmatch(folder) else folder


def _with_own_folders(rows: Iterable[SchoolRow]) -> Iterator[SchoolRow]:
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
