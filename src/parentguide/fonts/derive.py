"""A face and a lexicon -> the bytes of the derived font. Pure functions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

from parentguide.errors import LayoutError
from parentguide.fonts.lexicon import JOINERS, Lexicon, Run, follows_letter, runs_of
from parentguide.fonts.shaping import Composite, Face, Shaper
from parentguide.fonts.spacing import GAP, Gaps, Neighbours
from parentguide.fonts.substitution import NOTDEF, Rule, Spaces, forms, positioning_table, substitution_table

# The number of a glyph has 16 bits (OpenType 1.9.1, maxp).
MOST_GLYPHS = 65_535
# The offsets of a composite's parts are its own, not those of the points of a part (OpenType, glyf).
_ARGS_ARE_XY = 0x0002
# The largest error in thousandths of the em where cubic curves become quadratic.
_CURVE_ERROR = 1.0
_REGULAR, _BOLD = 400, 700
_STRUT = "strut"
# 1 January 1970 in seconds since 1904 (OpenType, head). A font says nothing of the day of the build.
_DATE = 2_082_844_800


@dataclass(frozen=True, slots=True)
class Design:
    """What a derived font shows: the composites of each word, by word, those of other characters, and the
    width of the space between two composites."""

    words: Mapping[str, tuple[Composite, ...]]
    others: Mapping[str, Composite]
    spaces: Mapping[Neighbours, int]


def design(shaper: Shaper, lexicon: Lexicon, em: int) -> Design:
    """Shape the words of a lexicon. Words with a letter that the face does not have are left out."""
    known = [word for word in lexicon.words if all(shaper.has(c) or c in JOINERS for c in word)]
    words = {word: tuple(shaper.word(word)) for word in known}
    others = {char: shaper.other(char) for char in lexicon.others if shaper.has(char)}
    space = others.get(" ")
    if space is None:
        return Design(words, others, {})
    others[" "] = space._replace(advance=max(space.advance, round(em * GAP)))
    pairs = [(words[a], words[b]) for a, b in lexicon.pairs if a in words and b in words]
    return Design(words, others, Gaps(shaper, em).spaces(pairs, others[" "].advance))


def derived_font(
    face: Face, lexicon: Lexicon, family: str, language: str, script: str, *, bold: bool = False
) -> bytes:
    """The font file of the words of ``lexicon``, each as ``face`` shapes it.

    ``family`` is the new font's name, ``language`` the tag that the text will have when it is shaped. The
    same arguments give the same bytes. Raises :class:`LayoutError` for more glyphs than a font can have.
    """
    shaper = Shaper(face, language, script)
    original = TTFont(BytesIO(face.data), lazy=True, recalcTimestamp=False)
    em = original["head"].unitsPerEm
    made = design(shaper, lexicon, em)
    names = _Names(made)
    if len(names.order) > MOST_GLYPHS:
        raise LayoutError(
            f"{len(made.words):,} words in {len(names.order):,} forms are too many for one font,"
            f" which has room for {MOST_GLYPHS:,}",
            remedy="Build fewer guides at a time.",
        )
    font = FontBuilder(em, isTTF=True)
    font.setupHead(unitsPerEm=em, created=_DATE, modified=_DATE)
    font.setupGlyphOrder(names.order)
    font.setupCharacterMap(names.characters)
    glyphs = _glyphs(shaper, names, original)
    font.setupGlyf(glyphs, calcGlyphBounds=True)
    # A renderer moves an outline that does not begin at the left side bearing.
    font.setupHorizontalMetrics(
        {name: (names.advances.get(name, 0), getattr(glyphs[name], "xMin", 0)) for name in names.order}
    )
    _copy_metrics(font, original, bold=bold)
    font.setupNameTable(_name_table(original, family, bold=bold), mac=False)
    font.setupPost(keepGlyphNames=False)
    glyph_ids = {name: number for number, name in enumerate(names.order)}
    font.font["GSUB"] = substitution_table(names.rules, names.letters, names.spaces, glyph_ids)
    font.font["GPOS"] = positioning_table()
    font.font["GDEF"] = _all_base_glyphs(names.order)
    stream = BytesIO()
    font.font.save(stream)
    return stream.getvalue()


class _Names:
    """The names of a derived font's glyphs.

    ``letters`` stand for a letter before its word is known, and have no ink; ``pieces`` are glyphs of the
    face, and ``composites`` consist of them. ``order`` is that of the glyphs in the font.
    """

    def __init__(self, made: Design) -> None:
        characters = sorted({char for word in made.words for char in word})
        self.letters = [_letter(char) for char in characters]
        shown = sorted({composite for word in made.words.values() for composite in word})
        self.composites = {composite: f"c{number}" for number, composite in enumerate(shown)}
        self.others = {_letter(char): composite for char, composite in sorted(made.others.items())}
        every = (*self.composites, *self.others.values())
        used = sorted({piece.glyph for composite in every for piece in composite.pieces})
        self.pieces = {glyph: f"p{glyph}" for glyph in used}
        self.rules = list(self._rules(made))
        self.spaces = Spaces(
            _letter(" "),
            {
                (self.composites[before], self.composites[after]): f"space{width}"
                for (before, after), width in sorted(made.spaces.items())
            },
        )
        self.order = [
            NOTDEF,
            *self.others,
            *sorted(set(self.spaces.between.values())),
            *forms(self.letters, self.rules),
            *self.composites.values(),
            *self.pieces.values(),
            _STRUT,
        ]
        self.characters = {ord(char): _letter(char) for char in sorted({*characters, *made.others})}
        self.advances = {name: composite.advance for composite, name in self.composites.items()}
        self.advances |= {name: composite.advance for name, composite in self.others.items()}
        self.advances |= {f"space{width}": width for width in made.spaces.values()}

    def _rules(self, made: Design) -> Iterator[Rule]:
        """A rule for each run of each word."""
        in_runs = runs_of(made.words)
        for word, composites in sorted(made.words.items()):
            start = 0
            for run in in_runs.get(word, (Run(word, 1),)):
                stop = start + len(run.text)
                shown = tuple(self.composites[composite] for composite in composites[start:stop])
                yield Rule(tuple(map(_letter, run.text)), shown, run.variant)
                start = stop


def _letter(char: str) -> str:
    return f"u{ord(char):04X}"


def _glyphs(shaper: Shaper, names: _Names, original: TTFont) -> dict[str, Glyph]:
    """All glyphs, by name."""
    glyphs = {name: Glyph() for name in names.order}
    for composite, name in (*names.composites.items(), *((c, n) for n, c in names.others.items())):
        parts = [(names.pieces[piece.glyph], piece.x, piece.y) for piece in composite.pieces]
        if follows_letter(composite.char) or (not parts and not composite.char.isspace()):
            parts.append((_STRUT, 0, 0))
        if parts:
            glyphs[name] = _composite(parts)
    glyphs[_STRUT] = _strut(original["head"].unitsPerEm)
    for number, name in names.pieces.items():
        pen = TTGlyphPen(None)
        if "glyf" in original:
            shaper.font.draw_glyph_with_pen(number, pen)
        else:
            error = _CURVE_ERROR * original["head"].unitsPerEm / 1000
            shaper.font.draw_glyph_with_pen(number, Cu2QuPen(pen, error, reverse_direction=True))
        glyphs[name] = pen.glyph()
    return glyphs


def _strut(em: int) -> Glyph:
    """An outline without an area: it leaves no ink, and is as high as a letter.

    A mark has it below its own ink, which is high above the letters or, where the face draws two marks as
    one glyph, not there at all: pdfium takes a run that is not beside the one before it for a new line.
    """
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, em // 2))
    pen.closePath()
    return pen.glyph()


def _composite(parts: Iterable[tuple[str, int, int]]) -> Glyph:
    """A glyph of other glyphs: the name, x and y of each."""
    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = []
    for name, x, y in parts:
        part = GlyphComponent()
        part.glyphName, part.x, part.y, part.flags = name, x, y, _ARGS_ARE_XY
        glyph.components.append(part)
    return glyph


def _copy_metrics(font: FontBuilder, original: TTFont, *, bold: bool) -> None:
    """The heights of the face's lines, its embedding permissions, and the weight."""
    hhea, os2 = original["hhea"], original["OS/2"]
    font.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent, lineGap=hhea.lineGap)
    font.setupOS2(
        version=4,
        fsType=os2.fsType,
        # Bits 5 and 6 say bold and regular (OpenType, OS/2).
        fsSelection=1 << 5 if bold else 1 << 6,
        usWeightClass=_BOLD if bold else _REGULAR,
        sTypoAscender=os2.sTypoAscender,
        sTypoDescender=os2.sTypoDescender,
        sTypoLineGap=os2.sTypoLineGap,
        usWinAscent=os2.usWinAscent,
        usWinDescent=os2.usWinDescent,
        sCapHeight=getattr(os2, "sCapHeight", 0),
        sxHeight=getattr(os2, "sxHeight", 0),
        achVendID="    ",
    )
    font.font["head"].macStyle = int(bold)


# Copyright, licence and its address: the Open Font License (2) asks that they stay with the font.
_KEPT_NAMES = {0: "copyright", 13: "licenseDescription", 14: "licenseInfoURL"}


def _name_table(original: TTFont, family: str, *, bold: bool) -> dict[str, str]:
    """The names of the derived font.

    Its own name is new, because the Open Font License (3) reserves names for the original.
    """
    style = "Bold" if bold else "Regular"
    names = {
        "familyName": family,
        "styleName": style,
        "uniqueFontIdentifier": f"{family} {style}",
        "fullName": f"{family} {style}",
        "psName": f"{family.replace(' ', '')}-{style}",
        "description": f"Derived from {original['name'].getDebugName(4) or 'another font'}:"
        " words of one document, a glyph for each character.",
    }
    kept = {key: original["name"].getDebugName(number) for number, key in _KEPT_NAMES.items()}
    return names | {key: value for key, value in kept.items() if value}


def _all_base_glyphs(order: Iterable[str]) -> Any:
    """The table ``GDEF``: a shaper would take away the advance of a mark."""
    table = newTable("GDEF")
    table.table = otTables.GDEF()
    table.table.Version = 0x00010000
    table.table.GlyphClassDef = otTables.GlyphClassDef()
    table.table.GlyphClassDef.classDefs = dict.fromkeys(order, 1)
    table.table.AttachList = table.table.LigCaretList = table.table.MarkAttachClassDef = None
    return table
