"""The sheets of one side: signs fill their side, and cards have what they need once they are cut out."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from parentguide.build.api import BuildRequest, build_guides
from parentguide.model import markup
from parentguide.model.output import Edition
from parentguide.model.walk import extract
from parentguide.render.print.fixed_size import find_phrase
from parentguide.render.print.signs import signs_words
from parentguide.render.tokens import read_tokens
from tests.languages import EDITIONS, PROJECT, TRANSLATED
from tests.output.sheets import FOOTER, face_of, sheet, squeezed
from tests.output.test_type import SCHOOL

MM = 72 / 25.4
A4 = (595, 842)
TOKENS = read_tokens(PROJECT.templates)
DOTS = 36
SHORT_AND_LONG = ("en", "pl", "ta", "ur", "zh-Hans")


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


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_the_english_on_a_card_is_as_large_as_the_sentence_of_the_parent(
    output: Path, edition: Edition
) -> None:
    """Both 11 pt or more, beside Latin: staff read the one, and the parent the other."""
    phrase = find_phrase(edition.guide.blocks)
    assert phrase is not None
    with pypdfium2.PdfDocument(sheet(output, edition, "cards")) as document:
        text = document[0].get_textpage()
        whole, sizes = text.get_text_range(), shown_sizes(document[0])
        assert "I speak" in whole
        english = pdfium.FPDFText_GetFontSize(text.raw, whole.index("I speak"))
    assert english >= 11
    face = face_of(edition.language)
    scale = edition.language.print.scale if face is None else face.scale
    words = {char for char in markup.plain(phrase.segment.text) if char.isalpha()}
    own = Counter(round(size, 1) for char, size in sizes if char in words)
    assert own[round(english * scale, 1)] > 0


@pytest.fixture(scope="module")
def of_a_school(tmp_path_factory: pytest.TempPathFactory, cache: None) -> Path:
    """Cards and signs of a school with two people, in languages with short and with long words."""
    out = tmp_path_factory.mktemp("one-side") / "o"
    build_guides(PROJECT, BuildRequest(SHORT_AND_LONG, ("cards", "signs"), SCHOOL), out)
    return out


def words_on(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return str(document[0].get_textpage().get_text_range())


def test_each_card_names_the_school_and_says_that_it_is_a_draft(of_a_school: Path) -> None:
    """Once it is cut out, nothing else says so."""
    for tag in SHORT_AND_LONG[1:]:
        text = squeezed(words_on(of_a_school / f"cse/{tag}/cse-{tag}-cards.pdf"))
        # Words in a line from right to left come in another order.
        said = (SCHOOL.name, "01632 960001", "Draft", "checked")
        counts = {words: text.count(squeezed(words)) for words in said}
        assert set(counts.values()) in ({6}, {8}, {10}), (tag, counts)


@pytest.mark.parametrize("tag", SHORT_AND_LONG)
def test_the_code_on_the_wall_is_large_and_numbers_follow_no_comma(of_a_school: Path, tag: str) -> None:
    """A3; the code is 30 mm wide or more."""
    path = of_a_school / f"cse/{tag}/cse-{tag}-signs.pdf"
    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        assert page.get_size() == pytest.approx((297 * MM, 420 * MM), abs=1)
        paths = [o.get_bounds() for o in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=9)]
    widths = [right - left for left, bottom, right, top in paths if abs(right - left - (top - bottom)) < 1]
    assert max(widths) >= 30 * MM
    assert not re.search(r"[,،，、፣]\s*(?:999|0808)", words_on(path))


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_a_wall_sign_is_read_from_a_distance(output: Path, edition: Edition) -> None:
    """Captions, whose fault it never is and whom to call are 15.5 pt or more on paper, beside Latin; only the
    tag and the English beside labels are smaller."""
    with pypdfium2.PdfDocument(sheet(output, edition, "signs")) as document:
        sizes = Counter(round(size, 1) for _, size in shown_sizes(document[0]))
    face = face_of(edition.language)
    scale = edition.language.print.scale if face is None else face.scale
    small = sum(count for size, count in sizes.items() if size < 15.5 * min(1, scale) - 0.1)
    assert small <= 75
    assert sum(sizes.values()) > 3 * small


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_the_signs_sheet_says_first_that_signs_are_not_proof(edition: Edition) -> None:
    words = signs_words(edition)
    assert words is not None
    said = {segment.id: segment.text for segment in extract(edition.guide.blocks)}
    proof, tell = words.lead
    assert said["not-proof"].startswith(proof.text)
    assert proof.text.strip("*")[-1] in ".。।۔።"
    assert tell.text == said["do-tell"]
    assert words.never is not None
    assert words.never.text in said["never-fault"]
    assert words.never.text.startswith("**")


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_each_card_has_a_line_for_a_number(output: Path, edition: Edition) -> None:
    """Lines of 55 mm or more, with 8.5 mm above them that are empty."""
    with pypdfium2.PdfDocument(sheet(output, edition, "cards")) as document:
        page = document[0]
        paths = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=9)
        boxes = [path.get_bounds() for path in paths]
        lines = [box for box in boxes if box[3] - box[1] < 3 and 54.9 * MM <= box[2] - box[0] <= 90 * MM]
        assert len(lines) in (6, 8, 10)
        text = page.get_textpage()
        for left, bottom, right, _ in lines:
            above = text.get_text_bounded(left, bottom + 1, right, bottom + 8.5 * MM)
            assert not above.strip()
