"""``guide.md`` divided into rows: each block with the lines it is made of. Nothing of the text is lost."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markdown_it.tree import SyntaxTreeNode

from parentguide.errors import SourceError
from parentguide.infra.files import newline_of
from parentguide.infra.within_limits import within_limits
from parentguide.project.cards.attribute_lines import merged
from parentguide.project.cards.card import Card, Kind
from parentguide.project.guide_blocks import PLACES, GuideReader
from parentguide.project.guide_file import SHORT, syntax_of

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_OFFICIAL = "official"
_LEVELS = {"h1": Kind.TITLE, "h2": Kind.HEADING, "h3": Kind.SUBHEADING}


@dataclass(frozen=True, slots=True)
class Row:
    """A card and its lines, each with its line end.

    ``gap`` are the blank lines before it, ``lead`` the attributes of the list that it begins, ``before``
    the beginning of the official words around it, ``attributes`` its own, ``words`` its words, and ``after``
    the end of the official words. ``own_when`` and ``own_unless`` are what its own attributes say, and
    ``list_number`` is that of its list, from 1; 0 outside a list.
    """

    card: Card
    gap: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    own_when: tuple[str, ...] = ()
    own_unless: tuple[str, ...] = ()
    list_number: int = 0

    @property
    def slice(self) -> str:
        """The exact text of the block."""
        return "".join((*self.before, *self.attributes, *self.words, *self.after))


@dataclass(frozen=True, slots=True)
class Rows:
    """A whole text: ``head`` is the front matter, ``tail`` what follows the last block."""

    head: str
    rows: tuple[Row, ...]
    tail: str
    newline: str = "\n"

    @property
    def cards(self) -> tuple[Card, ...]:
        return tuple(row.card for row in self.rows)


# The same text is read when cards are shown, changed and written back.
@lru_cache(maxsize=32)
def rows_of(text: str) -> Rows:
    """The rows of a ``guide.md``. Raises :class:`SourceError` with all mistakes of its blocks.

    A long text is read in another process.
    """
    return within_limits(_rows_of, text, short=SHORT)


def _rows_of(text: str) -> Rows:
    nodes = syntax_of(text)
    _check(nodes)
    lines = tuple(_LINE.findall(text))
    head = nodes[0].map[1] if nodes and nodes[0].type == "front_matter" and nodes[0].map else 0
    walk = _Walk(lines, head)
    for node in nodes:
        if node.type != "front_matter":
            walk.block(node)
    rows = tuple(walk.rows)
    if not rows or rows[0].card.kind is not Kind.TITLE:
        raise SourceError("the guide does not begin with its title", remedy="Begin with one “# Title”.")
    repeated = [name for name, count in Counter(row.card.id for row in rows).items() if count > 1]
    if repeated:
        raise SourceError(f"the id “{repeated[0]}” is used twice", remedy="Give each block an id of its own.")
    return Rows("".join(lines[:head]), rows, "".join(lines[walk.at :]), newline_of(text))


def _check(nodes: Sequence[SyntaxTreeNode]) -> None:
    """Raises :class:`SourceError` for a block that is none of a guide, or has no id."""
    reader = GuideReader(None, None, definition_expected=False)
    for node in nodes:
        for _ in reader.top_level(node):
            pass
    if reader.problems:
        raise SourceError.of(reader.problems)


class _Walk:
    """Goes through the blocks from top to bottom; ``at`` is the first line that no row has yet."""

    def __init__(self, lines: tuple[str, ...], at: int) -> None:
        self.rows: list[Row] = []
        self.at = at
        self._lines = lines
        self._lists = 0
        self._frames = 0

    def block(self, node: SyntaxTreeNode) -> None:
        if node.type == "heading":
            self._leaf(node, _LEVELS.get(node.tag, Kind.SUBHEADING))
        elif node.type == "paragraph":
            classes = str(node.attrs.get("class", "")).split()
            places = [name for name in classes if name in PLACES]
            self._leaf(node, Kind.PLACE if places else Kind.PHRASE if "say" in classes else Kind.PARAGRAPH)
        elif node.type in ("bullet_list", "ordered_list"):
            self._list(node)
        elif node.type == f"container_{_OFFICIAL}":
            self._official(node)
        else:
            self._frame(node)

    def _leaf(self, node: SyntaxTreeNode, kind: Kind) -> None:
        gap = self._gap()
        start, end = _span(node.children[0])
        attributes, words = self._take(start), self._take(end)
        self._add(Row(_card(kind, node), gap=gap, attributes=attributes, words=words))

    def _list(self, node: SyntaxTreeNode) -> None:
        self._lists += 1
        kind = Kind.STEP if node.type == "ordered_list" else Kind.ITEM
        gap = self._gap()
        lead = self._take(_span(node)[0])
        of_list = merged(lead)
        for item in node.children:
            paragraph = item.children[0]
            gap = gap or self._gap()
            start, end = _span(paragraph.children[0])
            attributes, words = self._take(start), self._take(end)
            own = _card(kind, paragraph)
            card = replace(
                own,
                when=_union(of_list.get("when", "").split(), own.when),
                unless=_union(of_list.get("unless", "").split(), own.unless),
            )
            row = Row(card, gap=gap, lead=lead, attributes=attributes, words=words, list_number=self._lists)
            self._add(replace(row, own_when=own.when, own_unless=own.unless))
            gap, lead = (), ()

    def _official(self, node: SyntaxTreeNode) -> None:
        gap = self._gap()
        caption = node.children[0]
        before = self._take(_span(node)[0] + 1) + self._gap()
        start, end = _span(caption.children[0])
        attributes, words = self._take(start), self._take(end)
        after = self._take(self._closing(node))
        card = _card(Kind.OFFICIAL, caption)
        # The container says which sentences the official words are; its caption says who published them.
        covers = _numbers(merged(before).get("covers", ""))
        row = Row(replace(card, covers=covers), gap, (), before, attributes, words, after)
        self._add(row)

    def _frame(self, node: SyntaxTreeNode) -> None:
        self._frames += 1
        number = self._frames
        name = node.type.removeprefix("container_")
        gap = self._gap()
        attributes = self._take(_span(node)[0])
        own = merged(attributes)
        card = Card(
            Kind.FRAME,
            f"frame {number}",
            frame=name,
            when=tuple(own.get("when", "").split()),
            unless=tuple(own.get("unless", "").split()),
        )
        opening = self._take(_span(node)[0] + 1)
        self._add(Row(card, gap=gap, attributes=attributes, words=opening))
        for child in node.children:
            self.block(child)
        gap = self._gap()
        words = self._take(self._closing(node))
        self._add(Row(Card(Kind.FRAME_END, f"end {number}", frame=name), gap=gap, words=words))

    def _closing(self, node: SyntaxTreeNode) -> int:
        """The line after the one that closes a container; a container may be open to the end."""
        end = _span(node)[1]
        closed = end < len(self._lines) and self._lines[end].strip().startswith(":::")
        return max(self.at, end + closed)

    def _add(self, row: Row) -> None:
        self.rows.append(replace(row, card=replace(row.card, slice=row.slice)))

    def _gap(self) -> tuple[str, ...]:
        """The blank lines from here on."""
        end = self.at
        while end < len(self._lines) and not self._lines[end].strip():
            end += 1
        return self._take(end)

    def _take(self, end: int) -> tuple[str, ...]:
        taken, self.at = self._lines[self.at : end], end
        return taken


def _span(node: SyntaxTreeNode) -> tuple[int, int]:
    assert node.map is not None
    return node.map


def _card(kind: Kind, node: SyntaxTreeNode) -> Card:
    """The card of a heading or paragraph, which is read already."""
    values = {key: str(value) for key, value in node.attrs.items()}
    return Card(
        kind,
        values.get("id", ""),
        one_line(node.children[0].content),
        note=values.get("note", ""),
        covers=_numbers(values.get("covers", "")),
        source=values.get("source", ""),
        verified_on=values.get("verified_on", ""),
        when=tuple(values.get("when", "").split()),
        unless=tuple(values.get("unless", "").split()),
        classes=tuple(values.get("class", "").split()),
    )


def _numbers(written: str) -> tuple[int, ...]:
    return tuple(int(number) for number in written.split())


def _union(*names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for some in names for name in some))


def one_line(text: str) -> str:
    """Words as a guide has them: without line ends and double spaces."""
    return re.sub(r"\s+", " ", text).strip()
