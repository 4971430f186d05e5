"""The plain text of a newsletter sent as a text, Word or PDF file. Pure: bytes in, text out.

The first bytes of a file decide its type, not its name. A Word file is read as an XML part of a ZIP
archive (ECMA-376, Part 1, 17.3 and 17.9), so nothing in it can run.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

import pypdfium2
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from parentguide.errors import SourceError
from parentguide.infra.limited import limited
from parentguide.infra.pdfium import PDFIUM
from parentguide.newsletter.statements import decode

MOST_PAGES = 60
_MOST_UNPACKED = 20_000_000
MOST_TEXT = 300_000  # characters; a newsletter has under 10,000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_PASTE = "Open it, copy the newsletter's text, and paste it into the box in Studio or into a text file."


_PDF, _ZIP = b"%PDF-", b"PK"
_OLD_WORD = (b"\xd0\xcf\x11\xe0", b"{\\rtf")


def is_plain_text(data: bytes) -> bool:
    """Whether the file is neither PDF nor Word, by its first bytes."""
    return not data.startswith((_PDF, _ZIP, *_OLD_WORD))


def text_of(data: bytes) -> str:
    """The text of a TXT, DOCX or PDF file.

    Raises :class:`SourceError` for any other file, and for one that is broken, empty or too large.
    """
    # Plain text is read in time that grows with its length; nobody knows that of other files.
    text = decode(data) if is_plain_text(data) else limited(_document_text, data)
    if not text.strip():
        raise SourceError("there are no words in this file", remedy=_PASTE)
    return checked_length(text)


def _document_text(data: bytes) -> str:
    if data.startswith(_PDF):
        return _pdf_text(data)
    if data.startswith(_ZIP):
        return _word_text(data)
    raise SourceError(
        "this is an old kind of Word file", remedy="Save it as .docx or as plain text. Or: " + _PASTE
    )


def checked_length(text: str) -> str:
    """``text``. Raises :class:`SourceError` if it has more than :data:`MOST_TEXT` characters."""
    if len(text) > MOST_TEXT:
        raise SourceError(
            f"this has {len(text):,} characters, far more than a newsletter",
            remedy="Paste only the part that the guide is to be about.",
        )
    return text


def _pdf_text(data: bytes) -> str:
    """The text layer, page after page, with its line breaks."""
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            problem = "asks for a password" if "password" in str(error).lower() else "cannot be opened"
            raise SourceError(f"this PDF {problem}", remedy=_PASTE) from None
        try:
            if len(document) > MOST_PAGES:
                raise SourceError(
                    f"this PDF has {len(document)} pages",
                    remedy=f"Give {MOST_PAGES} at most. Or: {_PASTE}",
                )
            pages = [page.get_textpage().get_text_bounded() for page in document]
        except pypdfium2.PdfiumError:
            raise SourceError("a page of this PDF cannot be read", remedy=_PASTE) from None
        finally:
            document.close()
    text = "\n\n".join(pages)
    if not text.strip():
        raise SourceError(
            "this PDF is a picture: it has no words that can be copied",
            remedy="Ask for the file that the PDF was made from, such as the Word file.",
        )
    # PDFium gives U+FFFE or U+0002 where a word is cut at the end of a line.
    return re.sub("[\ufffe\x02]", "\u00ad", text)


def _word_text(data: bytes) -> str:
    """Each paragraph on a line of its own, with a blank line between; list items begin with a dash."""
    try:
        with ZipFile(BytesIO(data)) as archive, archive.open(_DOCUMENT) as part:
            # The size that the archive gives for a part may be false, so we read no more than we allow.
            content = part.read(_MOST_UNPACKED + 1)
        if len(content) > _MOST_UNPACKED:
            raise SourceError("this file unpacks to far more than a newsletter", remedy=_PASTE)
        body = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise SourceError("this Word file is broken, or not allowed", remedy=_PASTE) from None
    except (KeyError, BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise SourceError("this is not a Word file that can be read", remedy=_PASTE) from None
    return "\n\n".join(line for paragraph in body.iter(f"{_WORD}p") if (line := _paragraph(paragraph)))


def _paragraph(paragraph: Element) -> str:
    text = "".join(_runs(paragraph)).strip()
    listed = paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None
    return f"- {text}" if listed and text else text


def _runs(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter():
        name = element.tag.removeprefix(_WORD)
        # w:t holds the present text; text that was deleted with changes tracked is in w:delText.
        if name == "t":
            yield element.text or ""
        elif name in ("tab", "br", "cr"):
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
