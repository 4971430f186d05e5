"""The sheets of one side: signs fill their side, and cards have the same English in each language."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from parentguide.model.output import Edition
from parentguide.render.tokens import read_tokens
from tests.languages import EDITIONS, PROJECT
from tests.output.sheets import FOOTER, SAMPLE_TRANSLATED, face_of, sheet

MM = 72 / 25.4
A4 = (595, 842)
TOKENS = read_tokens(PROJECT.templates)
DOTS = 36


def shown_sizes(page: pypdfium2.PdfPage) -> list[tuple[str, float]]:
    """Each character above the foot of a page, and its size on paper in points: Typst may enlarge a side."""
    text = page.get_textpage()
    foot = FOOTER * page.get_size()[0] / A4[0]
    found = []
    for index in range(text.count_chars()):
        matrix = pdfium.FS_MATRIX()
        char, bottom = text.get_text_range(index, 1), text.get_charbox(index)[1]
        if char.strip() and bottom > foot and pdfium.FPDFText_GetMatrix(text.raw, index, matrix):
            found.append((char, pdfium.FPDFText_GetFontSize(text.raw, index) * abs(matrix.a)))
    return found


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_no_band_of_the_signs_sheet_is_empty(output: Path, edition: Edition) -> None:
    """No more than 15 mm of the height of an A4 sheet, and as much of a larger one."""
    with pypdfium2.PdfDocument(sheet(output, edition, "signs")) as document:
        assert len(document) == 1
        drawn = document[0].render(scale=DOTS / 72, grayscale=True).to_pil()
        rows = [
            y for y in range(drawn.height) if drawn.crop((0, y, drawn.width, y + 1)).getextrema()[0] < 200
        ]
        widest = max(below - above for above, below in pairwise(rows)) / drawn.height * A4[1] / MM
        assert widest <= 15


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_the_words_of_the_signs_sheet_grow_with_the_paper(output: Path, edition: Edition) -> None:
    with pypdfium2.PdfDocument(sheet(output, edition, "signs")) as document:
        page = document[0]
        width, _ = page.get_size()
        sizes = shown_sizes(page)
    largest = max(size for _, size in sizes)
    assert Counter(char for char, size in sizes if size == largest) == {"9": 3}
    assert largest >= TOKENS.paper["emergency"] * width / A4[0] - 0.1
    face = face_of(edition.language)
    scale = edition.language.print.scale if face is None else face.scale
    assert min(size for _, size in sizes) >= TOKENS.paper["least"] * min(1, scale) - 0.1


def test_english_on_cards_is_as_large_in_each_language(output: Path) -> None:
    for parameter in SAMPLE_TRANSLATED:
        slug, tag = parameter.values[0]
        with pypdfium2.PdfDocument(output / slug / tag / f"{slug}-{tag}-cards.pdf") as document:
            text = document[0].get_textpage()
            index = text.get_text_range().index("I speak")
            assert pdfium.FPDFText_GetFontSize(text.raw, index) == pytest.approx(12.5, abs=0.05), tag
