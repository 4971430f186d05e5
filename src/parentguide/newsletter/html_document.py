"""Read a saved web page (HTML): its headings, lists, tables and quotations, without the site around it.

Pages that browsers, Word (“Web page” and “Web page, filtered”) and LibreOffice save.

Decision: docs/decisions/0027-selectolax-for-saved-pages.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parentguide.newsletter.blocks import LINE_BREAK, Block, Paragraph, Span, Table, passages_of
from parentguide.newsletter.html_furniture import HEADINGS, Furniture
from parentguide.newsletter.html_look import Look, ordinary_look
from parentguide.newsletter.html_site import main_part
from parentguide.newsletter.html_tree import COMMENT, TEXT, Node, parse_page
from parentguide.newsletter.passages import Document, LeftOut, Role

# Elements that a browser shows as blocks of their own (HTML standard, 15.3).
_BLOCKS = HEADINGS | frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "li", "main",
    "nav", "ol", "p", "pre", "section", "summary", "ul", "caption",
))  # fmt: skip
_NO_WORDS = frozenset((
    "script", "style", "template", "noscript", "svg", "iframe", "object", "canvas", "video", "audio", "map",
    "head", "title", "datalist", "img", "rt", "rp", COMMENT,
))  # fmt: skip
_WORD_TITLE = re.compile(r"(?:^|\s)MsoTitle")
_WORD_ITEM = re.compile(r"(?:^|\s)MsoList(?:Paragraph|Bullet|Number)")
_WORD_QUOTE = re.compile(r"(?:^|\s)Mso(?:Intense)?Quote")
_WORD_QUOTATION = -1  # paragraphs in Word's style, one after the other, are one quotation
_WORD_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
# In a filtered page, Word sets the space after a list mark in this font, and in no other place.
_SPACE_AFTER_MARK = re.compile(r"font\s*:\s*7(?:\.0)?pt\s+[\"']?Times New Roman", re.IGNORECASE)
_MARK_BEGINS, _MARK_ENDS = "[if !supportlists]", "[endif]"


def read_html(data: bytes) -> Document:
    """The passages of a saved web page, and the parts of the site around them.

    Raises :class:`SourceError` if the page is far larger or deeper than a newsletter.
    """
    page = parse_page(data)
    furniture = Furniture(page.body, page.title)
    main, around = main_part(page.body)
    reader = _Page(furniture)
    place = _Place(ordinary_look(page.body, page.styles))
    blocks: list[Block] = []
    if not any(node.tag == "h1" and node.words for node in main.walk()):
        for outside in around:
            for title in outside.walk():
                if furniture.is_title(title):
                    blocks += reader.heading(title, place)
    for outside in around:
        reader.leave_out(outside, furniture.reason_outside(outside))
    blocks += reader.blocks(main, place)
    return Document(passages_of(blocks), tuple(reader.left_out))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the page text is: its look, and what the elements around it say of it."""

    look: Look
    role: Role = Role.PARAGRAPH
    quotation: int = 0
    word_item: bool = False  # in a paragraph that Word calls a list paragraph
    preformatted: bool = False


class _Page:
    """Reads the blocks of a page. ``_spans`` is the text of the paragraph that is being read."""

    def __init__(self, furniture: Furniture) -> None:
        self.left_out: list[LeftOut] = []
        self._furniture = furniture
        self._line = 0
        self._quotations = 0
        self._spans: list[Span] = []
        self._item = False  # the next paragraph has the mark of a list item
        self._in_mark = False  # between the comments in which Word writes a list mark

    def blocks(self, node: Node, place: _Place) -> Iterator[Block]:
        """The blocks inside ``node``, which is a block itself."""
        yield from self._close(place)
        yield from self._children(node, place)
        yield from self._close(place)

    def heading(self, node: Node, place: _Place) -> Iterator[Block]:
        """The title of the page, which stands outside its main part."""
        return self._block(node, place)

    def leave_out(self, node: Node, reason: str) -> None:
        text = node.text if node.tag == TEXT else node.all_text()
        words = " ".join(text.split())
        if words and node.tag not in _NO_WORDS:
            self.left_out.append(LeftOut(words, reason, self._line))

    def _children(self, parent: Node, place: _Place) -> Iterator[Block]:
        for node in parent.children:
            tag = node.tag
            if tag == TEXT:
                self._add_text(node.text, place)
            elif tag == COMMENT:
                self._comment(node.text)
            elif tag in _NO_WORDS:
                continue
            elif reason := self._furniture.reason(node):
                self.leave_out(node, reason)
            elif tag == "br":
                self._spans.append(Span(LINE_BREAK))
            elif tag == "table":
                yield from self._table(node, place)
            elif tag in _BLOCKS:
                yield from self._block(node, place)
            else:
                yield from self._inline(node, place)

    def _inline(self, node: Node, place: _Place) -> Iterator[Block]:
        """The blocks in an element of a line. It has none, unless the page's author was careless."""
        style = node.get("style")
        if _WORD_MARK.search(style):
            self._item = True
            return
        inside = replace(place, look=place.look.of(node))
        if node.tag == "q":
            self._add_text("“", inside)
        yield from self._children(node, inside)
        if node.tag == "q":
            self._add_text("”", inside)
        if place.word_item and _SPACE_AFTER_MARK.search(style):
            self._spans.clear()
            self._item = True

    def _block(self, node: Node, place: _Place) -> Iterator[Block]:
        yield from self._close(place)
        look, tag, name = place.look.of(node), node.tag, node.get("class")
        inside = replace(place, look=look, word_item=bool(_WORD_ITEM.search(name)))
        if tag in HEADINGS or tag == "summary" or node.get("role") == "heading" or _WORD_TITLE.search(name):
            inside = replace(inside, role=Role.HEADING)
            self._item = False
        elif _WORD_QUOTE.search(name):
            inside = replace(inside, quotation=_WORD_QUOTATION)
        elif tag == "blockquote":
            self._quotations += 1
            inside = replace(inside, quotation=self._quotations)
        elif tag == "pre":
            inside = replace(inside, preformatted=True)
        elif tag == "li":
            # A list of boxes, each with a heading, is not a list of items.
            self._item = not any(child.tag in HEADINGS for child in node.walk())
        yield from self.blocks(node, inside)
        if tag == "li" or inside.word_item:
            self._item = self._in_mark = False

    def _table(self, table: Node, place: _Place) -> Iterator[Block]:
        yield from self._close(place)
        self._item = False
        rows: list[tuple[tuple[Block, ...], ...]] = []
        for part in _parts_of_table(table):
            if part.tag == "caption":
                yield from self.blocks(part, place)
            elif not self._left_out(part):
                cells = [cell for cell in part.children if cell.tag in ("td", "th")]
                rows.append(tuple(
                    tuple(self.blocks(cell, replace(place, look=place.look.of(cell))))
                    for cell in cells
                    if not self._left_out(cell)
                ))  # fmt: skip
        yield Table(tuple(rows))

    def _left_out(self, node: Node) -> bool:
        reason = self._furniture.reason(node)
        if reason:
            self.leave_out(node, reason)
        return bool(reason)

    def _comment(self, text: str) -> None:
        condition = text.strip().lower()
        if condition == _MARK_BEGINS:
            self._in_mark = self._item = True
        elif condition == _MARK_ENDS:
            self._in_mark = False

    def _add_text(self, text: str, place: _Place) -> None:
        if self._in_mark:
            return
        if not place.preformatted:
            text = re.sub(r"\s+", " ", text)
        self._spans.append(Span(text, place.look.size, place.look.bold))

    def _close(self, place: _Place) -> Iterator[Block]:
        """End the paragraph that is being read."""
        spans, self._spans = tuple(self._spans), []
        if not any(span.text.strip() for span in spans):
            return
        self._line += 1
        role = Role.ITEM if self._item and place.role is Role.PARAGRAPH else place.role
        self._item = False
        yield Paragraph(spans, role, self._line, quotation=place.quotation)


def _parts_of_table(table: Node) -> Iterator[Node]:
    """The caption and the rows."""
    for child in table.children:
        if child.tag in ("tr", "caption"):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child.children if row.tag == "tr")
