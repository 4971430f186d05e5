"""Words -> what each of their letters looks like, as HarfBuzz shapes them in a face."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import uharfbuzz as hb

from parentguide.fonts.lexicon import units


class Piece(NamedTuple):
    """A glyph of the face, by number, and its place: from the left edge of its unit and the base line, in
    units of the em."""

    glyph: int
    x: int
    y: int


class Composite(NamedTuple):
    """What one unit (a letter with its marks, or another character) looks like in one word: its pieces and
    its advance, in units of the em."""

    unit: str
    pieces: tuple[Piece, ...]
    advance: int


class Placed(NamedTuple):
    """A glyph of a shaped text: the index of its character, its number, and where its origin and the pen are
    from the left end of the text, in units of the em."""

    char: int
    glyph: int
    x: int
    y: int
    pen: int
    advance: int


@dataclass(frozen=True, slots=True)
class Face:
    """A font file in one weight: its bytes, and the value of the axis ``wght`` (None for a static font)."""

    data: bytes
    wght: int | None = None


class Shaper:
    """Shapes texts of one language and script in a face."""

    def __init__(self, face: Face, language: str, script: str) -> None:
        """``language`` is the tag that Typst passes to its own shaper, ``script`` an ISO 15924 code."""
        self._face = hb.Face(hb.Blob(face.data))
        self.font = hb.Font(self._face)
        if face.wght is not None:
            self.font.set_variations({"wght": face.wght})
        self._language, self._script = language, script
        self._drawn: dict[int, bool] = {}

    def has(self, char: str) -> bool:
        """Whether the face has a glyph for the character."""
        return bool(self.font.get_nominal_glyph(ord(char)))

    def place(self, text: str, direction: str = "rtl") -> tuple[list[Placed], int]:
        """The glyphs of ``text`` from left to right, and the width of the text."""
        infos, positions = _shaped(self.font, text, direction, self._script, self._language)
        pen, placed = 0, []
        for info, at in zip(infos, positions, strict=True):
            placed.append(
                Placed(info.cluster, info.codepoint, pen + at.x_offset, at.y_offset, pen, at.x_advance)
            )
            pen += at.x_advance
        return placed, pen

    def word(self, word: str) -> list[Composite]:
        """The composites of a word's units, in the order in which they are read."""
        placed, width = self.place(word)
        names = units(word)
        unit_of = [index for index, unit in enumerate(names) for _ in unit]
        lefts = _left_edges(placed, width, unit_of, len(names))
        pieces: list[list[Piece]] = [[] for _ in names]
        for glyph in placed:
            unit = unit_of[glyph.char]
            if self._has_ink(glyph.glyph):
                pieces[unit].append(Piece(glyph.glyph, glyph.x - lefts[unit], glyph.y))
        edges = [width, *lefts]
        return [
            Composite(name, tuple(pieces[index]), edges[index] - edges[index + 1])
            for index, name in enumerate(names)
        ]

    def other(self, char: str) -> Composite:
        """The composite of a character that is not part of a word.

        It is shaped from left to right: where a bracket is mirrored, the program that uses the derived
        font mirrors it too.
        """
        placed, width = self.place(char, "ltr")
        ink = tuple(Piece(g.glyph, g.x, g.y) for g in placed if self._has_ink(g.glyph))
        return Composite(char, ink, max(width, 0))

    def _has_ink(self, glyph: int) -> bool:
        if glyph not in self._drawn:
            extents = self.font.get_glyph_extents(glyph)
            self._drawn[glyph] = extents is not None and bool(extents.width and extents.height)
        return self._drawn[glyph]


def _left_edges(placed: list[Placed], width: int, unit_of: list[int], count: int) -> list[int]:
    """The left edge of each unit: units stand side by side from right to left, each as wide as its glyphs.

    A font cannot store a negative advance, so a unit that would have one is 0 wide and its neighbours
    give way. The pieces keep their places all the same.
    """
    advances = [0] * count
    for glyph in placed:
        advances[unit_of[glyph.char]] += glyph.advance
    edges, wanted, edge = [], 0, 0
    for advance in advances:
        wanted += advance
        edge = min(max(edge, wanted), width)
        edges.append(width - edge)
    if edges:
        edges[-1] = 0
    return edges


def as_seen(characters: frozenset[str], text: str, language: str, script: str) -> tuple[str, ...]:
    """The characters of ``text`` as the lookups of a font with just these ``characters`` see them.

    Before any lookup a shaper composes letters and marks and puts marks in order.
    """
    funcs = hb.FontFuncs.create()
    funcs.set_nominal_glyph_func(
        lambda _font, code_point, _data: code_point if chr(code_point) in characters else 0
    )
    font = hb.Font(hb.Face(hb.Blob(b"")))
    font.funcs = funcs
    infos, _ = _shaped(font, text, "rtl", script, language, keep=True)
    return tuple(chr(info.codepoint) for info in reversed(infos))


def _shaped(
    font: Any, text: str, direction: str, script: str, language: str, *, keep: bool = False
) -> tuple[Any, Any]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    # Each glyph keeps the index of its own character; the default gives a mark that of its letter.
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.flags = hb.BufferFlags.PRESERVE_DEFAULT_IGNORABLES if keep else hb.BufferFlags.DEFAULT
    buffer.direction, buffer.script, buffer.language = direction, script, language
    hb.shape(font, buffer)
    return buffer.glyph_infos, buffer.glyph_positions
