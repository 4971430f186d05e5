"""The sheets of a table: CSV as spreadsheet programs save it, ``.xlsx`` and ``.ods``.

Workbooks and long CSV files are read in another process (:mod:`parentguide.infra.limited`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from parentguide.errors import ParentguideError, SchoolFileError
from parentguide.infra.delimited_text import decoded_table, delimited_rows
from parentguide.infra.limited import limited
from parentguide.infra.spreadsheet_cells import Row, Sheet
from parentguide.infra.spreadsheet_safety import unpacked_spreadsheet
from parentguide.infra.within_limits import within_limits

MAX_BYTES = 10_000_000
# CSV of so many bytes has some hundred schools.
_SHORT = 50_000
# More than any caller takes.
_MOST_ROWS = 20_000
_AS_CSV = "Save the table as .xlsx, or as CSV (UTF-8), and give that file."
# The first bytes of files that people take for tables.
_OTHER_FILES = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls), or a file with a password"),
    (b"%PDF", "a PDF file"),
    (b"{\\rtf", "a Word file (.rtf)"),
    (b"<", "a web page or XML, whatever its name says"),
)


def spreadsheet_sheets(data: bytes, path: Path, score: Callable[[Sequence[str]], int]) -> tuple[Sheet, ...]:
    """The sheets of ``data``, the bytes of ``path``; a CSV file is one sheet without a name.

    ``score`` says how much the texts of a row look like headings, to choose a delimiter. Raises
    :class:`SchoolFileError` or :class:`~parentguide.errors.SourceError`, also while rows are
    read, for a file that is not a spreadsheet, is unsafe or is larger than :data:`MAX_BYTES`.
    """
    if len(data) > MAX_BYTES:
        raise SchoolFileError(
            f"the file has {len(data) // 1_000_000} MB", path=path, remedy="Divide it into several files."
        )
    if data.startswith(b"PK"):
        return _workbook(data, path)
    for start, what in _OTHER_FILES:
        if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(start):
            raise SchoolFileError(f"not a table but {what}", path=path, remedy=_AS_CSV)
    table = within_limits(_read_delimited, data, path, score, short=_SHORT, path=path)
    return (Sheet("", table.each),)


@dataclass(frozen=True, slots=True)
class _ReadSheet:
    """A sheet whose rows are read, up to the one that cannot be; ``error`` says why."""

    name: str
    hidden: bool
    rows: tuple[Row, ...] = ()
    error: ParentguideError | None = None

    def each(self) -> Iterator[Row]:
        yield from self.rows
        if self.error:
            raise self.error


def _read_delimited(data: bytes, path: Path, score: Callable[[Sequence[str]], int]) -> _ReadSheet:
    text = decoded_table(data, path)
    return _read(Sheet("", lambda: delimited_rows(text, path, score)))


def _workbook(data: bytes, path: Path) -> tuple[Sheet, ...]:
    read = limited(_read_sheets, data, path, path=path)
    return tuple(Sheet(sheet.name, sheet.each, sheet.hidden) for sheet in read)


def _read_sheets(data: bytes, path: Path) -> tuple[_ReadSheet, ...]:
    """The visible sheets with their rows, and the names of the others."""
    return tuple(_read(sheet) for sheet in _sheets(data, path))


def _read(sheet: Sheet) -> _ReadSheet:
    rows: list[Row] = []
    make = partial(_ReadSheet, sheet.name, sheet.hidden)
    if sheet.hidden:
        return make()
    try:
        rows.extend(islice(sheet.rows(), _MOST_ROWS))
    except ParentguideError as error:
        return make(tuple(rows), error)
    return make(tuple(rows))


def _sheets(data: bytes, path: Path) -> tuple[Sheet, ...]:
    parts = unpacked_spreadsheet(data, path, remedy=_AS_CSV)
    if not parts.keys() & {"content.xml", "xl/workbook.xml"}:
        raise SchoolFileError("not an .xlsx or .ods file, whatever its name says", path=path, remedy=_AS_CSV)
    try:
        if "content.xml" in parts:
            from parentguide.infra.ods import ods_sheets

            sheets = ods_sheets(parts)
        else:
            from parentguide.infra.xlsx import xlsx_sheets

            sheets = xlsx_sheets(parts)
    except (KeyError, ValueError, IndexError, OverflowError) as error:
        raise _not_readable(error, path) from None
    return tuple(Sheet(sheet.name, _guarded(sheet, path), sheet.hidden) for sheet in sheets)


def _guarded(sheet: Sheet, path: Path) -> Callable[[], Iterator[Row]]:
    """The rows of a sheet, where a broken file gets one clear message."""

    def rows() -> Iterator[Row]:
        try:
            yield from sheet.rows()
        except (KeyError, ValueError, IndexError, OverflowError) as error:
            raise _not_readable(error, path) from None

    return rows


def _not_readable(error: Exception, path: Path) -> SchoolFileError:
    why = f"it lacks the part {error}" if isinstance(error, KeyError) else error
    return SchoolFileError(f"not a spreadsheet: {why}", path=path, remedy=_AS_CSV)
