"""A school's accent colour, corrected so that it can be read on every background.

WCAG 2.2 requires a contrast of 7:1 between text and its background (1.4.6, level AAA). A colour with
less is made darker, or lighter for dark pages. This is done in OKLCH, where a change of lightness
keeps the perceived hue.

Decision: docs/decisions/0014-accent-in-oklch.md.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from parentguide.model.school import Colour

if TYPE_CHECKING:
    from coloraide import Color

ENOUGH = 7.0
# The backgrounds of the accent, and the colour of text on it, as in templates/web/style.css: paper,
# soft, warm, cool, and the text of a button. White is for printed sheets.
LIGHT_GROUNDS = ("#fffdf8", "#f1ece0", "#fdf1dc", "#e6f1f0", "#ffffff")
DARK_GROUNDS = ("#161a1b", "#22282a", "#332b1c", "#1b2d2e")
# The accent of a school that gives no colour.
DEFAULT = Colour("#0f4a4f", "#0f4a4f", "#a9dcdb")
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
# Enough bisection steps to be exact to one step of a hexadecimal colour.
_HALVINGS = 16


def accent(written: str) -> Colour:
    """``#rgb`` or ``#rrggbb`` -> the colour for light and for dark backgrounds.

    Raises :class:`ValueError` with a remedy for anything else.
    """
    if not _HEX.fullmatch(written):
        raise ValueError("Write # and six digits or letters from a to f, such as “#0f4a4f”.")
    digits = written[1:].lower()
    given = f"#{digits}" if len(digits) == 6 else "#" + "".join(2 * digit for digit in digits)
    return Colour(given, _readable(given, LIGHT_GROUNDS, 0.0), _readable(given, DARK_GROUNDS, 1.0))


def contrast(colour: str, grounds: Sequence[str]) -> float:
    """The lowest contrast ratio (WCAG 2.2) between ``colour`` and any of ``grounds``."""
    from coloraide import Color

    return min(Color(colour).contrast(ground, method="wcag21") for ground in grounds)


def _readable(given: str, grounds: Sequence[str], end: float) -> str:
    """``given``, or in the nearest lightness towards ``end`` (0 black, 1 white) that has enough contrast."""
    from coloraide import Color

    if contrast(given, grounds) >= ENOUGH:
        return given
    start = Color(given).convert("oklch")
    near, far = start["lightness"], end
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        if contrast(_hex(start, middle), grounds) >= ENOUGH:
            far = middle
        else:
            near = middle
    return _hex(start, far)


def _hex(colour: "Color", lightness: float) -> str:
    """``colour`` in another lightness, with as much chroma as sRGB has there."""
    other = colour.clone().set("lightness", lightness).fit("srgb", method="oklch-chroma", jnd=0)
    return other.convert("srgb").to_string(hex=True)
