"""Make the files of ``src/parentguide/infra/spaces/``: ``python -m tests.unit.infra.space_fonts``.

Each has one glyph: the space of a typeface, with a line in it that has no area and so leaves no ink.
"""

from io import BytesIO
from pathlib import Path

import uharfbuzz as hb
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from parentguide.fonts.faces import find_family
from parentguide.fonts.shaping import Face
from parentguide.infra.fonts import NO_BREAK, SPACED, SPACES, space_family

# 1 January 1970 in seconds since 1904 (OpenType, head).
_DATE = 2_082_844_800
# The heights of a face that set the distance of lines (OpenType, OS/2).
HEIGHTS = (
    "sTypoAscender",
    "sTypoDescender",
    "sTypoLineGap",
    "usWinAscent",
    "usWinDescent",
    "sCapHeight",
    "sxHeight",
)


def space_file(family: str, *, bold: bool) -> Path:
    return SPACES / f"{family.replace(' ', '')}-{'Bold' if bold else 'Regular'}.ttf"


def character_of(family: str) -> str:
    """The space that the font has: some have the no-break space only."""
    return "\u00a0" if family in NO_BREAK else " "


def space_width(face: Face, character: str = " ") -> int:
    """The advance of the face's space in units of the font."""
    font = hb.Font(hb.Face(face.data))
    if face.wght is not None:
        font.set_variations({"wght": face.wght})
    return int(font.get_glyph_h_advance(font.get_nominal_glyph(ord(character))))


def face_of(family: str, *, bold: bool) -> Face:
    found = find_family(family)
    assert found is not None, family
    return found.bold if bold else found.regular


def write(family: str, *, bold: bool) -> None:
    face = face_of(family, bold=bold)
    original = TTFont(BytesIO(face.data), lazy=True)
    em, width = original["head"].unitsPerEm, space_width(face)
    font = FontBuilder(em, isTTF=True)
    font.setupHead(unitsPerEm=em, created=_DATE, modified=_DATE)
    font.setupGlyphOrder([".notdef", "space"])
    font.setupCharacterMap({ord(character_of(family)): "space"})
    font.setupGlyf({".notdef": Glyph(), "space": _line(width)})
    font.setupHorizontalMetrics({".notdef": (width, 0), "space": (width, 0)})
    hhea, os2 = original["hhea"], original["OS/2"]
    font.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent, lineGap=hhea.lineGap)
    heights = {name: getattr(os2, name, 0) for name in HEIGHTS}
    # Bits 5 and 6 say bold and regular (OpenType, OS/2).
    font.setupOS2(
        version=4,
        fsType=0,
        fsSelection=1 << (5 if bold else 6),
        usWeightClass=700 if bold else 400,
        **heights,
    )
    font.font["head"].macStyle = int(bold)
    font.setupNameTable(_names(space_family(family), "Bold" if bold else "Regular"), mac=False)
    font.setupPost(keepGlyphNames=False)
    SPACES.mkdir(exist_ok=True)
    font.save(space_file(family, bold=bold))


def _names(family: str, style: str) -> dict[str, str]:
    full = f"{family} {style}"
    return {
        "familyName": family,
        "styleName": style,
        "uniqueFontIdentifier": full,
        "fullName": full,
        "psName": f"{family.replace(' ', '')}-{style}",
    }


def _line(width: int) -> Glyph:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((width, 0))
    pen.closePath()
    return pen.glyph()


if __name__ == "__main__":
    for each in (*SPACED, *NO_BREAK):
        write(each, bold=False)
        write(each, bold=True)
