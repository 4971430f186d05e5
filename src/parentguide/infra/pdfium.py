"""PDFium, which only one thread may use at a time."""

from io import BytesIO
from threading import Lock

import pypdfium2

from parentguide.errors import ProjectError

# PDFium may be used by one thread at a time only.
PDFIUM = Lock()
_SCALE = 1.6  # pixels for each point: an A4 side of 950 by 1350


def side_picture(pdf: bytes, side: int) -> bytes:
    """One side of a PDF as PNG. Raises :class:`ProjectError` for a side that it does not have."""
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
