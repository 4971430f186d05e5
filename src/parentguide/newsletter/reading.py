"""Read a newsletter of any file type: bytes in, numbered statements out. Pure.

The first bytes of a file decide its type, not its name.
"""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from parentguide.errors import SourceError
from parentguide.infra.limited import limited
from parentguide.infra.within_limits import within_limits
from parentguide.infra.zip_errors import ZIP_ERRORS
from parentguide.newsletter.html_document import read_html
from parentguide.newsletter.html_tree import is_web_archive
from parentguide.newsletter.limits import PASTE, SHORT, checked_length
from parentguide.newsletter.odt_document import read_odt
from parentguide.newsletter.passages import Document
from parentguide.newsletter.pdf_document import read_pdf
from parentguide.newsletter.statements import Reading, statements_of
from parentguide.newsletter.statements_file import FIRST_LINE, parse_statements
from parentguide.newsletter.text_document import decode, read_text
from parentguide.newsletter.word_document import read_docx

_PDF, _ZIP = b"%PDF-", b"PK"
_OLD_WORD = (b"\xd0\xcf\x11\xe0", b"{\\rtf")
_PDF_IS_WITHIN = 1024  # bytes; what comes before is not part of the PDF (ISO 32000-1, Annex H, note 13)
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_HTML_IS_WITHIN = 2000  # characters
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"


def read_newsletter(data: bytes, path: Path | None = None) -> Reading:
    """The statements of a TXT, DOCX, ODT, PDF or saved HTML file, or of the file that a guide keeps.

    ``path`` is only named in errors. Raises :class:`SourceError` for any other file, and for one that is
    broken, empty or too large. All but a short plain text is read in another process
    (:mod:`parentguide.infra.limited`).
    """
    try:
        return within_limits(_reading, data, short=SHORT if _is_text(data) else 0)
    except SourceError as error:
        raise (error.at(path) if path else error) from None


def read_pasted(text: str) -> Reading:
    """The statements of a text that a person pasted. Raises :class:`SourceError` as for a file."""
    return within_limits(_pasted, text, short=SHORT)


def _pasted(text: str) -> Reading:
    return statements_of(read_text(checked_length(text)))


def _reading(data: bytes) -> Reading:
    if data.startswith(FIRST_LINE.encode()):
        return Reading(parse_statements(decode(data)))
    return statements_of(document_of(data))


def _is_text(data: bytes) -> bool:
    return not (_PDF in data[:_PDF_IS_WITHIN] or data.startswith(_ZIP) or is_web_archive(data))


def document_of(data: bytes) -> Document:
    """What the reader of the file's type finds in it. Raises :class:`SourceError`.

    All but plain text is read in another process (:mod:`parentguide.infra.limited`).
    """
    if _PDF in data[:_PDF_IS_WITHIN]:
        return limited(read_pdf, data)
    if data.startswith(_ZIP):
        return limited(read_odt if _is_odt(data) else read_docx, data)
    if data.startswith(_OLD_WORD):
        raise SourceError(
            "this is an old kind of Word file", remedy="Save it as .docx or as plain text. Or: " + PASTE
        )
    if is_web_archive(data):
        return limited(read_html, data)
    text = decode(data)
    return limited(read_html, data) if _HTML.match(text[:_HTML_IS_WITHIN]) else read_text(text)


def _is_odt(data: bytes) -> bool:
    """Whether a ZIP archive is an OpenDocument text: its part ``mimetype`` says so (ODF 1.3, part 2, 3.3)."""
    try:
        with ZipFile(BytesIO(data)) as archive, archive.open("mimetype") as part:
            return part.read(len(_ODT_TYPE)) == _ODT_TYPE
    except (KeyError, *ZIP_ERRORS):
        return False
