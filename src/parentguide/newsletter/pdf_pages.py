"""Open a PDF and read its pages with PDFium, within limits."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pypdfium2

from parentguide.errors import SourceError
from parentguide.infra.pdfium import PDFIUM
from parentguide.newsletter.limits import PASTE
from parentguide.newsletter.pdf_characters import (
    Character,
    boxes_of,
    read_characters,
    turned_box,
    visible,
    words_of,
)
from parentguide.newsletter.pdf_grids import find_grids
from parentguide.newsletter.pdf_limits import check_limits
from parentguide.newsletter.pdf_tags import read_elements
from parentguide.newsletter.pdf_values import Box, Page

MOST_PAGES = 60
# Rules and frames of tables come with few boxes; what a drawing has beyond these is not looked at.
_MOST_BOXES_ON_PAGE, _MOST_BOXES = 5_000, 30_000
MOST_CHARACTERS = 200_000  # in the whole file; a newsletter has under 10,000


def read_pages(data: bytes) -> tuple[Page, ...]:
    """The pages of a PDF. Raises :class:`SourceError` if it cannot be read, is too large, or is a picture."""
    check_limits(data)
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            problem = "asks for a password" if "password" in str(error).lower() else "cannot be opened"
            raise SourceError(f"this PDF {problem}", remedy=PASTE) from None
        try:
            pages = _pages(document)
        except pypdfium2.PdfiumError:
            raise SourceError("a page of this PDF cannot be read", remedy=PASTE) from None
        finally:
            document.close()
    if not any(page.words or page.turned for page in pages):
        raise SourceError(
            "this PDF is a picture: it has no words that can be copied",
            remedy="Ask for the file that the PDF was made from, such as the Word file.",
        )
    return pages


def _pages(document: Any) -> tuple[Page, ...]:
    if len(document) > MOST_PAGES:
        raise SourceError(
            f"this PDF has {len(document)} pages", remedy=f"Give {MOST_PAGES} at most. Or: {PASTE}"
        )
    pages: list[Page] = []
    count, boxes = 0, _MOST_BOXES
    for number, page in enumerate(document, 1):
        text_page = page.get_textpage()
        count += text_page.count_chars()
        if count > MOST_CHARACTERS:
            raise SourceError(
                f"this PDF has more than {MOST_CHARACTERS:,} characters, far more than a newsletter",
                remedy="Give only the part that the guide is to be about.",
            )
        made = _page(page, text_page, number, min(_MOST_BOXES_ON_PAGE, boxes))
        boxes -= len(made.boxes)
        pages.append(made)
        text_page.close()
        page.close()
    return tuple(pages)


def _page(page: Any, text_page: Any, number: int, most_boxes: int) -> Page:
    area = Box(*page.get_cropbox())
    characters = read_characters(text_page)
    seen = [x for x in characters if visible(x, area)]
    if sum(x.style.invisible for x in characters) > len(characters) / 2:
        seen = characters  # words that a scanner's program has laid over the picture of the page
    shown = set(map(id, seen))
    turns = Counter(x.turn for x in seen if x.turn is not None)
    turn = turns.most_common(1)[0][0] if turns else 0
    upright = turned_box(area, turn)
    boxes = tuple(turned_box(box, turn) for box in boxes_of(page, most_boxes))
    return Page(
        number=number,
        bottom=upright.bottom,
        top=upright.top,
        words=tuple(words_of([x for x in seen if x.turn == turn])),
        turned=tuple(words_of([x for x in seen if x.turn not in (turn, None)])),
        boxes=boxes,
        grids=tuple(find_grids(boxes)),
        elements=read_elements(page.raw),
        hidden=_plain([x for x in characters if id(x) not in shown]),
        slanted=_plain([x for x in seen if x.turn is None]),
    )


def _plain(characters: Sequence[Character]) -> str:
    return "".join(f" {x.text}" if x.after_space else x.text for x in characters).strip()
