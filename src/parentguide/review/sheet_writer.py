"""Write a review sheet: the messages of one language as a spreadsheet, for reviewers.

The first tab says what to do, in English and in the language, and asks who reviews. The second tab
has a row for each message, guides first and then the interface, each part under its own heading. Only the
cells for answers can be edited, and no cell is a formula.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from math import ceil
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from parentguide.infra.atomic import zip_bytes
from parentguide.model import markup
from parentguide.model.language import Language
from parentguide.project.project import INTERFACE
from parentguide.review.status import LanguageReview, MessageReview

INSTRUCTIONS, REVIEW, LISTS = "Read me first", "Review", "Lists"
MARK = "parentguide review sheet 1"
# The English labels by msgctxt. The reader finds columns and answers by them.
LABELS: Mapping[str, str] = {
    "review.title": "Please check this translation",
    "review.how": (
        "Read both languages. Choose an answer in each row. If the words are not right, write better ones."
    ),
    "review.return": "Please give this sheet back to the school.",
    "review.role": "What you do (for example: parent, teacher, interpreter)",
    "review.name": "Name or initials",
    "review.date": "Date",
    "review.public": "You may show my name to families",
    "review.right": "Right",
    "review.change": "Needs a change",
    "review.unsure": "Not sure",
    "review.english": "English",
    "review.translation": "Translation",
    "review.back": "What it says in English",
    "review.verdict": "Your answer",
    "review.better": "Better words",
    "review.comment": "Comment",
}
ASKED = ("review.role", "review.name", "review.date", "review.public")
VERDICTS = ("review.right", "review.change", "review.unsure")
YES, NO = "✓", "–"
# The English of a row that is a heading. It has no translation, and no message has such words.
HEADING = re.compile(r"Part \d+: .* \d+ of \d+ texts are approved so far\.", re.DOTALL)
_NUMBER = "№"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``label`` is a msgctxt, or the heading itself if hidden; ``width`` is in characters."""

    label: str
    width: int
    hidden: bool = False
    open: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("domain", 10, hidden=True),
    Column("context", 10, hidden=True),
    Column("words", 10, hidden=True),
    Column(_NUMBER, 5),
    Column("review.english", 44),
    Column("review.translation", 44),
    Column("review.back", 44),
    Column("review.verdict", 22, open=True),
    Column("review.better", 44, open=True),
    Column("review.comment", 30, open=True),
)
_LINE = 15.0  # points of height for a line of 11-point type
_THIN = Side(style="thin", color="FF888888")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_OPEN = PatternFill("solid", fgColor="FFFFF8DC")
_HEAD = PatternFill("solid", fgColor="FFE8E8E8")


def review_workbook(review: LanguageReview, back: Mapping[str, str], interface: Mapping[str, str]) -> bytes:
    """The sheet as an ``.xlsx`` file. The same texts always give the same bytes.

    ``back`` has the back-translations, ``interface`` the labels in the language; both by msgctxt,
    and both may be incomplete.
    """
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = INSTRUCTIONS
    labels = {context: _both(english, interface.get(context, "")) for context, english in LABELS.items()}
    _instructions(first, review.language, interface)
    _rows(book.create_sheet(REVIEW), review, back, labels)
    _lists(book.create_sheet(LISTS), review.language, labels)
    for sheet in (first, book[REVIEW], book[LISTS]):
        sheet.protection.sheet = True
        # Readers may change the width of columns and the height of rows.
        sheet.protection.formatColumns = False
        sheet.protection.formatRows = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return _without_clock(book)


def _both(english: str, own: str) -> str:
    return f"{english} / {own}" if own else english


def _instructions(sheet: Worksheet, language: Language, interface: Mapping[str, str]) -> None:
    _widths(sheet, (52, 52, 30))
    _put(sheet.cell(1, 1), f"English – {language.english_name}", bold=True)
    _put(sheet.cell(1, 2), language.own_name, language=language, bold=True)
    row = 2
    for context in ("review.title", "review.how", "review.return", *ASKED):
        english, own = LABELS[context], interface.get(context, "")
        _put(sheet.cell(row, 1), english, bold=context == "review.title")
        _put(sheet.cell(row, 2), own, language=language, bold=context == "review.title")
        if context in ASKED:
            answer = sheet.cell(row, 3)
            _put(answer, "", open_=True)
            if context == "review.date":
                answer.number_format = "yyyy-mm-dd"
            if context == "review.public":
                _offer(sheet, f"$C${row}", f'"{YES},{NO}"')
        sheet.row_dimensions[row].height = _height((english, 52), (own, 52))
        row += 1


def _rows(
    sheet: Worksheet, review: LanguageReview, back: Mapping[str, str], labels: Mapping[str, str]
) -> None:
    language = review.language
    _widths(sheet, [column.width for column in COLUMNS])
    for index, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, index)
        _put(cell, labels.get(column.label, column.label), bold=True)
        cell.fill = _HEAD
        sheet.column_dimensions[get_column_letter(index)].hidden = column.hidden
    sheet.row_dimensions[1].height = 3 * _LINE
    sheet.freeze_panes = "E2"
    row, number = 1, 0
    for part, (domain, messages) in enumerate(_parts(review), 1):
        row += 1
        _put(sheet.cell(row, _index("review.english")), _heading(part, domain, messages), bold=True)
        sheet.row_dimensions[row].height = 4 * _LINE
        for message in messages:
            row, number = row + 1, number + 1
            _row(sheet, row, number, message, back.get(message.context, ""), language)
    verdict = get_column_letter(_index("review.verdict"))
    _offer(sheet, f"{verdict}2:{verdict}{row}", f"{LISTS}!$A$1:$A${len(VERDICTS)}")
    sheet.print_title_rows = "1:1"


def _parts(review: LanguageReview) -> Iterator[tuple[str, Sequence[MessageReview]]]:
    """The messages of each domain: the guides, and then the interface."""
    domains = dict.fromkeys(message.domain for message in review.messages)
    for domain in sorted(domains, key=lambda name: name == INTERFACE):
        yield domain, [message for message in review.messages if message.domain == domain]


def _heading(part: int, domain: str, messages: Sequence[MessageReview]) -> str:
    """What a part is about, and how much of it is approved. Only staff read it, so it is English."""
    about = "words on buttons, labels and sheets, the same for all guides"
    if domain != INTERFACE:
        # The first message of a guide is its title.
        about = f"the guide “{markup.plain(messages[0].english)}”"
    approved = sum(bool(message.valid_sign_offs) for message in messages)
    return f"Part {part}: {about}. {approved} of {len(messages)} texts are approved so far."


def _row(
    sheet: Worksheet, row: int, number: int, message: MessageReview, back: str, language: Language
) -> None:
    values = {
        "domain": message.domain,
        "context": message.context,
        "words": message.words,
        _NUMBER: str(number),
        "review.english": message.english,
        "review.translation": message.translation,
        "review.back": back,
    }
    for index, column in enumerate(COLUMNS, 1):
        own = column.label in ("review.translation", "review.better")
        _put(
            sheet.cell(row, index),
            values.get(column.label, ""),
            language=language if own else None,
            open_=column.open,
        )
    sheet.row_dimensions[row].height = _height((message.english, 44), (message.translation, 44), (back, 44))


def _lists(sheet: Worksheet, language: Language, labels: Mapping[str, str]) -> None:
    for row, context in enumerate(VERDICTS, 1):
        _put(sheet.cell(row, 1), labels[context])
    _put(sheet.cell(1, 2), MARK)
    _put(sheet.cell(2, 2), language.tag)
    sheet.sheet_state = "hidden"


def storable(text: str) -> str:
    """The text as a cell shows it.

    XML 1.0 does not allow control characters (section 2.2), and openpyxl refuses them.
    """
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


def _put(
    cell: object, text: str, *, language: Language | None = None, bold: bool = False, open_: bool = False
) -> None:
    """Write a text as text, so that no program takes one that begins with = + - or @ for a formula."""
    assert isinstance(cell, Cell)
    cell.value = storable(text) or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[:1] in "=+-@\t"
    right = language is not None and language.direction == "rtl"
    cell.alignment = Alignment(
        wrap_text=True,
        vertical="top",
        horizontal="right" if right else "left",
        readingOrder=2 if right else 1,
    )
    cell.font = Font(bold=bold, size=11)
    cell.border = _BOX
    cell.protection = Protection(locked=not open_)
    if open_:
        cell.fill = _OPEN
        # As text, so that no program turns what somebody types into a date or a number.
        cell.number_format = "@"


def _offer(sheet: Worksheet, cells: str, formula: str) -> None:
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.add(cells)
    sheet.add_data_validation(rule)


def _widths(sheet: Worksheet, widths: "tuple[int, ...] | list[int]") -> None:
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width


def _height(*texts: tuple[str, int]) -> float:
    """The height in points of the tallest text; each comes with its column's width in characters.

    Wide letters count double.
    """
    lines = [
        ceil(sum(2 if ord(c) > 0x2E7F else 1.15 for c in markup.plain(text)) / width) for text, width in texts
    ]
    return _LINE * max(1, *lines) + 4


def _index(label: str) -> int:
    return 1 + next(i for i, column in enumerate(COLUMNS) if column.label == label)


def _without_clock(book: Workbook) -> bytes:
    """The file without the time when it was made, in the properties and in the archive."""
    book.properties.created = book.properties.modified = datetime(1980, 1, 1)
    book.properties.creator = "parentguide"
    buffer = BytesIO()
    book.save(buffer)
    with ZipFile(buffer) as archive:
        files = [(name, archive.read(name)) for name in archive.namelist()]
    stamp = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
    return zip_bytes(
        (n, stamp.sub(rb"\g<1>1980-01-01T00:00:00Z", d) if n.endswith("core.xml") else d) for n, d in files
    )
