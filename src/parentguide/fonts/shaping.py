"""Words -> what each of their letters looks like, as HarfBuzz shapes them in a face."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import uharfbuzz as hb

from parentguide.fonts.lexicon import follows_letter


class Piece(NamedTuple):
    """A glyph of the face, by number, and its place: from the left edge of its character and from the base
    line, in units of the em."""

    glyph: int
    x: int
    y: int


class Composite(NamedTuple):
    """What one character looks like in one word: its pieces, and its advance in units of the em."""

    char: str
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
        """The composites of a word's characters, in the order in which they are read."""
        placed, width = self.place(word)
        edges = [width, *_left_edges(placed, width, word)]
        pieces: list[list[Piece]] = [[] for _ in word]
        for glyph in placed:
            if self._has_ink(glyph.glyph):
                at = Piece(glyph.glyph, glyph.x - edges[glyph.char + 1], glyph.y)
                pieces[glyph.char].append(at)
        return [
            Composite(char, tuple(pieces[index]), edges[index] - edges[index + 1])
            for index, char in enumerate(word)
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


def _left_edges(placed: list[Placed], width: int, word: str) -> list[int]:
    """The left edge of each character: they stand side by side from right to left.

    A letter is as wide as its glyphs. It shares its width with the marks and joiners on it, and a ligature
    with all its letters: a PDF reader loses characters without a width, or puts them in the wrong place. A
    font cannot store a negative advance, so a letter that would have one is 0 wide and its neighbours give
    way. The pieces keep their places all the same.
    """
    advances = [0] * len(word)
    for glyph in placed:
        advances[glyph.char] += glyph.advance
    edges: list[int] = []
    wanted, edge = 0, 0
    for group in _groups(word, advances):
        wanted += sum(advances[group.start : group.stop])
        end = min(max(edge, wanted), width) if group.stop < len(word) else width
        edges.extend(width - edge - (end - edge) * share // len(group) for share in range(1, len(group) + 1))
        edge = end
    return edges


def _groups(word: str, advances: list[int]) -> list[range]:
    """The places of the characters that share a width."""
    starts = [
        index
        for index, char in enumerate(word)
        if index == 0 or (advances[index] > 0 and not follows_letter(char))
    ]
    return [range(start, stop) for start, stop in zip(starts, [*starts[1:], len(word)], strict=True)]


def _shaped(font: Any, text: str, direction: str, script: str, language: str) -> tuple[Any, Any]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    # Each glyph keeps the index of its own character; the default gives a mark that of its letter.
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.direction, buffer.script, buffer.language = direction, script, language
    hb.shape(font, buffer)
    return buffer.glyph_infos, buffer.glyph_positions
