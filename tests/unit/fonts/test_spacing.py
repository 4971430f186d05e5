"""No word touches the next, judged on pixels; and a face with room enough keeps its own spaces."""

from functools import cache

import pytest
from PIL import Image, ImageChops, ImageDraw

from parentguide.fonts.derive import derived_font
from parentguide.fonts.lexicon import Run, runs_of
from parentguide.fonts.shaping import Face, Shaper
from tests.unit.fonts.faces import NASKH, NASTALIQ, SANS, SCRIPT, family, lexicon
from tests.unit.fonts.outlines import Outlines

# Units of the em to a pixel, and the size of a picture of two words.
UNITS = 10
SIZE = (900, 400)


@cache
def font(name: str, tag: str) -> Outlines:
    return Outlines(Face(derived_font(family(name).regular, lexicon(tag), "Test", tag, SCRIPT)), tag)


def picture(outlines: Outlines, text: str, first: int, last: int) -> Image.Image:
    """The ink of the characters ``first`` to ``last`` of a text, with the text's right end at the right."""
    image = Image.new("1", SIZE)
    draw = ImageDraw.Draw(image)
    infos, positions = outlines.shape(text)
    pen = SIZE[0] * UNITS - 1_000 - sum(at.x_advance for at in positions)
    for info, at in zip(infos, positions, strict=True):
        if first <= info.cluster < last:
            for contour in outlines.points(info.codepoint):
                draw.polygon([((pen + x) / UNITS, (2_500 - y) / UNITS) for x, y in contour], fill=1)
        pen += at.x_advance
    return image


def touch(outlines: Outlines, before: str, after: str, gap: int) -> bool:
    """Whether the second word reaches the first one if it is moved ``gap`` units nearer."""
    text = f"{before} {after}"
    right = picture(outlines, text, 0, len(before))
    left = picture(outlines, text, len(before) + 1, len(text))
    for pixels in range(0, gap // UNITS + 1):
        if ImageChops.logical_and(right, ImageChops.offset(left, pixels, 0)).getbbox():
            return True
    return False


def test_no_word_in_nastaliq_touches_the_next() -> None:
    """The face's own spaces let some words touch, so this can fail."""
    pairs = [pair for pair in lexicon("ur").pairs if not runs_of(pair)]
    original = Outlines(family(NASTALIQ).regular, "ur")
    tight = [pair for pair in pairs if touch(original, *pair, 150)]
    assert tight
    assert [pair for pair in tight if touch(font(NASTALIQ, "ur"), *pair, 150)] == []


@pytest.mark.parametrize("name", [SANS, NASKH])
def test_a_face_with_wide_spaces_keeps_them(name: str) -> None:
    own = Shaper(family(name).regular, "fa", SCRIPT).place(" ")[1]
    outlines = font(name, "fa")
    widths = set()
    for before, after in lexicon("fa").pairs[:200]:
        infos, positions = outlines.shape(f"{before} {after}")
        widths |= {
            at.x_advance for info, at in zip(infos, positions, strict=True) if info.cluster == len(before)
        }
    assert widths == {own}


def test_a_space_beside_other_characters_is_as_wide_as_the_smallest_gap() -> None:
    _, positions = font(NASTALIQ, "ur").shape(" ")
    assert [at.x_advance for at in positions] == [200]
    assert font(NASTALIQ, "ur").text([Run(" ", 1)]) == {}
