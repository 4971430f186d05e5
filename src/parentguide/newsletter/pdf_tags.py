"""The blocks of a tagged PDF, in the order of its structure tree (ISO 32000-1, 14.7 and 14.8.4)."""

import ctypes
import re
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from parentguide.newsletter.pdf_values import Element

_HEADING = re.compile(r"H[1-6]?|Title")
_BLOCKS = {
    "P", "Div", "Sect", "Art", "Part", "Document", "DocumentFragment", "BlockQuote", "Caption", "TOC", "TOCI",
    "Index", "L", "LBody", "Table", "THead", "TBody", "TFoot", "Figure", "Form", "Aside", "BibEntry",
}  # fmt: skip
_NOTES = {"Note", "FENote"}
_CELLS = {"TD", "TH"}
_MOST_ELEMENTS = 50_000
_MOST_LEVELS = 60


def read_elements(page: Any) -> tuple[Element, ...]:
    """The blocks with text of ``page``; empty if it is not tagged. Notes come last."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return ()
    try:
        walk = _Walk()
        for index in range(max(0, pdfium.FPDF_StructTree_CountChildren(tree))):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            if child:
                walk.element(child, _Place("P"), 0)
        return walk.elements()
    finally:
        pdfium.FPDF_StructTree_Close(tree)


@dataclass(slots=True)
class _Place:
    """Where the walk is: the kind that the next block gets, and the cell of the table around it."""

    kind: str
    table: int = -1
    row: int = -1
    column: int = -1

    @property
    def cell(self) -> tuple[int, int, int] | None:
        return (self.table, self.row, self.column) if self.column >= 0 else None


@dataclass(slots=True)
class _Open:
    """A block that is being collected; ``used`` list items give their kind to their first block."""

    kind: str
    cell: tuple[int, int, int] | None
    tags: list[int] = field(default_factory=list)


class _Walk:
    def __init__(self) -> None:
        self._blocks: list[_Open] = []
        self._notes: list[_Open] = []
        self._new_block = True
        self._item_opens = False
        self._in_note = False
        self._tables = self._rows = self._columns = 0
        self._count = 0

    def elements(self) -> tuple[Element, ...]:
        return tuple(
            Element(block.kind, tuple(block.tags), block.cell)
            for block in [*self._blocks, *self._notes]
            if block.tags
        )

    def element(self, element: Any, place: _Place, level: int) -> None:
        self._count += 1
        if level > _MOST_LEVELS or self._count > _MOST_ELEMENTS:
            return
        kind = _type(element)
        if kind in ("Lbl", "Artifact") and place.kind != "H":
            return  # the mark of a list item is not part of its words
        if kind in _NOTES and not self._in_note:
            self._note(element, level)
            return
        inner = self._inside(kind, place)
        self._children(element, inner, level)
        if inner is not place:
            self._new_block = True

    def _inside(self, kind: str, place: _Place) -> _Place:
        """The place inside an element of this kind; ``place`` itself if it is part of a line of text."""
        inner = place
        if _HEADING.fullmatch(kind):
            inner = _Place("H", place.table, place.row, place.column)
        elif kind == "Table" and place.column < 0:
            self._tables += 1
            self._rows = 0
            inner = _Place("P", self._tables)
        elif kind == "TR" and place.column < 0:
            self._rows += 1
            self._columns = 0
            inner = _Place("P", max(place.table, 0), self._rows)
        elif kind in _CELLS and place.column < 0:
            inner = _Place("P", max(place.table, 0), max(place.row, 0), self._columns)
            self._columns += 1
        elif kind in ("LI", "TOCI"):
            inner = _Place("P", place.table, place.row, place.column)
            self._item_opens = True
        elif kind in _BLOCKS or kind in _CELLS or kind == "TR":
            inner = _Place("P" if place.kind != "H" else "H", place.table, place.row, place.column)
        if inner is not place:
            self._new_block = True
        return inner

    def _note(self, element: Any, level: int) -> None:
        """A footnote stands in the middle of the paragraph that refers to it, which goes on after it."""
        blocks, was_new = self._blocks, self._new_block
        self._blocks, self._new_block, self._in_note = self._notes, True, True
        self._children(element, _Place("NOTE"), level)
        self._blocks, self._new_block, self._in_note = blocks, was_new, False

    def _children(self, element: Any, place: _Place, level: int) -> None:
        for index in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                self.element(child, place, level + 1)
                continue
            tag = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if tag >= 0:
                self._content(tag, place)

    def _content(self, tag: int, place: _Place) -> None:
        if self._new_block or not self._blocks:
            kind = "LI" if self._item_opens and place.kind == "P" else place.kind
            self._blocks.append(_Open(kind, place.cell))
            self._new_block = self._item_opens = False
        self._blocks[-1].tags.append(tag)


def _type(element: Any) -> str:
    name = (ctypes.c_ushort * 64)()
    size = pdfium.FPDF_StructElement_GetType(element, name, 128)
    return bytes(name)[: max(0, size - 2)].decode("utf-16-le", "replace") if size <= 128 else ""
