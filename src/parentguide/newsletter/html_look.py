"""The look of text in a web page, as far as the page itself says it: in ``style`` attributes and tags.

Pages saved by Word and LibreOffice say sizes and weights in this way. Style sheets are not read, but for
the size that Word gives to ordinary paragraphs.
"""

import re
from dataclasses import dataclass

from parentguide.newsletter.html_tree import Node

_SIZE = re.compile(r"(?<![\w-])font-size\s*:\s*(\d{1,4}(?:\.\d{1,4})?)\s*(pt|px|r?em|%)", re.IGNORECASE)
_SHORTHAND = re.compile(r"(?<![\w-])font\s*:[^;]{0,40}?(\d{1,3}(?:\.\d+)?)(pt|px)", re.IGNORECASE)
_WEIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*(\w+)", re.IGNORECASE)
_HIDDEN = re.compile(
    r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE
)
_WORD_NORMAL = re.compile(r"MsoNormal[^{}]{0,200}\{[^}]{0,500}?font-size\s*:\s*(\d{1,3}(?:\.\d+)?)pt")
_BOLD_TAGS = frozenset(("b", "strong", "th", "dt"))
_BOLD_FROM = 600
_MEDIUM = 12.0  # points; browsers' size of ordinary text
_POINTS_PER_PIXEL = 0.75
_FONT_SIZES = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}  # <font size>


@dataclass(frozen=True, slots=True)
class Look:
    """``size`` is in points, and None if the page does not say."""

    size: float | None = None
    bold: bool = False

    def of(self, node: Node) -> "Look":
        """The look inside ``node``, which is in text of this look."""
        style = node.get("style")
        if not style and node.tag not in _BOLD_TAGS and node.tag != "font":
            return self
        size = _FONT_SIZES.get(node.get("size"), self.size) if node.tag == "font" else self.size
        found = _SIZE.search(style) or _SHORTHAND.search(style)
        if found:
            size = _points(float(found[1]), found[2].lower(), self.size or _MEDIUM)
        bold = self.bold or node.tag in _BOLD_TAGS
        weight = _WEIGHT.search(style)
        if weight:
            name = weight[1].lower()
            bold = name in ("bold", "bolder") or (name.isdecimal() and int(name) >= _BOLD_FROM)
        return Look(size, bold)


def is_hidden(node: Node) -> bool:
    """Whether the page itself hides the element from everybody."""
    return "hidden" in node.attributes or bool(_HIDDEN.search(node.get("style")))


def ordinary_look(body: Node, styles: str) -> Look:
    """The look of text without a size of its own. If no text has a size, there is none to compare with."""
    found = _WORD_NORMAL.search(styles)
    if found:
        return Look(float(found[1]))
    sized = any(node.tag == "font" or "font-size" in node.get("style") for node in body.walk())
    return Look(_MEDIUM if sized else None)


def _points(number: float, unit: str, above: float) -> float:
    factors = {"pt": 1.0, "px": _POINTS_PER_PIXEL, "em": above, "rem": _MEDIUM, "%": above / 100}
    return round(number * factors[unit], 2)
