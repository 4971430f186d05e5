"""Tables as programs save them, for the tests of the reader: CSV, ``.xlsx`` and ``.ods``."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.cell import Cell

from parentguide.schools.spreadsheet import SchoolTable, read_schools

Table = Sequence[Sequence[str]]
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def read(folder: Path, data: bytes, name: str = "schools.csv") -> SchoolTable:
    """The schools of a file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return read_schools(path)


def csv_bytes(table: Table, delimiter: str = ",", ends: str = "\r\n", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=ends).writerows(table)
    return text.getvalue().encode(encoding)


def book_bytes(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xlsx_bytes(table: Table) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for at, row in enumerate(table, 1):
        for column, text in enumerate(row, 1):
            # A text is never a formula, whatever it begins with.
            cell = Cell(sheet, at, column, text or None)
            cell.data_type = "s" if text else "n"
            sheet._cells[at, column] = cell
    return book_bytes(book)


def changed_xlsx(data: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with other XML in one part, for what openpyxl does not write."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w") as after:
        for info in before.infolist():
            content = before.read(info)
            if info.filename == part:
                assert old in content.decode("utf-8")
                content = content.decode("utf-8").replace(old, new).encode("utf-8")
            after.writestr(info, content)
    return buffer.getvalue()


def text_cell(text: str) -> str:
    """The XML of a cell of an OpenDocument table."""
    if not text:
        return "<table:table-cell/>"
    paragraphs = "".join(f"<text:p>{_paragraph(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def _paragraph(line: str) -> str:
    # OpenDocument writes each space after the first as an element.
    return escape(line).replace("  ", ' <text:s text:c="1"/>').replace("\t", "<text:tab/>")


def ods_row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def ods_bytes(*sheets: tuple[str, str], hidden: Sequence[str] = ()) -> bytes:
    """An OpenDocument file of sheets with names and rows; those in ``hidden`` are hidden."""
    body = "".join(
        f'<table:table table:name={quoteattr(name)} table:style-name="{"off" if name in hidden else "on"}">'
        f'{rows}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        for name, rows in sheets
    )
    content = (
        f'<office:document-content {_NAMESPACES} {_CALC} office:version="1.3"><office:automatic-styles>'
        '<style:style style:name="on" style:family="table"><style:table-properties table:display="true"/>'
        '</style:style><style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def ods_table(table: Table) -> bytes:
    rows = "".join(ods_row("".join(map(text_cell, row))) for row in table)
    return ods_bytes(("Schools", rows))
