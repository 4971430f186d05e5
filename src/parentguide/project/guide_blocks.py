"""The blocks of ``guide.md``: syntax nodes of the Markdown -> blocks of a guide, with every mistake.

A guide has headings, paragraphs, flat lists, call-outs and the official quotation, and words for places
outside its text; any other block is a mistake.

Decision: docs/decisions/0043-words-that-depend-on-the-school.md.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

from markdown_it.tree import SyntaxTreeNode

from parentguide.errors import Problem
from parentguide.infra.toml import printable
from parentguide.model.guide import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Definition,
    Elsewhere,
    Heading,
    Paragraph,
    Phrase,
    Place,
    Quotation,
    Segment,
)
from parentguide.project.guide_attributes import AttributeReader, classes_of

_CALLOUTS: tuple[CalloutKind, ...] = get_args(CalloutKind)
PLACES: tuple[Place, ...] = get_args(Place)
_OFFICIAL, _ELSEWHERE = "official", "elsewhere"
_SAY, _POLICY, _LEAF = "say", "policy", "leaf"
CONTAINERS: tuple[str, ...] = (*_CALLOUTS, _OFFICIAL, _ELSEWHERE)


class GuideReader:
    """Turns syntax nodes into blocks, and collects the mistakes that it finds in ``problems``.

    After a mistake it continues with what it understands of the block, or leaves the block out.
    ``elsewhere`` has the words for places outside the text that were read so far.
    ``definition_expected`` is false where nobody knows yet whether there is a definition.
    """

    def __init__(
        self, definition: Definition | None, path: Path | None, *, definition_expected: bool = True
    ) -> None:
        self._definition = definition
        self._definition_expected = definition_expected
        self._attributes = AttributeReader(path)
        self.elsewhere: list[Elsewhere] = []

    @property
    def problems(self) -> list[Problem]:
        """The mistakes so far."""
        return self._attributes.problems

    def top_level(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """The block of a node that is in no other; none for the front matter and for words elsewhere."""
        if node.type == f"container_{_ELSEWHERE}":
            self._read_elsewhere(node)
        elif node.type != "front_matter":
            yield from self._blocks(node)

    def _blocks(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """The block of a node; none for a block with no meaning in a guide."""
        if node.type == "heading":
            yield self._heading(node)
        elif node.type == "paragraph":
            yield self._paragraph(node)
        elif node.type in ("bullet_list", "ordered_list"):
            yield self._list(node)
        elif node.type == f"container_{_OFFICIAL}":
            yield from self._quotation(node)
        elif node.type == f"container_{_ELSEWHERE}":
            self._attributes.note(
                node, f"“::: {_ELSEWHERE}” is in another block", "Move it to the end of the guide."
            )
        elif node.type.startswith("container_"):
            kind = next(kind for kind in _CALLOUTS if node.type == f"container_{kind}")
            with self._attributes.inside(self._attributes.conditions(node)):
                blocks = tuple(block for child in node.children for block in self._blocks(child))
            yield Callout(kind, blocks)
        else:
            self._attributes.note(
                node,
                f"a guide cannot have a block of the kind “{node.type}”",
                f"Use headings, paragraphs, lists with - or 1., and the containers {', '.join(CONTAINERS)}.",
            )

    def _heading(self, node: SyntaxTreeNode) -> Heading:
        level = int(node.tag[1])
        # A sheet begins with its title, and a frame cannot go on on another leaf.
        may_begin_leaf = level > 1 and node.parent is not None and node.parent.type == "root"
        segment = self._attributes.segment(node, node.children[0], (_LEAF,) if may_begin_leaf else ())
        return Heading(level, segment, begins_leaf=may_begin_leaf and _LEAF in classes_of(node))

    def _paragraph(self, node: SyntaxTreeNode) -> Block:
        segment = self._attributes.segment(node, node.children[0], (_SAY, _POLICY))
        if segment.text.startswith(":::"):
            self._attributes.note(
                node,
                f"“{printable(segment.text.split()[0])} …” is not a known container",
                f"Known containers: {', '.join(CONTAINERS)}.",
            )
        if _SAY in classes_of(node):
            return Phrase(segment.text, segment)
        return Paragraph(segment, is_policy=_POLICY in classes_of(node))

    def _list(self, node: SyntaxTreeNode) -> BulletList:
        if node.attrs.get("start", 1) != 1:
            self._attributes.note(
                node, "a numbered list does not begin with 1", "Write 1. before its first item."
            )
        with self._attributes.inside(self._attributes.conditions(node)):
            items = tuple(segment for item in node.children for segment in self._item(item))
        return BulletList(items, ordered=node.type == "ordered_list")

    def _item(self, node: SyntaxTreeNode) -> Iterator[Segment]:
        if len(node.children) == 1 and node.children[0].type == "paragraph":
            yield self._attributes.segment(node.children[0], node.children[0].children[0])
        else:
            self._attributes.note(
                node,
                "a list item must have exactly one paragraph",
                "Split the item, or remove the blank line.",
            )

    def _quotation(self, node: SyntaxTreeNode) -> Iterator[Quotation]:
        segment = self._attributes.empty_segment(node)
        with self._attributes.inside((segment.when, segment.unless)):
            caption = self._caption(node)
        definition = self._definition
        if definition is None:
            if self._definition_expected:
                self._attributes.note(
                    node,
                    "the official quotation has no text",
                    "Name its file in the front matter: “definition: definition.toml”.",
                )
            return
        parts = tuple(
            replace(segment, id=f"{segment.id}-{number}", text=paragraph)
            for number, paragraph in enumerate(definition.paragraphs, 1)
        )
        if caption is not None:
            yield Quotation(
                caption,
                definition.paragraphs,
                parts,
                definition.published,
                definition.documents,
                definition.publisher,
                definition.address,
            )

    def _caption(self, node: SyntaxTreeNode) -> Segment | None:
        """The paragraph that says whose words the official words are."""
        if len(node.children) == 1 and node.children[0].type == "paragraph":
            (paragraph,) = node.children
            return self._attributes.segment(paragraph, paragraph.children[0])
        self._attributes.note(
            node,
            f"“::: {_OFFICIAL}” has more than its caption"
            if node.children
            else "the official words have no caption",
            f"Write inside “::: {_OFFICIAL}” one paragraph with an id, which says whose words they are:"
            " {#official-words}, and on the next line “Official words, in English, {date}”.",
        )
        return None

    def _read_elsewhere(self, node: SyntaxTreeNode) -> None:
        with self._attributes.inside(self._attributes.conditions(node)):
            for child in node.children:
                if child.type == "paragraph":
                    self._read_place(child)
                else:
                    self._attributes.note(
                        child,
                        f"“::: {_ELSEWHERE}” has a block that is not a paragraph",
                        "Write one paragraph for each place, with an id and the class of the place.",
                    )

    def _read_place(self, node: SyntaxTreeNode) -> None:
        segment = self._attributes.segment(node, node.children[0], PLACES)
        places = [place for place in PLACES if place in classes_of(node)]
        known = ", ".join(f".{place}" for place in PLACES)
        if len(places) != 1:
            self._attributes.note(
                node,
                f"a paragraph in “::: {_ELSEWHERE}” names {len(places) or 'no'} places",
                f"Write one of {known} into its attributes.",
            )
        elif any(words.place == places[0] for words in self.elsewhere):
            self._attributes.note(node, f"there are two paragraphs for .{places[0]}", "Delete one of them.")
        else:
            self.elsewhere.append(Elsewhere(places[0], segment))
