"""Draw pages of a PDF with PDFium."""

from io import BytesIO
from threading import Lock

import pypdfium2

from parentguide.errors import ProjectError

# PDFium is not thread-safe: whoever calls it holds this lock.
PDFIUM = Lock()
_SCALE = 1.6  # pixels per point: a side of A4 becomes 950 by 1350 pixels


def side_picture(pdf: bytes, side: int) -> bytes:
    """Page ``side`` of a PDF, counted from 1, as PNG. Raises :class:`ProjectError` if it is missing."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 1 <= side <= len(document):
                raise ProjectError(f"the sheet has no side {side}", remedy="Go back to the preview.")
            picture = document[side - 1].render(scale=_SCALE).to_pil()
        finally:
            document.close()
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
