"""Which levels of a Word file's lists show a mark (ECMA-376, Part 1, 17.9)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_NONE = ("", "0")  # w:numId 0 takes a paragraph out of the list of its style (17.9.18)


class Numbering:
    """``root`` is the numbering part, and None if the file has none."""

    def __init__(self, root: Element | None) -> None:
        self._hidden: set[tuple[str, str]] = set()
        if root is None:
            return
        abstract = {
            element.get("abstractNumId", ""): dict(_levels(element))
            for element in root.findall("abstractNum")
        }
        for number in root.findall("num"):
            identity = number.get("numId", "")
            link = number.find("abstractNumId")
            levels = dict(abstract.get("" if link is None else link.get("val", ""), {}))
            for override in number.findall("lvlOverride"):
                levels.update(_levels(override))
            self._hidden |= {(identity, level) for level, shown in levels.items() if not shown}

    def shows_mark(self, number: str, level: str) -> bool:
        """Whether a paragraph with this w:numId and w:ilvl (empty: 0) has a bullet or number."""
        return number not in _NONE and (number, level or "0") not in self._hidden


def _levels(parent: Element) -> Iterator[tuple[str, bool]]:
    """Each w:lvl, and whether it shows a mark. A picture bullet has no text."""
    for level in parent.findall("lvl"):
        text, kind = level.find("lvlText"), level.find("numFmt")
        blank = text is not None and not text.get("val", "").strip()
        # “none” with a text, such as “Note:”, shows this text.
        no_number = kind is not None and kind.get("val") == "none" and (text is None or blank)
        shown = level.find("lvlPicBulletId") is not None or not (blank or no_number)
        yield level.get("ilvl", "0"), shown
