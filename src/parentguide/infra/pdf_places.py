"""Where marked words stand in a PDF, and pictures of the part of a page around them.

Words are marked as links to ``place:`` and a name (``placed`` in ``templates/print/setting.typ``).
"""

import ctypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageDraw

from parentguide.infra.pdfium import PDFIUM

_SCHEME = "place:"
PIXELS = 2.2  # pixels per point
# Points around the words that a picture shows, and the least that it shows: 102 by 37 millimetres.
_AROUND = (42.0, 34.0)
_LEAST = (290.0, 104.0)
# Nobody reads a longer line in a small picture: it shows where the words begin.
_MOST = 360.0
_LINE = 3  # pixels


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on page ``side``, counted from 1. In points from the lower left corner of the page."""

    side: int
    left: float
    bottom: float
    right: float
    top: float


def places(pdf: bytes) -> Mapping[str, tuple[Box, ...]]:
    """By name, a box for each line of the words where they first stand."""
    found: dict[str, list[Box]] = {}
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            for side in range(1, len(document) + 1):
                page = document[side - 1]
                for name, box in _links(document, page, side):
                    found[name] = _with(found.get(name, []), box)
        finally:
            document.close()
    return {name: tuple(lines) for name, lines in found.items()}


def picture_of(pdf: bytes, boxes: tuple[Box, ...], *, from_right: bool = False) -> bytes:
    """The part of the page around ``boxes``, which are on one page, as PNG, :data:`PIXELS` a point. Each has
    an outline. ``from_right``: the lines begin on the right."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[boxes[0].side - 1]
            width, height = page.get_size()
            left, right = _span(min(b.left for b in boxes), max(b.right for b in boxes), 0, width)
            if right - left > _MOST:
                left, right = (right - _MOST, right) if from_right else (left, left + _MOST)
            bottom, top = _span(min(b.bottom for b in boxes), max(b.top for b in boxes), 1, height)
            crop = (left, bottom, width - right, height - top)
            image = page.render(scale=PIXELS, crop=crop).to_pil()
        finally:
            document.close()
    return _outlined(image, boxes, left, top)


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, side: int) -> Iterator[tuple[str, Box]]:
    at, link = ctypes.c_int(0), pdfium_c.FPDF_LINK()
    while pdfium_c.FPDFLink_Enumerate(page, at, link):
        action = pdfium_c.FPDFLink_GetAction(link)
        size = pdfium_c.FPDFAction_GetURIPath(document, action, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium_c.FPDFAction_GetURIPath(document, action, buffer, size)
        address = buffer.value.decode("ascii", "replace")
        rect = pdfium_c.FS_RECTF()
        if address.startswith(_SCHEME) and pdfium_c.FPDFLink_GetAnnotRect(link, rect):
            yield (
                address.removeprefix(_SCHEME),
                Box(side, rect.left, min(rect.bottom, rect.top), rect.right, max(rect.bottom, rect.top)),
            )


def _with(lines: list[Box], box: Box) -> list[Box]:
    """The lines of some words with one more piece of them; without it if the words stand there once more."""
    if not lines:
        return [box]
    last = lines[-1]
    if not _goes_on(last, box):
        return lines
    if abs(last.bottom - box.bottom) > (last.top - last.bottom) / 2:
        return [*lines, box]
    # Digits in a line from right to left are a piece of their own.
    low, high = min(last.bottom, box.bottom), max(last.top, box.top)
    return [*lines[:-1], Box(last.side, min(last.left, box.left), low, max(last.right, box.right), high)]


def _goes_on(last: Box, box: Box) -> bool:
    """Whether a box is the rest of a line, or the next line, of the same words; else the words stand there
    once more, as on the next card."""
    high, down = last.top - last.bottom, last.bottom - box.bottom
    gap = max(last.left, box.left) - min(last.right, box.right)
    return box.side == last.side and gap < high and abs(down) < 2.5 * high


def _span(low: float, high: float, axis: int, most: float) -> tuple[float, float]:
    """What a picture shows on one axis: the words and what is around them, within the page."""
    around = max(_AROUND[axis], (_LEAST[axis] - (high - low)) / 2)
    low, high = low - around, high + around
    # At an edge of the page, it shows more on the other side.
    moved = max(0.0, -low) - max(0.0, high - most)
    return max(0.0, low + moved), min(most, high + moved)


def _outlined(image: Image.Image, boxes: tuple[Box, ...], left: float, top: float) -> bytes:
    image = image.convert("RGB")
    draw = ImageDraw.Draw(image)
    for box in boxes:
        corners = (
            (box.left - left) * PIXELS - 2 * _LINE,
            (top - box.top) * PIXELS - 2 * _LINE,
            (box.right - left) * PIXELS + 2 * _LINE,
            (top - box.bottom) * PIXELS + 2 * _LINE,
        )
        draw.rounded_rectangle(corners, radius=3 * _LINE, outline="#b3261e", width=_LINE)
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
