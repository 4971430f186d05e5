"""One PDF for a printer, of pages of other PDFs, each as often as it is printed."""

import re
from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from operator import itemgetter

import pypdfium2

from parentguide.infra.pdfium import PDFIUM

# What PDFium writes (pypdfium2 4.30 to 5.15; ISO 32000-1, 7.5.5): a trailer with these keys, last.
_TRAILER = re.compile(
    rb"trailer\s*<<\s*/Root (?P<root>\d+) 0 R\s*/Info \d+ 0 R\s*/Size (?P<size>\d+)"
    rb"/ID\[<(?P<one>[0-9A-F]{32})><(?P<two>[0-9A-F]{32})>\]>>\s*startxref\s+(?P<table>\d+)\s+%%EOF\s*$"
)
_PAGE_TREE = re.compile(rb"/Pages (\d+) 0 R")
# PDFium's only date: that of the day on which it made the document.
_DATE = re.compile(rb"/CreationDate\(D:[^)]*\)")
# Printed as large as they are, on both sides. A page that lies on its side is turned at its short edge.
_VIEWER = "<</DisplayDocTitle true/PrintScaling/None/Duplex/%s>>"


def printed_pdf(
    documents: Sequence[bytes], sides: Sequence[tuple[int, int | None]], title: str, language: str
) -> bytes:
    """One PDF with ``sides``: each is the position of a document and of a page in it, from 0; None is a blank
    page as large as the one before it.

    A page that is there many times takes the room of one. The same input gives the same bytes. The PDF has no
    tags: PDFium does not copy them. ``language`` is a BCP 47 tag.
    """
    with PDFIUM:
        printed = pypdfium2.PdfDocument.new()
        try:
            for number, group in groupby(sides, key=itemgetter(0)):
                _add(printed, documents[number], [page for _, page in group])
            # Of the first page, as large as it is shown.
            width, height = printed.get_page_size(0)
            buffer = BytesIO()
            printed.save(buffer)
        finally:
            printed.close()
    edge = "DuplexFlipShortEdge" if width > height else "DuplexFlipLongEdge"
    return _finished(buffer.getvalue(), title, language, _VIEWER % edge)


def _add(printed: pypdfium2.PdfDocument, content: bytes, pages: Sequence[int | None]) -> None:
    """Add pages of one document, all in one call, so that PDFium copies each font and picture once."""
    before = len(printed)
    document = pypdfium2.PdfDocument(content)
    try:
        printed.import_pages(document, [page for page in pages if page is not None])
        for place, page in enumerate(pages):
            if page is None:
                previous = next(p for p in reversed(pages[:place]) if p is not None)
                printed.new_page(*document.get_page_size(previous), index=before + place).close()
    finally:
        document.close()


def _finished(content: bytes, title: str, language: str, viewer: str) -> bytes:
    """PDFium's file with a title, a language and wishes for the printer, and with nothing that depends on the
    time or on chance.

    They are added as an incremental update (ISO 32000-1, 7.5.6): PDFium has no function for most of them.
    """
    content = _DATE.sub(lambda found: _blank_date(found[0]), content, count=1)
    trailer = _TRAILER.search(content)
    if trailer is None:
        raise RuntimeError("PDFium's files have a new form: see parentguide.infra.pdf_copies")
    root, size = int(trailer["root"]), int(trailer["size"])
    catalog = content.index(b"\n%d 0 obj" % root)
    tree = _PAGE_TREE.search(content, catalog)
    assert tree is not None
    digest = sha256(content[: trailer.start()] + title.encode() + language.encode() + viewer.encode())
    identity = digest.hexdigest()[:32].upper().encode()
    content = (
        content[: trailer.start("one")]
        + identity
        + content[trailer.end("one") : trailer.start("two")]
        + identity
        + content[trailer.end("two") :]
    )
    objects = {
        root: f"<</Type/Catalog/Pages {int(tree[1])} 0 R/Lang{_text(language)}/ViewerPreferences{viewer}>>",
        size: f"<</Title{_text(title)}/Creator(parentguide)/Producer(PDFium)>>",
    }
    places = {}
    for number, value in objects.items():
        places[number] = len(content)
        content += f"{number} 0 obj\n{value}\nendobj\n".encode("ascii")
    table = len(content)
    rows = "".join(f"{number} 1\n{place:010} 00000 n \n" for number, place in places.items())
    end = (
        f"xref\n{rows}trailer\n<</Root {root} 0 R/Info {size} 0 R/Size {size + 1}"
        f"/Prev {int(trailer['table'])}/ID[<{identity.decode()}><{identity.decode()}>]>>\n"
        f"startxref\n{table}\n%%EOF\n"
    )
    return content + end.encode("ascii")


def _blank_date(date: bytes) -> bytes:
    """Spaces in the place of a date, so that no other byte moves."""
    return b" " * len(date)


def _text(text: str) -> str:
    """A text string (ISO 32000-1, 7.9.2.2) in hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
