"""Which look a paragraph or a run of a Word file has: its styles, then its direct formatting.

ECMA-376, Part 1: styles 17.7, toggle properties 17.7.3, lists 17.9. Tags and attributes have no
namespace here, so that “Strict Open XML” files are read too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from parentguide.newsletter.word_numbering import Numbering

# Word writes the names of its own styles in English, whatever its language; only the ids differ.
_HEADING = re.compile(r"heading( \d)?|title", re.IGNORECASE)
_LISTED = re.compile(r"list (bullet|number)( \d)?", re.IGNORECASE)
_QUOTED = re.compile(r"(intense )?quote|quotations", re.IGNORECASE)
_CONTENTS = re.compile(r"toc \d", re.IGNORECASE)
_BODY_LEVEL = 9  # w:outlineLvl of text that is not a heading (17.3.1.20)
_DEFAULT_SIZE = 10.0  # points, where no style gives a size (17.3.2.38)
_MOST_ANCESTORS = 20  # Word allows fewer
_OFF = ("0", "false", "off")
PICTURE_FONTS = ("wingdings", "webdings", "symbol", "zapf dingbats")


@dataclass(frozen=True, slots=True)
class RunLook:
    """``size`` is in points. ``pictures``: the font has pictures at the places of letters."""

    size: float
    bold: bool
    hidden: bool = False
    pictures: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What its style and direct formatting say of a paragraph. ``run`` is the look of its text."""

    run: RunLook
    heading: bool = False
    listed: bool = False
    quoted: bool = False
    contents: bool = False


class _Style:
    """One w:style."""

    def __init__(self, element: Element) -> None:
        self.id = element.get("styleId", "")
        self.kind = element.get("type", "paragraph")
        self.default = _is_on(element.get("default", "0"))
        self.name = value(element, "name") or self.id
        self.based_on = value(element, "basedOn")
        self.paragraph = element.find("pPr")
        self.run = element.find("rPr")


class Styles:
    """The styles of a file: ``styles`` and ``numbering`` are the roots of these parts, if it has them."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._numbering = Numbering(numbering)
        elements = [] if styles is None else styles.findall("style")
        self._styles = {style.id: style for style in map(_Style, elements)}
        self._defaults = None if styles is None else styles.find("docDefaults/rPrDefault/rPr")
        self._looks: dict[str, ParagraphLook] = {}

    @cached_property
    def _default_id(self) -> str:
        found = (style.id for style in self._styles.values() if style.default and style.kind == "paragraph")
        return next(found, "")

    def paragraph(self, properties: Element | None) -> ParagraphLook:
        """The look of a paragraph with these w:pPr."""
        style_id = value(properties, "pStyle") or self._default_id
        if style_id not in self._looks:
            self._looks[style_id] = self._of_style(style_id)
        look = self._looks[style_id]
        if properties is None:
            return look
        numbered = properties.find("numPr")
        level = value(properties, "outlineLvl")
        listed = look.listed
        if numbered is not None:
            number = value(numbered, "numId") or self._number_of(style_id)
            listed = self._numbering.shows_mark(number, value(numbered, "ilvl"))
        return ParagraphLook(
            look.run,
            heading=look.heading or (level.isdecimal() and int(level) < _BODY_LEVEL),
            listed=listed,
            quoted=look.quoted,
            contents=look.contents,
        )

    def run(self, paragraph: ParagraphLook, properties: Element | None) -> RunLook:
        """The look of a run with these w:rPr."""
        look = paragraph.run
        if properties is None:
            return look
        runs = [style.run for style in self._ancestry(value(properties, "rStyle"))]
        size = _first(value(run, "sz") for run in runs)
        bold, hidden = _nearest(runs, "b"), _nearest(runs, "vanish")
        own_bold, own_hidden = _toggle(properties, "b"), _toggle(properties, "vanish")
        fonts = properties.find("rFonts")
        font = "" if fonts is None else fonts.get("ascii", "") or fonts.get("hAnsi", "")
        return RunLook(
            _points(value(properties, "sz") or size, look.size),
            # Bold in the style of the paragraph and in the style of the run gives plain type.
            look.bold is not bold if own_bold is None else own_bold,
            look.hidden is not hidden if own_hidden is None else own_hidden,
            pictures=font.lower().startswith(PICTURE_FONTS),
        )

    def _of_style(self, style_id: str) -> ParagraphLook:
        styles = list(self._ancestry(style_id))
        runs = [style.run for style in styles] + [self._defaults]
        size = _first(value(run, "sz") for run in runs)
        level = _first(value(style.paragraph, "outlineLvl") for style in styles)
        names = [style.name for style in styles] or [style_id]
        number = self._number_of(style_id)
        listed = (
            self._numbering.shows_mark(number, self._level_of(style_id))
            if number
            else any(map(_LISTED.fullmatch, names))
        )
        return ParagraphLook(
            RunLook(_points(size, _DEFAULT_SIZE), _nearest(runs, "b"), _nearest(runs, "vanish")),
            heading=any(map(_HEADING.fullmatch, names)) or (level.isdecimal() and int(level) < _BODY_LEVEL),
            listed=listed,
            quoted=any(map(_QUOTED.fullmatch, names)),
            contents=any(map(_CONTENTS.fullmatch, names)),
        )

    def _number_of(self, style_id: str) -> str:
        """The w:numId of a style, or of the nearest style that it is based on; empty for none."""
        return _first(_in_numbering(style, "numId") for style in self._ancestry(style_id))

    def _level_of(self, style_id: str) -> str:
        return _first(_in_numbering(style, "ilvl") for style in self._ancestry(style_id))

    def _ancestry(self, style_id: str) -> Iterator[_Style]:
        """The style, and the styles that it is based on, nearest first."""
        for _ in range(_MOST_ANCESTORS):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.based_on


def value(parent: Element | None, name: str) -> str:
    """The w:val of a child; empty if there is none."""
    child = None if parent is None else parent.find(name)
    return "" if child is None else child.get("val", "")


def _in_numbering(style: _Style, name: str) -> str:
    return "" if style.paragraph is None else value(style.paragraph.find("numPr"), name)


def _first(values: Iterator[str]) -> str:
    return next(filter(None, values), "")


def _nearest(properties: Sequence[Element | None], name: str) -> bool:
    """The toggle of the nearest style that says something of it."""
    states = (_toggle(element, name) for element in properties)
    return next((state for state in states if state is not None), False)


def _toggle(properties: Element | None, name: str) -> bool | None:
    child = None if properties is None else properties.find(name)
    return None if child is None else _is_on(child.get("val", "1"))


def _is_on(text: str) -> bool:
    return text.lower() not in _OFF


def _points(half_points: str, otherwise: float) -> float:
    """A w:sz, which is in half points (a strict file may write “11pt”)."""
    found = re.fullmatch(r"(\d{1,4}(?:\.\d+)?)(pt)?", half_points)
    if found is None:
        return otherwise
    return float(found[1]) if found[2] else float(found[1]) / 2
