"""Read an OpenDocument text (ODT): its headings, lists, tables, text boxes and tracked changes.

OpenDocument 1.3, Part 3: text 5 and 6, tables 9, text boxes 10.4.3. What tracked changes deleted is
stored apart from the text (5.5.1), so it is not read.

Decision: docs/decisions/0026-own-readers-for-word-and-odt.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from parentguide.errors import SourceError
from parentguide.newsletter.blocks import LINE_BREAK, Block, Paragraph, Span, Table, in_box, passages_of
from parentguide.newsletter.limits import PASTE
from parentguide.newsletter.odt_styles import OdtStyles, TextLook
from parentguide.newsletter.office_archive import OfficeArchive
from parentguide.newsletter.passages import Document, LeftOut, Role

_PARAGRAPHS = ("text:p", "text:h")
# What is not text of the page: deleted words, declarations, comments, titles for screen readers, the
# small letters above a ruby text.
_NO_TEXT = frozenset((
    "text:tracked-changes", "text:sequence-decls", "text:variable-decls", "text:user-field-decls",
    "office:forms", "office:annotation", "office:annotation-end", "svg-compatible:title",
    "svg-compatible:desc", "text:ruby-text", "table:covered-table-cell", "office:event-listeners",
))  # fmt: skip
_SHAPES = frozenset((
    "drawing:frame", "drawing:custom-shape", "drawing:rect", "drawing:ellipse", "drawing:circle", "drawing:g",
    "drawing:line", "drawing:polygon", "drawing:path", "drawing:caption", "drawing:a",
))  # fmt: skip
_INDEXES = frozenset(f"text:{name}" for name in (
    "table-of-content", "illustration-index", "table-index", "object-index", "user-index",
    "alphabetical-index", "bibliography",
))  # fmt: skip
_SHOWN = {"text:s": " ", "text:tab": " ", "text:line-break": LINE_BREAK}
_FURNITURE = {"style:header": "running head", "style:footer": "page foot"}


def read_odt(data: bytes) -> Document:
    """The passages of an OpenDocument text, and its running heads, page feet, notes and hidden text.

    Raises :class:`SourceError` if the file is broken, asks for a password, or is far larger or deeper
    than a newsletter.
    """
    archive = OfficeArchive(data, "LibreOffice (ODT) file", _short_name)
    manifest = archive.optional("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("manifest:encryption-data"), None) is not None:
        raise SourceError("this LibreOffice (ODT) file asks for a password", remedy=PASTE)
    content = archive.needed("content.xml")
    styles_part = archive.optional("styles.xml")
    styles = OdtStyles(content) if styles_part is None else OdtStyles(content, styles_part)
    body = next(content.iter("office:text"), None)
    if body is None:
        raise SourceError("this is not a LibreOffice (ODT) text", remedy=PASTE)
    reader = _Body(styles)
    passages = passages_of(reader.blocks(body))
    heads, feet = _furniture(styles, styles_part)
    return Document(passages, (*heads, *reader.left_out, *feet))


def _short_name(name: str) -> str:
    """``{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p`` -> ``text:p``."""
    namespace, _, local = name.rpartition("}")
    steps = namespace.split(":")
    return f"{steps[-2]}:{local}" if len(steps) > 2 else local


def _furniture(styles: OdtStyles, part: Element | None) -> tuple[list[LeftOut], list[LeftOut]]:
    """The words of the headers and of the footers of all page styles, each once."""
    found: dict[str, dict[str, None]] = {reason: {} for reason in _FURNITURE.values()}
    for page in part.iter("style:master-page") if part is not None else ():
        for area in page:
            for name, reason in _FURNITURE.items():
                if area.tag.startswith(name):
                    passages = passages_of(_Body(styles).blocks(area))
                    found[reason].update((passage.text, None) for passage in passages)
    heads, feet = ([LeftOut(text, reason) for text in texts] for reason, texts in found.items())
    return heads, feet


@dataclass(frozen=True, slots=True)
class _List:
    """The list that a block is in. ``shows_mark``: its items have a bullet or number."""

    style: str
    level: int
    shows_mark: bool


class _Body:
    """Reads the blocks of a text, and counts its paragraphs."""

    def __init__(self, styles: OdtStyles) -> None:
        self.left_out: list[LeftOut] = []
        self._styles = styles
        self._line = 0

    def blocks(self, parent: Element, inside: _List | None = None) -> Iterator[Block]:
        """``inside``: the list whose paragraphs these are."""
        for element in parent:
            name = element.tag
            if name in _NO_TEXT:
                continue
            if name in _PARAGRAPHS:
                yield from self._paragraph(element, Role.PARAGRAPH)
            elif name == "text:list":
                yield from self._list(element, inside)
            elif name == "text:numbered-paragraph":
                yield from self._item(element, None)
            elif name == "table:table":
                yield Table(tuple(self._rows(element)))
            elif name in _INDEXES:
                self._leave_out(_plain(element), "table of contents")
            elif name == "text:section" and self._is_hidden(element):
                self._leave_out(_plain(element), "hidden text")
            elif name in _SHAPES:
                yield from in_box(self.blocks(element))
            else:  # a section, a text box, and the like
                yield from self.blocks(element, inside)

    def _list(self, element: Element, outer: _List | None) -> Iterator[Block]:
        style = element.get("text:style-name") or (outer.style if outer else "")
        level = outer.level + 1 if outer else 1
        inside = _List(style, level, self._styles.shows_mark(style, level))
        for child in element:
            if child.tag == "text:list-item":
                yield from self._item(child, inside)
            else:  # text:list-header has no mark
                yield from self.blocks(child, inside)

    def _item(self, element: Element, inside: _List | None) -> Iterator[Block]:
        """The first paragraph of an item has its mark; more paragraphs stand below it."""
        begun = inside is not None and not inside.shows_mark
        for child in element:
            if child.tag in _PARAGRAPHS:
                yield from self._paragraph(child, Role.PARAGRAPH if begun else Role.ITEM)
                begun = True
            elif child.tag == "text:list":
                yield from self._list(child, inside)
            elif child.tag not in _NO_TEXT:
                yield from self.blocks(child, inside)

    def _rows(self, table: Element) -> Iterator[tuple[tuple[Block, ...], ...]]:
        """The rows, also those in groups. A row or cell that is repeated is there once."""
        for element in table:
            if element.tag == "table:table-row":
                yield tuple(tuple(self.blocks(cell)) for cell in element if cell.tag == "table:table-cell")
            elif element.tag in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
                yield from self._rows(element)

    def _paragraph(self, element: Element, role: Role) -> Iterator[Block]:
        self._line += 1
        line = self._line
        name = element.get("text:style-name", "")
        if element.tag == "text:h" or self._styles.is_heading(name):
            role = Role.HEADING
        spans: list[Span] = []
        shapes: list[tuple[Element, bool]] = []
        for piece in self._content(element, self._styles.paragraph(name)):
            if isinstance(piece, Span):
                spans.append(piece)
            else:
                begun = role is Role.HEADING or any(span.text.strip() for span in spans)
                shapes.append((piece, begun))
        for shape, begun in shapes:
            if not begun:
                yield from in_box(self.blocks(shape))
        yield Paragraph(tuple(spans), role, line, quotation=int(self._styles.is_quotation(name)))
        for shape, begun in shapes:
            if begun:
                yield from in_box(self.blocks(shape))

    def _content(self, element: Element, look: TextLook) -> Iterator[Span | Element]:
        """The text and the shapes of a paragraph."""
        yield from self._text(element.text, look)
        for child in element:
            name = child.tag
            if name in _SHAPES:
                yield child
            elif name == "text:note":
                self._leave_out(_plain(next(child.iter("text:note-body"), None)), "footnote")
            elif name in _SHOWN:
                yield from self._text(_SHOWN[name], look)
            elif name in ("text:hidden-text", "text:hidden-paragraph"):
                self._leave_out(child.get("text:string-value", ""), "hidden text")
            elif name not in _NO_TEXT:
                style = child.get("text:style-name", "") if name in ("text:span", "text:a") else ""
                yield from self._content(child, self._styles.span(look, style) if style else look)
            yield from self._text(child.tail, look)

    def _text(self, text: str | None, look: TextLook) -> Iterator[Span]:
        if not text:
            return
        if look.hidden:
            self._leave_out(text, "hidden text")
            return
        # White space in the file, also a line end, is one space (6.1.2).
        shown = text if text == LINE_BREAK else " ".join(("_" + text + "_").split())[1:-1]
        yield Span(shown, look.size, look.bold)

    def _is_hidden(self, section: Element) -> bool:
        name = section.get("text:style-name", "")
        return section.get("text:display") == "none" or self._styles.is_hidden_section(name)

    def _leave_out(self, text: str, reason: str) -> None:
        words = " ".join(text.split())
        if words:
            self.left_out.append(LeftOut(words, reason, self._line))


def _plain(element: Element | None) -> str:
    """All words in an element."""
    if element is None:
        return ""
    paragraphs = [child for child in element.iter() if child.tag in _PARAGRAPHS]
    return " ".join("".join(paragraph.itertext()) for paragraph in paragraphs)
