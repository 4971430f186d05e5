"""How many shapes a program draws for an SVG picture, which can be far more than the file has.

A clip is drawn again for every element that it clips, and its own shapes may be clipped: 40 clips of two
shapes each make 2⁴⁰ drawings (SVG 2, 5.6; CSS Masking 1, 5).
"""

import re
from xml.etree.ElementTree import Element

MOST_DRAWN = 20_000
_TARGET = re.compile(r"url\(\s*['\"]?#([^'\")\s]*)")


def drawings(root: Element) -> int:
    """How many elements are drawn, counted up to a little above :data:`MOST_DRAWN`.

    ``root`` is a picture that is rebuilt, so it refers to clips only by the attribute ``clip-path``. A clip
    that contains itself counts as more than :data:`MOST_DRAWN`.
    """
    return _Counted(root).cost(root)


class _Counted:
    def __init__(self, root: Element) -> None:
        # The first element with an id is the one that a reference means.
        self._by_id: dict[str, Element] = {}
        for element in root.iter():
            self._by_id.setdefault(element.get("id", ""), element)
        self._known: dict[str, int] = {}

    def cost(self, element: Element) -> int:
        count = 1 + self._of_clip(element)
        for child in element:
            if count > MOST_DRAWN:
                break
            count += self.cost(child)
        return count

    def _of_clip(self, element: Element) -> int:
        match = _TARGET.search(element.get("clip-path", ""))
        target = self._by_id.get(match[1]) if match and match[1] else None
        if match is None or target is None:
            return 0
        if match[1] not in self._known:
            # The cost while it is being counted: a clip that contains itself is too much.
            self._known[match[1]] = MOST_DRAWN + 1
            self._known[match[1]] = self.cost(target)
        return self._known[match[1]]
