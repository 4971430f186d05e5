"""The headline of a guide on the poster."""

from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from parentguide.model.guide import Elsewhere, Segment
from parentguide.model.output import Edition
from parentguide.render.print.poster import Poster, SmallPoster
from tests.unit.render.editions import TEMPLATES, edition, language, site

POSTER = Poster(TEMPLATES)


def words_on_poster(*editions: Edition) -> str:
    with pypdfium2.PdfDocument(POSTER.render(site(*editions))) as document:
        return str(document[0].get_textpage().get_text_range())


def test_each_cell_has_the_headline_in_its_language_and_the_top_has_the_english() -> None:
    words = words_on_poster(edition(), edition(language()))
    assert words.count("A guide for you") == 2
    assert "[pl] A guide for you" in words


def test_a_headline_that_is_not_translated_stands_at_the_top_only() -> None:
    polish = edition(language())
    english = Elsewhere("poster", Segment("poster", "A guide for you"))
    words = words_on_poster(replace(polish, guide=replace(polish.guide, elsewhere=(english,))))
    assert words.count("A guide for you") == 1


def test_without_a_headline_the_top_has_the_title() -> None:
    polish = edition(language())
    silent = replace(polish, guide=replace(polish.guide, elsewhere=()))
    words = words_on_poster(replace(silent, english=replace(silent.english, elsewhere=())))
    assert words.count("A safe guide") == 1
    assert "[pl] A safe guide" not in words


@pytest.mark.parametrize(("count", "shown"), [(4, True), (48, False)])
def test_where_there_is_no_room_the_cells_have_no_headline(count: int, shown: bool) -> None:
    polish = edition(language())
    cells = [replace(polish, language=replace(polish.language, tag=f"x{number}")) for number in range(count)]
    translated = [
        replace(
            c,
            guide=replace(
                c.guide, elsewhere=(Elsewhere("poster", Segment("p", "Nagłówek " * count, c.language.tag)),)
            ),
        )
        for c in cells
    ]
    assert ("Nagłówek" in words_on_poster(*translated)) == shown


@pytest.mark.parametrize("count", [1, 9, 25])
@pytest.mark.parametrize(("poster", "least"), [(Poster, 12), (SmallPoster, 9)])
def test_nothing_on_the_poster_is_too_small_to_read(poster: type[Poster], least: float, count: int) -> None:
    polish = edition(language())
    cells = [replace(polish, language=replace(polish.language, tag=f"x{number}")) for number in range(count)]
    with pypdfium2.PdfDocument(poster(TEMPLATES).render(site(*cells))) as document:
        text = document[0].get_textpage()
        for index in range(text.count_chars()):
            matrix = pdfium.FS_MATRIX()
            if pdfium.FPDFText_GetMatrix(text.raw, index, matrix) and text.get_text_range(index, 1).strip():
                assert pdfium.FPDFText_GetFontSize(text.raw, index) * abs(matrix.a) >= least
