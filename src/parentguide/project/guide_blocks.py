"""The blocks of ``guide.md``: syntax nodes of the Markdown -> blocks of a guide, with every mistake.

A guide has headings, paragraphs, flat lists, call-outs and the official quotation, and words for places
outside its text; any other block is a mistake.

Decision: docs/decisions/0043-words-that-depend-on-the-school.md.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias, get_args

from markdown_it.tree import SyntaxTreeNode

from parentguide.errors import Problem, SourceError
from parentguide.infra.toml import printable
from parentguide.model import markup
from parentguide.model.facts import FACTS
from parentguide.model.guide import (
    NOT_YET,
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
    Verified,
)

_ID = re.compile(r"[a-z][a-z0-9-]*")
_STATEMENT_NUMBER = re.compile(r"[0-9]{1,6}")
_ATTRIBUTES = {"id", "class", "covers", "note", "source", "verified_on", "when", "unless"}
_CALLOUTS: tuple[CalloutKind, ...] = get_args(CalloutKind)
_PLACES: tuple[Place, ...] = get_args(Place)
_OFFICIAL, _ELSEWHERE = "official", "elsewhere"
_SAY, _POLICY, _LEAF = "say", "policy", "leaf"
# The facts that a block needs, and those that a school must not have to show it.
_Conditions: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
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
        self._path = path
        # The names of facts in when=… and unless=… of the blocks around the present one.
        self._around: _Conditions = ((), ())
        self.problems: list[Problem] = []
        self.elsewhere: list[Elsewhere] = []

    def top_level(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """The block of a node that is in no other; none for the front matter and for words elsewhere."""
        if node.type == f"container_{_ELSEWHERE}":
            self._read_elsewhere(node)
        elif node.type != "front_matter":
            yield from self._blocks(node)

    def _note(self, node: SyntaxTreeNode, problem: str, remedy: str) -> None:
        self.problems.append(Problem(problem, remedy, path=self._path, line=_line(node)))

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
            self._note(node, f"“::: {_ELSEWHERE}” is in another block", "Move it to the end of the guide.")
        elif node.type.startswith("container_"):
            kind = next(kind for kind in _CALLOUTS if node.type == f"container_{kind}")
            with self._inside(self._conditions(node)):
                blocks = tuple(block for child in node.children for block in self._blocks(child))
            yield Callout(kind, blocks)
        else:
            self._note(
                node,
                f"a guide cannot have a block of the kind “{node.type}”",
                f"Use headings, paragraphs, lists with - or 1., and the containers {', '.join(CONTAINERS)}.",
            )

    def _heading(self, node: SyntaxTreeNode) -> Heading:
        level = int(node.tag[1])
        # A sheet begins with its title, and a frame cannot go on on another leaf.
        may_begin_leaf = level > 1 and node.parent is not None and node.parent.type == "root"
        segment = self._segment(node, node.children[0], (_LEAF,) if may_begin_leaf else ())
        return Heading(level, segment, begins_leaf=may_begin_leaf and _LEAF in _classes(node))

    def _paragraph(self, node: SyntaxTreeNode) -> Block:
        segment = self._segment(node, node.children[0], (_SAY, _POLICY))
        if segment.text.startswith(":::"):
            self._note(
                node,
                f"“{printable(segment.text.split()[0])} …” is not a known container",
                f"Known containers: {', '.join(CONTAINERS)}.",
            )
        if _SAY in _classes(node):
            return Phrase(segment.text, segment)
        return Paragraph(segment, is_policy=_POLICY in _classes(node))

    def _list(self, node: SyntaxTreeNode) -> BulletList:
        if node.attrs.get("start", 1) != 1:
            self._note(node, "a numbered list does not begin with 1", "Write 1. before its first item.")
        with self._inside(self._conditions(node)):
            items = tuple(segment for item in node.children for segment in self._item(item))
        return BulletList(items, ordered=node.type == "ordered_list")

    def _item(self, node: SyntaxTreeNode) -> Iterator[Segment]:
        if len(node.children) == 1 and node.children[0].type == "paragraph":
            yield self._segment(node.children[0], node.children[0].children[0])
        else:
            self._note(
                node,
                "a list item must have exactly one paragraph",
                "Split the item, or remove the blank line.",
            )

    def _quotation(self, node: SyntaxTreeNode) -> Iterator[Quotation]:
        segment = self._empty_segment(node)
        with self._inside((segment.when, segment.unless)):
            caption = self._caption(node)
        definition = self._definition
        if definition is None:
            if self._definition_expected:
                self._note(
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
            yield Quotation(caption, definition.paragraphs, parts, definition.published, definition.documents)

    def _caption(self, node: SyntaxTreeNode) -> Segment | None:
        """The paragraph that says whose words the official words are."""
        if len(node.children) == 1 and node.children[0].type == "paragraph":
            (paragraph,) = node.children
            return self._segment(paragraph, paragraph.children[0])
        self._note(
            node,
            f"“::: {_OFFICIAL}” has more than its caption"
            if node.children
            else "the official words have no caption",
            f"Write inside “::: {_OFFICIAL}” one paragraph with an id, which says whose words they are:"
            " {#official-words}, and on the next line “Official words, in English, {date}”.",
        )
        return None

    def _read_elsewhere(self, node: SyntaxTreeNode) -> None:
        with self._inside(self._conditions(node)):
            for child in node.children:
                if child.type == "paragraph":
                    self._read_place(child)
                else:
                    self._note(
                        child,
                        f"“::: {_ELSEWHERE}” has a block that is not a paragraph",
                        "Write one paragraph for each place, with an id and the class of the place.",
                    )

    def _read_place(self, node: SyntaxTreeNode) -> None:
        segment = self._segment(node, node.children[0], _PLACES)
        places = [place for place in _PLACES if place in _classes(node)]
        known = ", ".join(f".{place}" for place in _PLACES)
        if len(places) != 1:
            self._note(
                node,
                f"a paragraph in “::: {_ELSEWHERE}” names {len(places) or 'no'} places",
                f"Write one of {known} into its attributes.",
            )
        elif any(words.place == places[0] for words in self.elsewhere):
            self._note(node, f"there are two paragraphs for .{places[0]}", "Delete one of them.")
        else:
            self.elsewhere.append(Elsewhere(places[0], segment))

    def _segment(self, node: SyntaxTreeNode, words: SyntaxTreeNode, classes: tuple[str, ...] = ()) -> Segment:
        """The words of a block, which may have one of ``classes``."""
        segment = replace(self._empty_segment(node), text=re.sub(r"\s+", " ", words.content).strip())
        for name in _classes(node):
            if name not in classes:
                known = ", ".join(f".{known}" for known in classes)
                self._note(
                    node,
                    f"“.{printable(name)}” has no meaning here",
                    f"Known classes: {known}." if known else "Delete it.",
                )
        try:
            markup.parse(segment.text)
        except SourceError as error:
            self._note(node, error.problem, error.remedy)
        return segment

    def _empty_segment(self, node: SyntaxTreeNode) -> Segment:
        """What the attributes of a block say: a segment without its text."""
        values: dict[str, Any] = dict(node.attrs)
        for name in sorted(values.keys() - _ATTRIBUTES):
            self._note(
                node,
                f"unknown attribute “{printable(name)}”",
                f"Known attributes: {', '.join(sorted(_ATTRIBUTES))}.",
            )
        identity = str(values.get("id", ""))
        if not _ID.fullmatch(identity):
            self._note(
                node,
                f"“{printable(identity)}” is not an id" if identity else "the block has no stable id",
                "Write {#some-id} on the line before it: small letters, digits and hyphens.",
            )
        when, unless = self._conditions(node)
        return Segment(
            id=identity,
            text="",
            note=str(values.get("note", "")),
            covers=self._covers(node),
            source=str(values.get("source", "")),
            verified_on=self._verified_on(node),
            line=_line(node),
            when=when,
            unless=unless,
        )

    def _verified_on(self, node: SyntaxTreeNode) -> Verified:
        written = node.attrs.get("verified_on")
        if written is None or written == NOT_YET:
            return NOT_YET if written else None
        try:
            return date.fromisoformat(str(written))
        except ValueError:
            self._note(
                node,
                f"verified_on=“{printable(written)}” is not a day",
                "Write the day on which a person read the fact on the source's own page, such as 2026-11-28."
                f" If nobody has: {NOT_YET}.",
            )
            return None

    @contextmanager
    def _inside(self, conditions: _Conditions) -> Iterator[None]:
        """What is read meanwhile depends also on these facts."""
        before, self._around = self._around, conditions
        try:
            yield
        finally:
            self._around = before

    def _conditions(self, node: SyntaxTreeNode) -> _Conditions:
        """The facts that a block needs and those that it must not have, with those of the blocks around."""
        when, unless = (
            tuple(dict.fromkeys((*around, *self._facts(node, key))))
            for key, around in zip(("when", "unless"), self._around, strict=True)
        )
        if set(when) & set(unless):
            both = ", ".join(sorted(set(when) & set(unless)))
            self._note(node, f"no school shows the block: when and unless both name {both}", "Delete one.")
        return when, unless

    def _facts(self, node: SyntaxTreeNode, key: str) -> tuple[str, ...]:
        names = str(node.attrs.get(key, "")).split()
        unknown = [name for name in names if name not in FACTS]
        if unknown or (key in node.attrs and not names):
            self._note(
                node,
                f'{key}="{printable(" ".join(unknown))}" is not a fact of a school’s file',
                f"Known facts: {', '.join(sorted(FACTS))}.",
            )
        return tuple(name for name in names if name in FACTS)

    def _covers(self, node: SyntaxTreeNode) -> tuple[int, ...]:
        written = str(node.attrs.get("covers", "")).split()
        if all(_STATEMENT_NUMBER.fullmatch(number) for number in written):
            return tuple(int(number) for number in written)
        self._note(
            node,
            f'covers="{printable(" ".join(written))}" is not a list of statement numbers',
            "See the numbers with “parentguide read”, and write them with spaces between.",
        )
        return ()


def _classes(node: SyntaxTreeNode) -> list[str]:
    return str(node.attrs.get("class", "")).split()


def _line(node: SyntaxTreeNode) -> int:
    """The node's first line, from 1; 0 where it is not known."""
    return node.map[0] + 1 if node.map else 0
