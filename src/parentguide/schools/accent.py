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
_HEX = re.compile(r"#?((?:[0-9a-f]{3}){1,2})", re.IGNORECASE)
_RGB = re.compile(
    r"(?:rgb)?[\s:(]*(?:r[\s:=]*)?(\d{1,3})[\s,;/]+(?:g[\s:=]*)?(\d{1,3})[\s,;/]+(?:b[\s:=]*)?(\d{1,3})[\s)]*",
    re.IGNORECASE,
)
# Colours of uniforms that CSS has no name for, and everyday names of those that it has.
_EVERYDAY = {
    "amber": "#ffbf00",
    "bottlegreen": "#006a4e",
    "brightred": "#e60000",
    "burgundy": "#800020",
    "cerise": "#de3163",
    "charcoal": "#36454f",
    "claret": "#7f1734",
    "cobaltblue": "#0047ab",
    "cream": "#fffdd0",
    "darkpurple": "#4b0082",
    "emeraldgreen": "#008a4e",
    "forestgreen": "#228b22",
    "jade": "#00a86b",
    "lilac": "#c8a2c8",
    "mustard": "#e1ad01",
    "navyblue": "#000080",
    "petrolblue": "#005f6a",
    "racinggreen": "#004225",
    "royalpurple": "#6a2c91",
    "ruby": "#9b111e",
    "sapphire": "#0f52ba",
    "scarlet": "#ff2400",
    "wine": "#722f37",
}
_REMEDY = (
    "Write # and six digits or letters from a to f, such as “#0f4a4f”,"
    " or a name such as “navy” or “dark green”."
)
# Enough bisection steps to be exact to one step of a hexadecimal colour.
_HALVINGS = 16


def accent(written: str) -> Colour:
    """A colour in three or six hexadecimal digits, as ``rgb()`` or by name -> for light and for dark grounds.

    Raises :class:`ValueError` with a remedy for anything else.
    """
    given = _as_hex(written.strip().rstrip(".;"))
    return Colour(given, _readable(given, LIGHT_GROUNDS, 0.0), _readable(given, DARK_GROUNDS, 1.0))


def _as_hex(written: str) -> str:
    """The colour as ``#rrggbb``."""
    digits = _HEX.fullmatch(written)
    if digits:
        code = digits[1].lower()
        return f"#{code}" if len(code) == 6 else "#" + "".join(2 * digit for digit in code)
    parts = _RGB.fullmatch(written)
    if parts:
        amounts = [int(part) for part in parts.groups()]
        if max(amounts) > 255:
            raise ValueError(f"Each part of an RGB colour is from 0 to 255. {_REMEDY}")
        return "#" + "".join(f"{amount:02x}" for amount in amounts)
    return _named(written)


def _named(written: str) -> str:
    """The colour of a name: one of ours, or of CSS (Color Module Level 4, 6.1)."""
    from difflib import get_close_matches

    from coloraide import Color
    from coloraide.css.color_names import name2val_map

    name = re.sub(r"[^a-z]+", "", written.casefold())
    if name in _EVERYDAY:
        return _EVERYDAY[name]
    if name in name2val_map and name != "transparent":
        return Color(name).convert("srgb").to_string(hex=True)
    known = [*_EVERYDAY, *(name for name in name2val_map if name != "transparent")]
    near = get_close_matches(name, known, n=1, cutoff=0.75)
    raise ValueError(f"Did you mean “{near[0]}”? {_REMEDY}" if near else _REMEDY)


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
