"""CSV and its relatives as spreadsheet programs save them: encodings, delimiters, line ends."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from parentguide.errors import SchoolFileError
from parentguide.infra.spreadsheet_cells import Cell, Row

_DELIMITERS = ",;\t|"
# UTF-32 comes first, because its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The first line with which a file tells Excel its delimiter; Excel itself may add delimiters to it.
_SEP_LINE = re.compile(r'"?sep=(?P<delimiter>.)"?(?P=delimiter)*(?:\r\n?|\n|$)', re.IGNORECASE)
# As many rows are read with each delimiter to choose it.
_TRIED_ROWS = 60
_SAVE_AGAIN = "Save the table as “CSV UTF-8” in Excel, or as .xlsx."


def decoded_table(data: bytes, path: Path) -> str:
    """The text of a table. Raises :class:`SchoolFileError` for bytes of no known encoding."""
    encoding, skipped = _encoding(data)
    try:
        return data[skipped:].decode(encoding)
    except UnicodeDecodeError as error:
        raise SchoolFileError(
            f"its letters cannot be read (byte {error.start + skipped})", path=path, remedy=_SAVE_AGAIN
        ) from None


def _encoding(data: bytes) -> tuple[str, int]:
    """The encoding, and the length of the mark before the text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    start = data[:1000]
    if b"\0" in start:
        return ("utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be"), 0
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Excel's plain “CSV” has the encoding of its system; only the old Mac ends lines with CR.
        return ("mac_roman" if b"\r" in data and b"\n" not in data else "cp1252"), 0
    return "utf-8", 0


def delimited_rows(text: str, path: Path, score: Callable[[Sequence[str]], int]) -> Iterator[Row]:
    """The rows of ``text``, numbered as a spreadsheet program numbers them.

    ``score`` says how much a row looks like headings: the delimiter that gives the best row is
    used, unless a first line ``sep=`` names it.
    """
    named = _SEP_LINE.match(text)
    if named:
        text = text[named.end() :]
    delimiter = named["delimiter"] if named else _delimiter(text, score)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, 1):
            cells = {column: Cell(cell) for column, cell in enumerate(record, 1) if cell.strip()}
            if cells:
                yield Row(number, cells)
    except csv.Error as error:
        raise SchoolFileError(
            f"not a CSV file: {error}",
            path=path,
            line=reader.line_num + bool(named),
            remedy="Put a cell that has quotation marks in it in quotation marks and double those inside,"
            " or save the table as CSV (UTF-8) again.",
        ) from None


def _delimiter(text: str, score: Callable[[Sequence[str]], int]) -> str:
    def quality(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        best = count = 0
        try:
            for record in islice(reader, _TRIED_ROWS):
                best, count = max(best, score(record)), count + len(record) - 1
        except csv.Error:
            pass  # the rows before the broken one decide; reading reports it
        return best, count

    return max(_DELIMITERS, key=quality)
