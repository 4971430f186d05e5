"""What a sheet's sides have on them: characters with their sizes and baselines, frames, and ink as pixels."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageFilter

DOTS = 150
# Baselines that are closer, in points, are one line: of a word and a number beside it.
ONE_LINE = 3.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A character: its size in points, its baseline and the edges of its ink from the lower left corner."""

    char: str
    size: float
    baseline: float
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet; ``frames`` are the left, bottom, right and top edge of each frame."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    frames: tuple[tuple[float, float, float, float], ...]


def sides(path: Path) -> list[Side]:
    """Every side of the sheet."""
    with pypdfium2.PdfDocument(path) as document:
        return [_side(page) for page in document]


def _side(page: pypdfium2.PdfPage) -> Side:
    width, height = page.get_size()
    return Side(width, height, tuple(_marks(page)), tuple(_frames(page)))


def _marks(page: pypdfium2.PdfPage) -> Iterator[Mark]:
    text = page.get_textpage()
    for index in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        if char.isspace() or ord(char) < 32:
            continue
        x, y = pdfium.c_double(), pdfium.c_double()
        pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
        size = pdfium.FPDFText_GetFontSize(text.raw, index)
        yield Mark(char, size, y.value, *text.get_charbox(index))


def _frames(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Paths that are both wide and high: rules are flat."""
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        left, bottom, right, top = path.get_bounds()
        if right - left > 100 and top - bottom > 20:
            yield left, bottom, right, top


def lines_of(baselines: list[float]) -> list[float]:
    """One height for each line, from the top."""
    found: list[float] = []
    for baseline in sorted(set(baselines), reverse=True):
        if not found or found[-1] - baseline > ONE_LINE:
            found.append(baseline)
    return found


def touching(path: Path) -> list[tuple[int, tuple[int, int, int, int]]]:
    """Where ink of one line comes within a pixel of the next line's or of a frame: the side, and the box.

    Lines with even and with odd numbers, and what is not text, are drawn apart.
    """
    found = []
    with pypdfium2.PdfDocument(path) as document:
        count = len(document)
    for number in range(count):
        layers = [_layer(path, number, layer) for layer in range(3)]
        for first, second in ((0, 1), (0, 2), (1, 2)):
            # A line reaches one pixel around its ink, so that what just touches overlaps.
            common = ImageChops.darker(layers[first].filter(ImageFilter.MaxFilter(3)), layers[second])
            box = common.getbbox()
            if box:
                found.append((number + 1, box))
    return found


def _layer(path: Path, number: int, layer: int) -> Image.Image:
    """The ink of a side in white on black: of even lines (0), of odd lines (1), or of all but text (2)."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[number]
        texts = [(item, item.get_matrix().f) for item in page.get_objects(max_depth=1) if _is_text(item)]
        heights = lines_of([height for _, height in texts])
        keep: Callable[[float], bool] = (
            (lambda height: False) if layer == 2 else (lambda height: _line(height, heights) % 2 == layer)
        )
        others = [item for item in page.get_objects(max_depth=1) if not _is_text(item)]
        for item in [item for item, height in texts if not keep(height)] + (others if layer < 2 else []):
            page.remove_obj(item)
        picture = page.render(scale=DOTS / 72, grayscale=True).to_pil()
    return ImageChops.invert(picture.convert("L")).point(lambda value: 255 if value > 96 else 0)


def _is_text(item: pypdfium2.PdfObject) -> bool:
    return bool(item.type == pdfium.FPDF_PAGEOBJ_TEXT)


def _line(height: float, heights: list[float]) -> int:
    """The number of the line on which something at this height stands."""
    return next(number for number, line in enumerate(heights) if line - height <= ONE_LINE)
