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
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from parentguide.infra.atomic import zip_bytes
from parentguide.model import markup
from parentguide.model.domain import INTERFACE
from parentguide.model.labels import RECORD_LABELS
from parentguide.model.language import Language
from parentguide.model.shown_words import code_of
from parentguide.review.ledger import Record
from parentguide.review.sheet_cells import HEAD, LINE, height, offer, put, widths
from parentguide.review.shown import shown_digests
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
    "review.right": "Correct",
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
# The heading of what reviewers asked and nobody has answered. The column is hidden where nobody asked.
ASKED_BEFORE = "Asked before"


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
    Column(ASKED_BEFORE, 30),
    Column("requests", 10, hidden=True),
)


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
    _instructions(first, review.language, interface, code_of(shown_digests(review.messages)))
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


def _instructions(sheet: Worksheet, language: Language, interface: Mapping[str, str], code: str) -> None:
    widths(sheet, (52, 52, 30))
    put(sheet.cell(1, 1), f"English – {language.english_name}", bold=True)
    put(sheet.cell(1, 2), language.own_name, language=language, bold=True)
    row = 2
    for context in ("review.title", "review.how", "review.return", *ASKED):
        english, own = LABELS[context], interface.get(context, "")
        put(sheet.cell(row, 1), english, bold=context == "review.title")
        put(sheet.cell(row, 2), own, language=language, bold=context == "review.title")
        if context in ASKED:
            answer = sheet.cell(row, 3)
            put(answer, "", open_=True)
            if context == "review.date":
                answer.number_format = "yyyy-mm-dd"
            if context == "review.public":
                offer(sheet, f"$C${row}", f'"{YES},{NO}"')
        sheet.row_dimensions[row].height = height((english, 52), (own, 52))
        row += 1
    put(sheet.cell(row + 1, 1), f"Code of the words in this sheet: {code}")


def _rows(
    sheet: Worksheet, review: LanguageReview, back: Mapping[str, str], labels: Mapping[str, str]
) -> None:
    language = review.language
    widths(sheet, [column.width for column in COLUMNS])
    for index, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, index)
        put(cell, labels.get(column.label, column.label), bold=True)
        cell.fill = HEAD
        unused = column.label == ASKED_BEFORE and not any(m.open_requests for m in review.messages)
        sheet.column_dimensions[get_column_letter(index)].hidden = column.hidden or unused
    sheet.row_dimensions[1].height = 3 * LINE
    sheet.freeze_panes = "E2"
    row, number = 1, 0
    for part, (domain, messages) in enumerate(_parts(review), 1):
        row += 1
        put(sheet.cell(row, _index("review.english")), _heading(part, domain, messages), bold=True)
        sheet.row_dimensions[row].height = 4 * LINE
        for message in messages:
            row, number = row + 1, number + 1
            _row(sheet, row, number, message, back.get(message.context, ""), language)
    verdict = get_column_letter(_index("review.verdict"))
    offer(sheet, f"{verdict}2:{verdict}{row}", f"{LISTS}!$A$1:$A${len(VERDICTS)}")
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
        ASKED_BEFORE: "\n".join(map(_asked, message.open_requests)),
        "requests": " ".join(request.id for request in message.open_requests),
    }
    for index, column in enumerate(COLUMNS, 1):
        own = column.label in ("review.translation", "review.better")
        put(
            sheet.cell(row, index),
            values.get(column.label, ""),
            language=language if own else None,
            open_=column.open,
        )
    sheet.row_dimensions[row].height = height((message.english, 44), (message.translation, 44), (back, 44))


def _asked(request: Record) -> str:
    """An open request for the next reviewer, who answers it with an approval or a correction."""
    said = request.comment or request.suggestion or RECORD_LABELS[request.kind]
    return f"{request.signature}, {request.date}: {said}"


def _lists(sheet: Worksheet, language: Language, labels: Mapping[str, str]) -> None:
    for row, context in enumerate(VERDICTS, 1):
        put(sheet.cell(row, 1), labels[context])
    put(sheet.cell(1, 2), MARK)
    put(sheet.cell(2, 2), language.tag)
    sheet.sheet_state = "hidden"


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
