"""Make an SVG picture safe: parse it without entities, and rebuild it from an allow-list.

Nothing of the file is copied. Only shapes, groups, gradients and clips are written again, each with
attributes whose values have the form that SVG 2 defines. A reference may lead to an element of the
picture, never out of it. Scripts, animation and event handlers are left out, and the result names
them. A picture with text, images or filters is refused, because without them the logo would look
different.

Decision: docs/decisions/0013-svg-rebuilt.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from markupsafe import escape

from parentguide.errors import SchoolFileError
from parentguide.schools.svg_cost import MOST_DRAWN, drawings

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_ELEMENTS = 3_000
_MAX_DEPTH = 40
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
# The size in pixels of the rebuilt picture: it is scaled to fit this box.
_BOX = (320, 160)

_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_DRAWN = _SHAPES | {"g", "defs", "clipPath", "linearGradient", "radialGradient", "stop"}
# Elements that are not drawn: descriptions, data of editors, style sheets.
_UNSEEN = {"title", "desc", "metadata", "style"}
_RUNS = {"script", "foreignObject", "set", "animate", "animateMotion", "animateTransform", "animateColor"}

_ID = r"[A-Za-z_][\w.-]*"
_URL = rf"url\(\s*(?:#{_ID}|'#{_ID}'|\"#{_ID}\")\s*\)"
_NUMBERS = re.compile(r"(?:[-+0-9.,eE%\s]|px|pt|pc|mm|cm|in|em|ex)*", re.ASCII)
_POINTS = re.compile(r"[-+0-9.,eE\s]*", re.ASCII)
_PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAa0-9eE+\-.,\s]*", re.ASCII)
_TRANSFORM = re.compile(r"(?:matrix|translate|scale|rotate|skewX|skewY|[-+0-9.,eE()\s])*", re.ASCII)
_COLOUR = r"[A-Za-z]{1,30}|#[0-9A-Fa-f]{3,8}|(?:rgb|hsl)a?\([0-9.,%/\s]*\)"
_PAINT = re.compile(rf"{_COLOUR}|{_URL}(?:\s+(?:{_COLOUR}))?", re.ASCII)
_PLACE = re.compile(rf"none|{_URL}", re.ASCII)
_WORD = re.compile(r"[A-Za-z-]{1,30}", re.ASCII)
_NAME = re.compile(_ID, re.ASCII)
_NONE = re.compile("none")

_ALLOWED: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "fx", "fy", "fr"), _NUMBERS),
    **dict.fromkeys(("x1", "y1", "x2", "y2", "offset", "stroke-width", "stroke-miterlimit"), _NUMBERS),
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity", "stop-opacity"), _NUMBERS),
    **dict.fromkeys(("fill", "stroke", "stop-color", "color"), _PAINT),
    **dict.fromkeys(("fill-rule", "clip-rule", "stroke-linecap", "stroke-linejoin"), _WORD),
    **dict.fromkeys(("gradientUnits", "spreadMethod", "clipPathUnits", "display", "visibility"), _WORD),
    **dict.fromkeys(("transform", "gradientTransform"), _TRANSFORM),
    "d": _PATH,
    "points": _POINTS,
    "clip-path": _PLACE,
    # A very short dash would make a line of millions of dashes.
    "stroke-dasharray": _NONE,
    "id": _NAME,
}
# The presentation attributes of the root, which apply to everything inside.
_OF_ROOT = {"opacity", "fill", "stroke", "color", "fill-rule", "clip-rule", "stroke-linecap"} | {
    "fill-opacity", "stroke-opacity", "stroke-linejoin", "stroke-width", "stroke-miterlimit",
}  # fmt: skip
_LENGTH = re.compile(r"\s*([-+]?[0-9.]+(?:[eE][-+]?\d+)?)\s*(?:px|pt|mm|cm|in)?\s*", re.ASCII)
_RULE = re.compile(r"\s*(\.[\w-]+(?:\s*,\s*\.[\w-]+)*)\s*\{([^{}]*)\}\s*", re.ASCII)
# Effects that change how the picture looks: the result names those that were left out.
_EFFECTS = {"filter", "mask", "mix-blend-mode", "marker", "marker-start", "marker-mid", "marker-end"}
_PLAIN = "Save it as “plain SVG” with text turned into outlines, or as PNG."


@dataclass(frozen=True, slots=True)
class SafeSvg:
    """The rebuilt picture; ``size`` is in units of its view box, ``left_out`` names what was removed."""

    data: bytes
    size: tuple[float, float]
    left_out: tuple[str, ...]


def safe_svg(data: bytes) -> SafeSvg:
    """The bytes of an SVG file -> the same picture without anything that could run or load files.

    Raises :class:`SchoolFileError` for a file that is not SVG, for XML entities, and for a picture that
    would look different without what is not allowed.
    """
    root = _root(data)
    if _local(root.tag) != "svg":
        raise _refused("it is not an SVG picture", "Save it as PNG.")
    return _Rebuilt(root).picture()


def _root(data: bytes) -> "Element":
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        return fromstring(data)
    except DefusedXmlException:
        raise _refused("its XML declares entities", _PLAIN) from None
    except (ParseError, ValueError, LookupError) as error:
        raise _refused(f"its XML is broken ({error})", "Save it again, or as PNG.") from None


def _refused(problem: str, remedy: str) -> SchoolFileError:
    return SchoolFileError(problem, loc=("logo",), remedy=remedy)


def _local(tag: object) -> str:
    """The name of an SVG element; empty for elements of other vocabularies, and for comments."""
    if not isinstance(tag, str):
        return ""
    space, _, name = tag.rpartition("}")
    return name if space in ("", f"{{{_SVG}") else ""


class _Rebuilt:
    """Writes the parsed tree of one picture as new text."""

    def __init__(self, root: "Element") -> None:
        self._root = root
        self._left_out: dict[str, None] = {}
        self._count = 0
        self._classes = self._style_sheet()

    def picture(self) -> SafeSvg:
        left, top, width, height = self._view_box()
        scale = min(_BOX[0] / width, _BOX[1] / height)
        size = "".join(
            f' {name}="{max(1, round(side * scale))}"'
            for name, side in (("width", width), ("height", height))
        )
        own = self._attributes(self._root, {name: _ALLOWED[name] for name in _OF_ROOT})
        inner = "".join(self._children(self._root, 1))
        whole = (
            f'<svg xmlns="{_SVG}" xmlns:xlink="{_XLINK}"'
            f' viewBox="{left:g} {top:g} {width:g} {height:g}"{size}{own}>{inner}</svg>'
        )
        data = whole.encode("utf-8")
        if drawings(_root(data)) > MOST_DRAWN:
            raise _refused("its clips are inside each other, so it takes far too long to draw", _PLAIN)
        return SafeSvg(data, (width, height), tuple(self._left_out))

    def _view_box(self) -> tuple[float, float, float, float]:
        numbers = re.split(r"[\s,]+", self._root.get("viewBox", "").strip())
        if numbers == [""]:
            lengths = [_LENGTH.fullmatch(self._root.get(side, "")) for side in ("width", "height")]
            numbers = ["0", "0", *(match[1] for match in lengths if match)]
        try:
            left, top, width, height = map(float, numbers)
        except ValueError:
            raise _refused("it does not say how large it is (viewBox)", _PLAIN) from None
        sizes = all(isfinite(number) and abs(number) < 1e6 for number in (left, top, width, height))
        if not sizes or min(width, height) < 1e-3:
            raise _refused("its viewBox has no size that can be drawn", _PLAIN)
        return left, top, width, height

    def _style_sheet(self) -> dict[str, dict[str, str]]:
        """The declarations of style sheets by class; Illustrator writes colours so."""
        classes: dict[str, dict[str, str]] = {}
        for element in self._root.iter():
            if _local(element.tag) != "style":
                continue
            text = _without_comments(element.text or "")
            position = 0
            while position < len(text.rstrip()):
                rule = _RULE.match(text, position)
                if rule is None:
                    raise _refused("its CSS uses rules that we cannot check: only classes can be", _PLAIN)
                for name in rule[1].split(","):
                    classes.setdefault(name.strip()[1:], {}).update(_declarations(rule[2]))
                position = rule.end()
        return classes

    def _children(self, parent: "Element", depth: int) -> Iterator[str]:
        if depth > _MAX_DEPTH:
            raise _refused("its groups are nested too deep", _PLAIN)
        for child in parent:
            name = _local(child.tag)
            if name in _RUNS:
                self._left_out[f"<{name}>"] = None
            elif name in _DRAWN:
                yield from self._element(child, name, depth)
            elif name and name not in _UNSEEN:
                shown = name if name.isascii() and name.isalnum() else "…"
                raise _refused(f"it holds <{shown[:30]}>, which a safe picture cannot have", _PLAIN)

    def _element(self, element: "Element", name: str, depth: int) -> Iterator[str]:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise _refused(f"it has more than {MAX_ELEMENTS} elements", "Simplify it, or save it as PNG.")
        own = self._attributes(element, _ALLOWED)
        if name.endswith("Gradient"):
            own += self._reference(element)
        yield f"<{name}{own}>"
        yield from self._children(element, depth + 1)
        yield f"</{name}>"

    def _attributes(self, element: "Element", allowed: Mapping[str, re.Pattern[str]]) -> str:
        """The allowed attributes as text, with the declarations of classes and of ``style``."""
        given = {str(name): value for name, value in element.attrib.items()}
        for word in given.get("class", "").split():
            given |= self._classes.get(word, {})
        given |= _declarations(given.get("style", ""))
        kept = []
        for name, value in given.items():
            if name[:2].lower() == "on":
                self._left_out["event handlers"] = None
            elif name in allowed:
                if allowed[name].fullmatch(value.strip()):
                    kept.append(f' {name}="{escape(value.strip())}"')
                else:
                    self._left_out[f"a value of {name}"] = None
            elif name in _EFFECTS and value.strip() not in ("none", "normal"):
                self._left_out[name] = None
        return "".join(kept)

    def _reference(self, element: "Element") -> str:
        """The reference of a gradient to the one that it inherits from (SVG 2, 14.2.2)."""
        target = element.get(f"{{{_XLINK}}}href", element.get("href", "")).strip()
        if not target:
            return ""
        if not re.fullmatch(f"#{_ID}", target, re.ASCII):
            self._left_out["a reference out of the picture"] = None
            return ""
        return f' xlink:href="{target}"'


def _declarations(style: str) -> dict[str, str]:
    """``fill:red;stroke:none`` -> values by property; unknown properties are left out."""
    pairs = (part.partition(":") for part in style.split(";"))
    known = _ALLOWED.keys() | _EFFECTS
    return {
        name.strip(): value.replace("!important", "").strip()
        for name, colon, value in pairs
        if colon and name.strip() in known
    }


def _without_comments(text: str) -> str:
    first, *others = text.split("/*")
    return first + "".join(part.partition("*/")[2] for part in others)
