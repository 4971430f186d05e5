"""Read a Word file (DOCX): its styles, lists, tables, text boxes and tracked changes.

ECMA-376, Part 1, 17.2 to 17.4. Tracked changes are read as if all were accepted.

Decision: docs/decisions/0026-own-readers-for-word-and-odt.md.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from parentguide.newsletter.blocks import Block, Paragraph, Span, Table, in_box, passages_of, words_of
from parentguide.newsletter.office_archive import OfficeArchive
from parentguide.newsletter.passages import Document, LeftOut, Role
from parentguide.newsletter.word_styles import ParagraphLook, Styles
from parentguide.newsletter.word_text import Box, HiddenText, RunReader, alternative, is_placeholder, plain

_MAIN = "word/document.xml"
# The kinds of other parts with words, and the reason why they are left out.
_FURNITURE = (
    ("header", "running head"),
    ("footer", "page foot"),
    ("notes", "footnote"),
    ("diagramData", "SmartArt drawing"),
)
_ABOVE_LINES = ("paragraph", "line", "character")
_SAME_ROW = 200_000  # EMU, about half a centimetre: boxes with nearly the same top are beside each other
_GUESS = "the file does not say in which order its text boxes are read"
_CONTENTS = "table of contents"


def read_docx(data: bytes) -> Document:
    """The passages of a Word file, and its running heads, page feet, notes and hidden text.

    Raises :class:`SourceError` if the file is broken, or far larger or deeper than a newsletter.
    """
    archive = OfficeArchive(data, "Word file", lambda name: name.rpartition("}")[2])
    main = next((target for kind, target in _related(archive, "") if kind == "officeDocument"), _MAIN)
    root = archive.needed(main)
    parts = _related(archive, main)
    named = {kind: target for kind, target in parts if kind in ("styles", "numbering")}
    styles = Styles(
        archive.optional(named.get("styles", "word/styles.xml")),
        archive.optional(named.get("numbering", "word/numbering.xml")),
    )
    body = _Body(styles)
    passages = passages_of(body.blocks(root))
    heads, *others = (_furniture(archive, styles, parts, *kind) for kind in _FURNITURE)
    return Document(passages, (*heads, *body.left_out, *(left for other in others for left in other)))


def _related(archive: OfficeArchive, part: str) -> list[tuple[str, str]]:
    """The kind and name of each part that ``part`` refers to (empty: the archive itself)."""
    folder, name = posixpath.split(part)
    root = archive.optional(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = []
    for link in root if root is not None else ():
        if link.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
            found.append((link.get("Type", "").rpartition("/")[2], target.lstrip("/")))
    return found


def _furniture(
    archive: OfficeArchive, styles: Styles, parts: list[tuple[str, str]], kind: str, reason: str
) -> tuple[LeftOut, ...]:
    """The words of the headers, the footers or the footnotes, each once."""
    texts: dict[str, None] = {}
    for found, part in parts:
        root = archive.optional(part) if found.endswith(kind) else None
        if root is not None:
            texts.update((passage.text, None) for passage in passages_of(_Body(styles).blocks(root)))
    return tuple(LeftOut(text, reason) for text in texts)


class _Body:
    """Reads the blocks of one part, and counts its paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self.left_out: list[LeftOut] = []
        self._styles = styles
        self._line = 0
        # Text whose paragraph ends by a tracked deletion, or that is a drop cap.
        self._carried: tuple[Span, ...] = ()

    def blocks(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            name = element.tag
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield Table(tuple(self._rows(element)))
            elif name in ("del", "moveFrom", "sdtPr"):
                continue
            elif name == "AlternateContent":
                yield from self.blocks(alternative(element))
            elif name == "sdt" and _is_left_out(element):
                reason = "empty form field" if is_placeholder(element) else _CONTENTS
                self._leave_out(plain(element), reason)
            else:  # a content control, inserted blocks, and the like
                yield from self.blocks(element)
        if self._carried:
            yield Paragraph(self._carried, line=self._line)
            self._carried = ()

    def _rows(self, table: Element) -> Iterator[tuple[tuple[Block, ...], ...]]:
        for row in _children(table, "tr"):
            properties = row.find("trPr")
            if properties is not None and properties.find("del") is not None:
                continue
            if properties is not None and properties.find("hidden") is not None:
                self._leave_out(plain(row), "hidden text")
                continue
            yield tuple(
                tuple(self.blocks(cell)) for cell in _children(row, "tc") if not _continues_merged_cell(cell)
            )

    def _paragraph(self, element: Element) -> Iterator[Block]:
        self._line += 1
        line = self._line
        carried, self._carried = self._carried, ()
        properties = element.find("pPr")
        look = self._styles.paragraph(properties)
        spans, before, after = self._content(element, look)
        yield from self._boxes(before)
        paragraph = Paragraph((*carried, *spans), _role(look), line, quotation=int(look.quoted))
        if _is_carried(properties):
            self._carried = paragraph.spans
        elif look.contents:
            self._leave_out(words_of([paragraph]), _CONTENTS)
        else:
            yield paragraph
        yield from self._boxes(after)

    def _content(self, element: Element, look: ParagraphLook) -> tuple[list[Span], list[Box], list[Box]]:
        """The text of a paragraph, the boxes that are read before it, and those after it.

        A box at the beginning of a paragraph stands above it or beside it, unless it is set lower; a
        heading is read before its boxes.
        """
        spans: list[Span] = []
        before: list[Box] = []
        after: list[Box] = []
        for piece in RunReader(self._styles, look).read(element):
            if isinstance(piece, Span):
                spans.append(piece)
            elif isinstance(piece, HiddenText):
                self._leave_out(piece.text, piece.reason)
            else:
                lower = piece.frame in _ABOVE_LINES and (piece.top or 0) > 0
                begun = look.heading or lower or any(span.text.strip() for span in spans)
                (after if begun else before).append(piece)
        return spans, before, after

    def _boxes(self, boxes: list[Box]) -> Iterator[Block]:
        for box in _in_order(boxes):
            first, *rest = in_box(self.blocks(box.content)) or [Table(())]
            if len(boxes) > 1 and isinstance(first, Paragraph):
                first = replace(first, doubt=_GUESS)
            yield from (first, *rest)

    def _leave_out(self, text: str, reason: str) -> None:
        words = " ".join(text.split())
        if words:
            self.left_out.append(LeftOut(words, reason, self._line))


def _role(look: ParagraphLook) -> Role:
    if look.heading:
        return Role.HEADING
    return Role.ITEM if look.listed else Role.PARAGRAPH


def _children(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also those in content controls; not of an inner table."""
    for element in parent:
        if element.tag == name:
            yield element
        elif element.tag not in ("tbl", "tc", "tr", "del", "moveFrom", "tblPr", "trPr"):
            yield from _children(element, name)


def _continues_merged_cell(cell: Element) -> bool:
    """Whether the cell is covered by the one above or before it (17.4.84, 17.4.22), or deleted."""
    for name in ("vMerge", "hMerge"):
        merged = cell.find(f"tcPr/{name}")
        if merged is not None and merged.get("val", "continue") == "continue":
            return True
    return cell.find("tcPr/cellDel") is not None


def _is_carried(properties: Element | None) -> bool:
    """Whether the paragraph is one with the next: its end is deleted or moved away, or it is a drop cap."""
    if properties is None:
        return False
    frame = properties.find("framePr")
    drop = "" if frame is None else frame.get("dropCap", "none")
    ends = (properties.find(f"rPr/{name}") for name in ("del", "moveFrom"))
    return drop in ("drop", "margin") or any(end is not None for end in ends)


def _is_left_out(control: Element) -> bool:
    gallery = control.find("sdtPr/docPartObj/docPartGallery")
    return is_placeholder(control) or (gallery is not None and gallery.get("val") == "Table of Contents")


def _in_order(boxes: list[Box]) -> list[Box]:
    """The boxes of one paragraph from top to bottom, then from left to right, if the file says where."""
    if any(box.top is None or box.left is None or box.frame != boxes[0].frame for box in boxes):
        return boxes
    return sorted(boxes, key=lambda box: ((box.top or 0) // _SAME_ROW, box.left or 0))
