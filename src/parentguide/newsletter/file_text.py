"""A newsletter as it was sent – text, Word or PDF – to plain text. Pure: bytes in, text out.

A file is judged by its bytes. Word files are read as XML parts of a ZIP archive (ECMA-376,
Part 1, 17.3 and 17.9), which needs no more than what the program has; nothing in them runs.
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
from parentguide.infra.pdfium import PDFIUM
from parentguide.newsletter.statements import decode

MOST_PAGES = 60
_MOST_UNPACKED = 20_000_000
MOST_TEXT = 300_000  # characters; a newsletter has under 10,000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_PASTE = "Open it, copy the text of the newsletter, and paste it into the box."


def text_of(data: bytes) -> str:
    """The words of a TXT, DOCX or PDF file. Raises :class:`SourceError` with what to do."""
    if data.startswith(b"%PDF-"):
        text = _pdf_text(data)
    elif data.startswith(b"PK"):
        text = _word_text(data)
    elif data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise SourceError(
            "this is an old kind of Word file", remedy="Save it as .docx or as plain text. Or: " + _PASTE
        )
    else:
        text = decode(data)
    if not text.strip():
        raise SourceError("there are no words in this file", remedy=_PASTE)
    return checked_length(text)


def checked_length(text: str) -> str:
    """``text``, unless it is far too long for a newsletter."""
    if len(text) > MOST_TEXT:
        raise SourceError(
            f"this has {len(text):,} characters, far more than a newsletter",
            remedy="Paste only the part that the guide is to be about.",
        )
    return text


def _pdf_text(data: bytes) -> str:
    """The text layer, page after page, as the lines stand in it."""
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
                    remedy=f"Give {MOST_PAGES} at the most. Or: {_PASTE}",
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
            remedy="Ask for the file that it was made from, such as the Word file.",
        )
    # PDFium gives U+FFFE or U+0002 where a word is cut at a line's end.
    return re.sub("[\ufffe\x02]", "\u00ad", text)


def _word_text(data: bytes) -> str:
    """Each paragraph on a line of its own, list items with a dash."""
    try:
        with ZipFile(BytesIO(data)) as archive, archive.open(_DOCUMENT) as part:
            # What a part says of its size may be a lie, so no more than is allowed is unpacked.
            content = part.read(_MOST_UNPACKED + 1)
        if len(content) > _MOST_UNPACKED:
            raise SourceError("this file unpacks to far more than a newsletter", remedy=_PASTE)
        body = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise SourceError("this Word file is broken, or not allowed", remedy=_PASTE) from None
    except (KeyError, BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise SourceError("this is no Word file that can be read", remedy=_PASTE) from None
    return "\n\n".join(line for paragraph in body.iter(f"{_WORD}p") if (line := _paragraph(paragraph)))


def _paragraph(paragraph: Element) -> str:
    text = "".join(_runs(paragraph)).strip()
    listed = paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None
    return f"- {text}" if listed and text else text


def _runs(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter():
        name = element.tag.removeprefix(_WORD)
        # w:t is what stands there; what was deleted with changes tracked is w:delText.
        if name == "t":
            yield element.text or ""
        elif name in ("tab", "br", "cr"):
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
