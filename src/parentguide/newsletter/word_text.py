"""The text of one paragraph of a Word file, and the text boxes anchored in it.

ECMA-376, Part 1: runs 17.3.2 and 17.3.3, fields 17.16, insertions and deletions 17.13.5; Part 3, 10.2
for mc:AlternateContent, which holds the same box once for new and once for old programs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree.ElementTree import Element

from parentguide.newsletter.blocks import LINE_BREAK, PAGE_BREAK, Span
from parentguide.newsletter.word_styles import PICTURE_FONTS, ParagraphLook, RunLook, Styles

# What is not, or no longer, text of the page: properties, deleted and moved words, instructions of
# fields, the small letters above a ruby text.
_NO_TEXT = frozenset(("pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "delText", "instrText", "rt"))
_SYMBOLS = 0xF000  # where Word puts the characters of a picture font (17.3.3.30)
_Place: TypeAlias = tuple[str, int | None, int | None]  # the frame, top and left of a box
_SHOWN = {"tab": " ", "ptab": " ", "cr": LINE_BREAK, "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Box:
    """A text box. ``top`` and ``left`` are in EMU (914,400 an inch), None if relative to something else.

    ``frame`` is what ``top`` counts from, such as “page”.
    """

    content: Element
    frame: str = ""
    top: int | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text that Word neither shows nor prints."""

    text: str
    reason: str


class RunReader:
    """Reads the content of one paragraph, in the order of the file."""

    def __init__(self, styles: Styles, look: ParagraphLook) -> None:
        self._styles, self._look = styles, look
        self._place: _Place = ("", None, None)
        # For each open field: whether its result has begun. An instruction does not extend over the
        # end of a paragraph, so a broken field cannot hide the rest of the newsletter.
        self._fields: list[bool] = []

    def read(self, paragraph: Element) -> Iterator[Span | Box | HiddenText]:
        return self._content(paragraph, self._look.run)

    def _content(self, parent: Element, look: RunLook) -> Iterator[Span | Box | HiddenText]:
        for element in parent:
            name = element.tag
            if name in _NO_TEXT:
                continue
            if name == "r":
                yield from self._content(element, self._styles.run(self._look, element.find("rPr")))
            elif name == "fldChar":
                self._field(element.get("fldCharType", ""))
            elif name == "AlternateContent":
                yield from self._content(alternative(element), look)
            elif name == "txbxContent":
                yield Box(element, *self._place)
            elif name == "sdt" and is_placeholder(element):
                yield HiddenText(plain(element), "empty form field")
            elif name == "anchor":
                self._place = _place(element)
                yield from self._content(element, look)
                self._place = ("", None, None)
            else:
                shown = _shown(element, look)
                if shown and all(self._fields):
                    span = Span(shown, look.size, look.bold)
                    yield HiddenText(shown, "hidden text") if look.hidden else span
                yield from self._content(element, look)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()


def alternative(element: Element) -> Element:
    """The branch of an mc:AlternateContent that is read: the first with words, so never two."""
    branches = [branch for branch in element if branch.tag in ("Choice", "Fallback")]
    return next((branch for branch in branches if _has_words(branch)), Element("Choice"))


def _has_words(element: Element) -> bool:
    return any(child.tag in ("t", "sym", "symEx", "textpath") for child in element.iter())


def is_placeholder(control: Element) -> bool:
    """Whether a content control (w:sdt) shows only “Click here to enter text” (17.5.2.39)."""
    return control.find("sdtPr/showingPlcHdr") is not None


def plain(element: Element) -> str:
    """All words in an element, on one line."""
    return " ".join("".join(child.text or "" for child in element.iter("t")).split())


def _shown(element: Element, look: RunLook) -> str:
    name = element.tag
    if name == "t":
        text = element.text or ""
        return "".join(map(_picture, text)) if look.pictures else text
    if name in ("sym", "symEx"):
        return _symbol(element)
    if name == "br":
        return PAGE_BREAK if element.get("type") in ("page", "column") else LINE_BREAK
    if name == "textpath":  # WordArt
        return f"{LINE_BREAK}{element.get('string', '')}{LINE_BREAK}"
    return _SHOWN.get(name, "")


def _picture(character: str) -> str:
    """A letter in a picture font, as Word itself writes it: “ü” in Wingdings is a tick, U+F0FC."""
    return chr(_SYMBOLS + ord(character)) if "!" <= character <= "ÿ" else character


def _symbol(element: Element) -> str:
    try:
        code = int(element.get("char", ""), 16)
        character = chr(code)
    except (ValueError, OverflowError):
        return ""
    has_pictures = element.get("font", "").lower().startswith(PICTURE_FONTS)
    return _picture(character) if element.tag == "sym" and has_pictures else character


def _place(anchor: Element) -> _Place:
    vertical = anchor.find("positionV")
    frame = "" if vertical is None else vertical.get("relativeFrom", "")
    return frame, _offset(vertical), _offset(anchor.find("positionH"))


def _offset(position: Element | None) -> int | None:
    offset = None if position is None else position.find("posOffset")
    text = "" if offset is None else (offset.text or "").strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 12 else None
