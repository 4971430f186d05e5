"""Where the ink of a text is, shaped by HarfBuzz with a font file."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import uharfbuzz as hb

from parentguide.fonts.lexicon import Run
from parentguide.fonts.shaping import Face

# A contour as the edges of the box round its points: left, bottom, right, top. Where a contour begins, and
# which of its points are implied (OpenType, glyf), differs between two ways to store the same outline.
Contour = tuple[int, int, int, int]


class Outlines:
    """Draws texts in a face."""

    def __init__(self, face: Face, language: str) -> None:
        self._font = hb.Font(hb.Face(hb.Blob(face.data)))
        if face.wght is not None:
            self._font.set_variations({"wght": face.wght})
        self._language = language
        self._drawn: dict[int, list[tuple[float, float, float, float]]] = {}

    def shape(self, text: str, features: dict[str, int] | None = None) -> tuple[Any, Any]:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script, buffer.language = "rtl", "Arab", self._language
        hb.shape(self._font, buffer, features or {})
        return buffer.glyph_infos, buffer.glyph_positions

    def glyphs(self, text: str) -> list[int]:
        return [info.codepoint for info in self.shape(text)[0]]

    def points(self, glyph: int) -> list[list[tuple[float, float]]]:
        """The points of a glyph's contours."""
        pen = _Points()
        self._font.draw_glyph_with_pen(glyph, pen)
        return [contour for contour in pen.contours if len(contour) > 2]

    def text(self, parts: Sequence[Run]) -> Counter[Contour]:
        """The contours of a text, with its right end at 0. Each part is shaped on its own."""
        contours: Counter[Contour] = Counter()
        right = 0
        for part in parts:
            infos, positions = self.shape(part.text, {"ccmp": part.variant})
            pen = right - sum(at.x_advance for at in positions)
            right = pen
            for info, at in zip(infos, positions, strict=True):
                contours.update(self._at(info.codepoint, pen + at.x_offset, at.y_offset))
                pen += at.x_advance
        return contours

    def _at(self, glyph: int, x: int, y: int) -> list[Contour]:
        return [
            (round(left) + x, round(bottom) + y, round(right) + x, round(top) + y)
            for left, bottom, right, top in self._contours(glyph)
        ]

    def _contours(self, glyph: int) -> list[tuple[float, float, float, float]]:
        """The boxes of a glyph's contours that have an area."""
        if glyph not in self._drawn:
            pen = _Points()
            self._font.draw_glyph_with_pen(glyph, pen)
            boxes = [tuple(zip(*contour, strict=True)) for contour in pen.contours]
            self._drawn[glyph] = [
                (min(xs), min(ys), max(xs), max(ys)) for xs, ys in boxes if min(xs) < max(xs)
            ]
        return self._drawn[glyph]


class _Points:
    """A pen that notes the points of each contour."""

    def __init__(self) -> None:
        self.contours: list[list[tuple[float, float]]] = []

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - fontTools' protocol of a pen
        self.contours.append([point])

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.contours[-1].append(point)

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.contours[-1].extend(points)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.contours[-1].extend(points)

    def closePath(self) -> None:  # noqa: N802
        """Nothing to note."""
