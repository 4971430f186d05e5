"""The space between two words: wide enough that their ink does not touch.

In nastaliq a word begins high and ends low, so it can hang over its neighbour. Spaces of one width then
leave no gap at all between some words. Pure functions.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from parentguide.fonts.shaping import Composite, Shaper

# The smallest gap between the ink of two words, as a share of the em.
GAP = 0.2
# Distances are measured in bands of this share of the em. Ink in the band above or below counts too.
_BANDS = 20
# Spaces differ by steps of this share of the em: nobody sees less, and each width is a glyph.
_STEPS = 50
# The edge of a word's ink in each band, measured from the edge of the word.
Profile = Mapping[int, int]
# The last composite of a word and the first of the next.
Neighbours = tuple[Composite, Composite]


class Gaps:
    """Measures the gaps between words in a face whose em has ``em`` units."""

    def __init__(self, shaper: Shaper, em: int) -> None:
        self._shaper = shaper
        self._band = em // _BANDS
        self._step = em // _STEPS
        self._gap = round(em * GAP)
        self._glyphs: dict[int, dict[int, tuple[int, int]]] = {}
        self._profiles: dict[tuple[tuple[Composite, ...], bool], Profile] = {}

    def spaces(
        self, pairs: Iterable[tuple[Sequence[Composite], Sequence[Composite]]], own: int
    ) -> dict[Neighbours, int]:
        """The width of the space between the words of each pair for which ``own``, the font's own, is too
        narrow.

        Where pairs have the same neighbours, the widest of their spaces is taken. The others need no rule in
        the font: a shaper would try hundreds of them at each space.
        """
        widths: dict[Neighbours, int] = {}
        for before, after in pairs:
            near = self._distance(tuple(before), tuple(after))
            missing = 0 if near is None else self._gap - near - own
            if missing > 0:
                width = own + -(-missing // self._step) * self._step
                key = (before[-1], after[0])
                widths[key] = max(width, widths.get(key, 0))
        return widths

    def _distance(self, before: tuple[Composite, ...], after: tuple[Composite, ...]) -> int | None:
        """How far the ink of two words is apart without a space; None if no band has ink of both."""
        left, right = self._profile(before, left=True), self._profile(after, left=False)
        return min(
            (
                left[band] - right[other]
                for band in left
                for other in (band - 1, band, band + 1)
                if other in right
            ),
            default=None,
        )

    def _profile(self, word: tuple[Composite, ...], *, left: bool) -> Profile:
        """The ink of a word nearest to its left or its right edge, measured from that edge."""
        key = (word, left)
        if key not in self._profiles:
            best: dict[int, int] = {}
            pen = 0 if left else -sum(composite.advance for composite in word)
            choose = min if left else max
            for composite in reversed(word):
                for glyph, x, y in composite.pieces:
                    for height, edges in self._edges(glyph).items():
                        band = (y + height) // self._band
                        edge = pen + x + edges[0 if left else 1]
                        best[band] = choose(edge, best.get(band, edge))
                pen += composite.advance
            self._profiles[key] = best
        return self._profiles[key]

    def _edges(self, glyph: int) -> dict[int, tuple[int, int]]:
        """How far the ink of a glyph reaches to the left and to the right, by height in half bands."""
        if glyph not in self._glyphs:
            pen = _Edges(self._band // 2)
            self._shaper.font.draw_glyph_with_pen(glyph, pen)
            self._glyphs[glyph] = pen.edges
        return self._glyphs[glyph]


class _Edges:
    """A pen that notes the leftmost and the rightmost point of an outline by height, in steps of ``step``.

    A curve counts as the lines between its points, which are never nearer to its middle than the curve.
    """

    def __init__(self, step: int) -> None:
        self.edges: dict[int, tuple[int, int]] = {}
        self._step = step
        self._at = self._start = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - fontTools' protocol of a pen
        self._at = self._start = point

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        (x1, y1), (x2, y2) = self._at, point
        count = int(abs(y2 - y1) // self._step) + 1
        for part in range(count + 1):
            x = round(x1 + (x2 - x1) * part / count)
            height = round(y1 + (y2 - y1) * part / count) // self._step * self._step
            left, right = self.edges.get(height, (x, x))
            self.edges[height] = (min(left, x), max(right, x))
        self._at = point

    def qCurveTo(self, *points: Any) -> None:  # noqa: N802
        for point in points:
            self.lineTo(point)

    def curveTo(self, *points: Any) -> None:  # noqa: N802
        for point in points:
            self.lineTo(point)

    def closePath(self) -> None:  # noqa: N802
        self.lineTo(self._start)
