"""The fonts that have the space of a typeface, and nothing else."""

from io import BytesIO

import pypdfium2
import pytest
import typst
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from parentguide.fonts.shaping import Face
from parentguide.infra.fonts import NO_BREAK, SPACED, SPACES, fonts, space_family
from tests.unit.infra.space_fonts import HEIGHTS, character_of, face_of, space_file, space_width

every = pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
families = pytest.mark.parametrize("family", [*SPACED, *NO_BREAK])


@every
@families
def test_the_space_is_as_wide_as_that_of_the_typeface(family: str, bold: bool) -> None:
    own = Face(space_file(family, bold=bold).read_bytes())
    original = face_of(family, bold=bold)
    assert space_width(own, character_of(family)) == space_width(original)
    assert TTFont(BytesIO(own.data))["head"].unitsPerEm == TTFont(BytesIO(original.data))["head"].unitsPerEm


@every
@families
def test_lines_are_as_far_apart_as_in_the_typeface(family: str, bold: bool) -> None:
    own = TTFont(space_file(family, bold=bold))
    original = TTFont(BytesIO(face_of(family, bold=bold).data))
    for name in ("ascent", "descent", "lineGap"):
        assert getattr(own["hhea"], name) == getattr(original["hhea"], name)
    for name in HEIGHTS:
        assert getattr(own["OS/2"], name) == getattr(original["OS/2"], name, 0)


@every
@families
def test_the_space_is_a_line_without_an_area(family: str, bold: bool) -> None:
    font = TTFont(space_file(family, bold=bold))
    ((character, name),) = font.getBestCmap().items()
    assert character == ord(character_of(family))
    glyph = font["glyf"][name]
    assert (glyph.yMin, glyph.yMax) == (0, 0)
    assert (glyph.xMin, glyph.xMax) == (0, font["hmtx"][name][0])


def test_there_is_no_other_file() -> None:
    wanted = {space_file(family, bold=bold) for family in (*SPACED, *NO_BREAK) for bold in (False, True)}
    assert set(SPACES.iterdir()) == wanted


@families
def test_typst_finds_the_font_in_both_weights(family: str) -> None:
    found = {(info.weight, info.style) for info in fonts().fonts() if info.family == space_family(family)}
    assert found == {(400, "normal"), (700, "normal")}


def rendered(*families_: str) -> Image.Image:
    """A line of text in regular and bold, as pdfium draws it."""
    source = f"#set page(width: 90pt, height: 30pt)\n#set text(font: ({','.join(families_)},))\nਨੂੰ ਨੂੰ *ਨੂੰ ਨੂੰ*"
    with pypdfium2.PdfDocument(typst.compile(source.encode(), font_paths=fonts())) as pdf:
        picture: Image.Image = pdf[0].render(scale=4).to_pil()
    return picture.convert("L")


def test_the_line_leaves_no_ink_and_moves_no_letter() -> None:
    space = f'(name: "{space_family("Noto Sans Gurmukhi")}", covers: regex(" "))'
    with_space, without = (rendered(*names, '"Noto Sans Gurmukhi"') for names in ([space], []))
    assert with_space.getextrema()[0] == 0
    assert ImageChops.difference(with_space, without).getextrema() == (0, 0)
