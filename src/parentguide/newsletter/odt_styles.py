"""Which look a paragraph or a span of an OpenDocument text has, and which list levels show a mark.

OpenDocument 1.3, Part 3: styles 16, text properties 16.29.7, list styles 16.31.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_HEADING = re.compile(r"title|heading( \d+)?", re.IGNORECASE)
_QUOTED = re.compile(r"quotations|(intense )?quote", re.IGNORECASE)
_SIZE = "xsl-fo-compatible:font-size"
_WEIGHT = "xsl-fo-compatible:font-weight"
_DEFAULT_SIZE = 12.0  # points, where no style gives a size
_BOLD_FROM = 600  # the weights from “semi-bold” on
_MOST_ANCESTORS = 20
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75}


@dataclass(frozen=True, slots=True)
class TextLook:
    """``size`` is in points."""

    size: float
    bold: bool = False
    hidden: bool = False


class OdtStyles:
    """The styles of a text, from the roots of content.xml and styles.xml."""

    def __init__(self, *roots: Element) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._marks: dict[tuple[str, int], bool] = {}
        self._default: Element | None = None
        for root in roots:
            for style in root.iter("style:style"):
                key = (style.get("style:family", ""), style.get("style:name", ""))
                self._styles.setdefault(key, style)
            for style in root.iter("style:default-style"):
                if style.get("style:family") == "paragraph":
                    self._default = style
            for style in root.iter("text:list-style"):
                for level in style:
                    number = level.get("text:level", "")
                    if number.isdecimal():
                        self._marks.setdefault((style.get("style:name", ""), int(number)), _shows_mark(level))

    def paragraph(self, name: str) -> TextLook:
        """The look of the text of a paragraph with this style."""
        ancestry = list(self._ancestry("paragraph", name))
        if self._default is not None:
            ancestry.append(self._default)
        return _changed(TextLook(_DEFAULT_SIZE), ancestry)

    def span(self, look: TextLook, name: str) -> TextLook:
        """The look of a span with this style in text of ``look``."""
        return _changed(look, list(self._ancestry("text", name)))

    def is_heading(self, name: str) -> bool:
        """Whether the style of a text:p, or one that it is based on, is that of a heading or title."""
        return any(
            _HEADING.fullmatch(style_name) or style.get("style:default-outline-level", "").isdecimal()
            for style, style_name in self._named(name)
        )

    def is_quotation(self, name: str) -> bool:
        return any(_QUOTED.fullmatch(style_name) for _, style_name in self._named(name))

    def shows_mark(self, list_style: str, level: int) -> bool:
        """Whether an item at this level, from 1, has a bullet or number; a list without a style has."""
        return self._marks.get((list_style, level), True)

    def is_hidden_section(self, name: str) -> bool:
        style = self._styles.get(("section", name))
        return style is not None and any(
            properties.get("text:display") == "none" for properties in style.iter("style:section-properties")
        )

    def _named(self, name: str) -> Iterator[tuple[Element, str]]:
        """The paragraph style and its ancestors, each with the name that a reader sees.

        LibreOffice bases its Subtitle on “Heading”, which itself no paragraph has.
        """
        for number, style in enumerate(self._ancestry("paragraph", name)):
            shown = style.get("style:display-name") or style.get("style:name", "").replace("_20_", " ")
            if number == 0 or shown.lower() != "heading":
                yield style, shown
        if ("paragraph", name) not in self._styles:
            yield Element("style:style"), name.replace("_20_", " ")

    def _ancestry(self, family: str, name: str) -> Iterator[Element]:
        for _ in range(_MOST_ANCESTORS):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get("style:parent-style-name", "")


def _changed(look: TextLook, ancestry: list[Element]) -> TextLook:
    """``look`` with what the styles say, the nearest last. A percentage is of the size above."""
    size, bold, hidden = look.size, look.bold, look.hidden
    for style in reversed(ancestry):
        for properties in style.iter("style:text-properties"):
            size = _points(properties.get(_SIZE, ""), size)
            weight = properties.get(_WEIGHT)
            if weight:
                bold = weight == "bold" or (weight.isdecimal() and int(weight) >= _BOLD_FROM)
            shown = properties.get("text:display")
            if shown:
                hidden = shown == "none"
    return TextLook(size, bold, hidden)


def _points(text: str, above: float) -> float:
    found = re.fullmatch(r"(\d{1,4}(?:\.\d{1,6})?)(%|[a-z]{2})", text)
    if found is None:
        return above
    number, unit = float(found[1]), found[2]
    return round(above * number / 100 if unit == "%" else number * _POINTS.get(unit, 1.0), 2)


def _shows_mark(level: Element) -> bool:
    """Whether a level of a list style shows something: a bullet, a picture, or a number."""
    if level.tag == "text:list-level-style-number":
        around = level.get("style:num-prefix", "") + level.get("style:num-suffix", "")
        return bool(level.get("style:num-format") or around.strip())
    if level.tag == "text:list-level-style-bullet":
        return bool(level.get("text:bullet-char", "•").strip())
    return True
