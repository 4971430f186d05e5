"""The text of a PDF file. Pure: bytes in, passages out."""

import re

import pypdfium2

from parentguide.errors import SourceError
from parentguide.infra.pdfium import PDFIUM
from parentguide.newsletter.limits import PASTE
from parentguide.newsletter.passages import Document
from parentguide.newsletter.text_document import read_text

MOST_PAGES = 60


def read_pdf(data: bytes) -> Document:
    """The lines of a PDF file. Raises :class:`SourceError` for one that is broken, empty or too large."""
    return read_text(_pdf_text(data))


def _pdf_text(data: bytes) -> str:
    """The text layer, page after page, with its line breaks."""
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            problem = "asks for a password" if "password" in str(error).lower() else "cannot be opened"
            raise SourceError(f"this PDF {problem}", remedy=PASTE) from None
        try:
            if len(document) > MOST_PAGES:
                raise SourceError(
                    f"this PDF has {len(document)} pages",
                    remedy=f"Give {MOST_PAGES} at most. Or: {PASTE}",
                )
            pages = [page.get_textpage().get_text_bounded() for page in document]
        except pypdfium2.PdfiumError:
            raise SourceError("a page of this PDF cannot be read", remedy=PASTE) from None
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
