"""Schools from a table (``.csv``, ``.xlsx``, ``.ods``) or from a folder of ``school.toml`` files.

A bad row is an :class:`Entry` with its error, so that the others can go on.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from parentguide.errors import ParentguideError, SchoolFileError
from parentguide.infra.files import read_bytes
from parentguide.infra.spreadsheet_safety import refuse_unsafe_spreadsheet
from parentguide.infra.toml import printable
from parentguide.model.school import School
from parentguide.schools.school_file import MAX_LOCAL, MAX_TEAM, school_from
from parentguide.schools.school_files import file_reader_beside, read_school

PLAIN = ("folder", "name", "website", "guides", "policy", "logo", "colour", "date", "languages", "editions")
PERSON = ("name", "role", "phone", "email")
LOCAL = ("name", "phone", "website", "languages", "kind")
COLUMNS: Sequence[str] = (
    *PLAIN,
    *(f"team_{n}_{key}" for n in range(1, MAX_TEAM + 1) for key in PERSON),
    *(f"local_{n}_{key}" for n in range(1, MAX_LOCAL + 1) for key in LOCAL),
)
MAX_ROWS = 5_000
MAX_BYTES = 10_000_000
# Names that Windows keeps for devices, whatever their case and extension.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_WHERE = re.compile(r"^(team|local)(?:_contacts)?, (?:person|entry) (\d+)(?:: (\w+))?")


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school of a trust: ``place`` is where it stands, ``folder`` its folder in the output.

    ``error`` says what is wrong where there is no ``school``.
    """

    place: str
    folder: str
    name: str
    school: School | None = None
    error: str = ""


def read_schools(path: Path) -> tuple[SchoolRow, ...]:
    """All schools of a table or folder. Raises :class:`SchoolFileError` where it has none,
    or is broken as a whole."""
    entries = tuple(_unique(_from_folder(path) if path.is_dir() else _from_table(path)))
    if not entries:
        raise SchoolFileError(
            "no school is in it",
            path=path,
            remedy="A table has a row for each school below its headings; a folder has a folder for each,"
            " with a school.toml in it.",
        )
    return entries


def _from_folder(path: Path) -> Iterator[SchoolRow]:
    for file in sorted(path.glob("*/school.toml")):
        name = file.parent.name
        entry = SchoolRow(place=f"{printable(name)}/school.toml", folder=slug(name), name=printable(name))
        yield _entry(entry, lambda file=file: read_school(file))  # type: ignore[misc]


def _entry(entry: SchoolRow, read: Callable[[], School]) -> SchoolRow:
    try:
        school = read()
    except ParentguideError as error:
        return replace(entry, error=f"{error.problem}. {error.remedy}")
    return replace(entry, school=school, name=school.name or entry.name)


def _from_table(path: Path) -> Iterator[SchoolRow]:
    rows = _rows(read_bytes(path), path)
    headings = [heading.strip().lower().replace(" ", "_") for heading in next(rows, [])]
    _check_headings(headings, path)
    for number, row in enumerate(rows, 2):
        if number > MAX_ROWS:
            raise SchoolFileError(
                f"more than {MAX_ROWS} rows", path=path, remedy="Divide it into several files."
            )
        cells = {heading: cell.strip() for heading, cell in zip(headings, row, strict=False) if cell.strip()}
        if not cells:
            continue
        name = printable(cells.get("name", ""))
        entry = SchoolRow(f"row {number}", slug(cells.get("folder") or name), name)
        if len(row) > len(headings) and any(cell.strip() for cell in row[len(headings) :]):
            yield replace(
                entry, error="there are more cells than headings. Put a text with a comma in quotation marks."
            )
            continue
        yield _named_columns(_entry(entry, lambda cells=cells: _school(cells, path)), cells)  # type: ignore[misc]


def _rows(data: bytes, path: Path) -> Iterator[list[str]]:
    if len(data) > MAX_BYTES:
        raise SchoolFileError(
            f"the file has {len(data) // 1_000_000} MB", path=path, remedy="Divide it into several files."
        )
    if data.startswith(b"PK"):
        refuse_unsafe_spreadsheet(data, path, remedy="Save the table as CSV (UTF-8) and give that file.")
        return _spreadsheet_rows(data, path)
    return _csv_rows(data, path)


def _spreadsheet_rows(data: bytes, path: Path) -> Iterator[list[str]]:
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    except (CalamineError, IndexError) as error:
        raise SchoolFileError(
            f"not a spreadsheet: {error}", path=path, remedy="Save it as .xlsx or as CSV (UTF-8)."
        ) from None
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    # A number that is whole comes as 1.0; a telephone number has lost its first 0 by then.
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _csv_rows(data: bytes, path: Path) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel on Windows writes as plain “CSV”.
        text = data.decode("cp1252", "replace")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise SchoolFileError(
            f"not a CSV file: {error}", path=path, remedy="Save the table as CSV (UTF-8) again."
        ) from None


def _check_headings(headings: Sequence[str], path: Path) -> None:
    from difflib import get_close_matches

    for number, heading in enumerate(headings, 1):
        if heading in COLUMNS and headings.index(heading) == number - 1:
            continue
        near = get_close_matches(heading, COLUMNS, n=1)
        known = f"Did you mean “{near[0]}”?" if near else f"Columns are: {', '.join(COLUMNS)}."
        twice = heading in COLUMNS
        raise SchoolFileError(
            f"column {number} is {'a second' if twice else 'headed'} “{heading}”",
            path=path,
            line=1,
            remedy="Delete one of the two." if twice else known,
        )
    if "name" not in headings:
        raise SchoolFileError("no column is headed “name”", path=path, line=1, remedy="Add it.")


def _school(cells: dict[str, str], path: Path) -> School:
    """A row as the table that ``school.toml`` would give."""
    if "name" not in cells:
        raise SchoolFileError("column “name” is empty", remedy="Give the school's name.")
    table: dict[str, Any] = {
        key: _value(key, cells[key]) for key in PLAIN if key in cells and key != "folder"
    }
    for prefix, into, keys, most in (
        ("team", "team", PERSON, MAX_TEAM),
        ("local", "local_contacts", LOCAL, MAX_LOCAL),
    ):
        entries = [
            {key: _value(key, cells[f"{prefix}_{n}_{key}"]) for key in keys if f"{prefix}_{n}_{key}" in cells}
            for n in range(1, most + 1)
        ]
        # Empty ones are kept up to the last, so that an error has the number of its column.
        while entries and not entries[-1]:
            entries.pop()
        if entries and not all(entries):
            raise SchoolFileError(
                f"columns “{prefix}_{entries.index({}) + 1}_…” are empty, but later ones are not",
                remedy="Fill them from the first.",
            )
        if entries:
            table[into] = entries
    return school_from(table, None, file_reader_beside(path))


def _value(key: str, cell: str) -> str | list[str]:
    """A cell as the key has it in ``school.toml``."""
    if key in ("languages", "formats", "editions"):
        return [word for word in re.split(r"[\s,;]+", cell) if word]
    return cell


def _named_columns(entry: SchoolRow, cells: dict[str, str]) -> SchoolRow:
    """The error with the name of the column, where it names a key of ``school.toml``."""
    match = _WHERE.match(entry.error)
    if match:
        column = "_".join(part for part in (match[1], match[2], match[3]) if part)
        return replace(entry, error=f"column “{column}”{entry.error[match.end() :]}")
    first = re.match(r"\w+", entry.error)
    if first and first[0] in cells:
        return replace(entry, error=f"column “{first[0]}”{entry.error[first.end() :]}")
    return entry


def slug(name: str) -> str:
    """A folder name that every system and web server takes; empty if nothing is left of ``name``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    folder = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:60].strip("-")
    return f"school-{folder}" if _DEVICES.fullmatch(folder) else folder


def _unique(entries: Iterator[SchoolRow]) -> Iterator[SchoolRow]:
    places: dict[str, str] = {}
    for entry in entries:
        if not entry.folder:
            problem = "no folder can be named after it. Write a short name in Latin letters into “folder”."
            yield replace(entry, school=None, error=entry.error or problem)
        elif entry.folder in places:
            problem = (
                f"the folder “{entry.folder}” is that of {places[entry.folder]}. Write another into “folder”."
            )
            yield replace(entry, school=None, error=entry.error or problem)
        else:
            places[entry.folder] = entry.place
            yield entry
