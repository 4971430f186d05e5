"""The elements of an HTML file, for tests that need no browser."""

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

_VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass(eq=False)
class Element:
    """One element; ``text`` is all text within it."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None"
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def ancestors(self) -> "list[Element]":
        """The elements around this one, innermost first."""
        return [] if self.parent is None else [self.parent, *self.parent.ancestors()]

    @property
    def shape(self) -> tuple[object, ...]:
        """What rules for structure and colour see of the element: everything but its words."""
        classes = [name for name in self.classes if not name.startswith("script-")]
        names = sorted(self.attributes)
        return (self.tag, *names, *classes, self.attributes.get("role"), self.attributes.get("dir"))


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self._open[-1] if self._open else None
        element = Element(tag, {name: value or "" for name, value in attrs}, parent)
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)


def parse(text: str) -> list[Element]:
    """The elements of a page or fragment, in order."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.elements


@cache
def elements(path: Path) -> list[Element]:
    """The elements of a file; parsed once a process."""
    return parse(path.read_text("utf-8"))
