"""``guide.md`` -> :class:`~parentguide.model.guide.Guide`.

The format is CommonMark with front matter, block attributes (``{#id key="…"}`` on
the line before a block) and containers (``::: kind``), all read by markdown-it-py
and its plugins. Only headings, paragraphs, flat lists, call-outs and the official
quotation exist; anything else is an error that names its line.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from parentguide.errors import SourceError
from parentguide.model import markup
from parentguide.model.guide import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Definition,
    Guide,
    Heading,
    Paragraph,
    Phrase,
    Quotation,
    Segment,
)
from parentguide.model.walk import extract
from parentguide.project.front_matter import parse_front_matter

_ID = re.compile(r"[a-z][a-z0-9-]*")
_ATTRIBUTES = {"id", "class", "covers", "note", "source"}
_CALLOUTS: tuple[CalloutKind, ...] = get_args(CalloutKind)
_OFFICIAL = "official"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").disable(["code", "fence", "html_block", "lheading", "hr", "reference"])
    parser.use(front_matter_plugin).use(attrs_block_plugin)
    for kind in (*_CALLOUTS, _OFFICIAL):
        parser.use(container_plugin, kind)
    return parser


def parse_guide(
    text: str, slug: str, definition: Definition | None = None, path: Path | None = None
) -> Guide:
    """The text of ``guide.md`` -> the guide in English.

    ``definition`` fills the ``::: official`` block. Raises :class:`SourceError` with
    the line for a block of another kind, a missing or doubled id, an unknown
    attribute, or broken inline markup.
    """
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    front = parse_front_matter(text, path)
    tree = SyntaxTreeNode(_parser().parse(text))
    reader = _Reader(definition, path)
    blocks = tuple(block for node in tree.children for block in reader.blocks(node))
    if not blocks or not isinstance(blocks[0], Heading) or blocks[0].level != 1:
        raise SourceError(
            "the guide does not begin with its title", path=path, remedy="Begin with one “# Title”."
        )
    reader.refuse_doubled_ids(blocks)
    return Guide(slug, "en", front.title, blocks, front.exclude)


class _Reader:
    """Turns syntax nodes into blocks; knows the file for its messages, and the definition."""

    def __init__(self, definition: Definition | None, path: Path | None) -> None:
        self._definition = definition
        self._path = path

    def _error(self, node: SyntaxTreeNode, problem: str, remedy: str) -> SourceError:
        return SourceError(problem, path=self._path, line=_line(node), remedy=remedy)

    def blocks(self, node: SyntaxTreeNode) -> Iterator[Block]:
        if node.type == "front_matter":
            return
        if node.type == "heading":
            yield Heading(int(node.tag[1]), self._segment(node, node.children[0]))
        elif node.type == "paragraph":
            yield self._paragraph(node)
        elif node.type == "bullet_list":
            yield BulletList(tuple(self._item(item) for item in node.children))
        elif node.type == f"container_{_OFFICIAL}":
            yield self._quotation(node)
        elif node.type.startswith("container_"):
            kind = next(kind for kind in _CALLOUTS if node.type == f"container_{kind}")
            yield Callout(kind, tuple(b for child in node.children for b in self.blocks(child)))
        else:
            raise self._error(
                node,
                f"a guide has no block of the kind “{node.type}”",
                "Use headings, paragraphs, lists with -, and the containers "
                f"{', '.join((*_CALLOUTS, _OFFICIAL))}.",
            )

    def _paragraph(self, node: SyntaxTreeNode) -> Block:
        segment = self._segment(node, node.children[0])
        if segment.text.startswith(":::"):
            raise self._error(
                node,
                f"“{segment.text.split()[0]} …” is no known container",
                f"Known containers: {', '.join((*_CALLOUTS, _OFFICIAL))}.",
            )
        if node.attrs.get("class") == "say":
            return Phrase(segment.text, segment)
        return Paragraph(segment)

    def _item(self, node: SyntaxTreeNode) -> Segment:
        if len(node.children) != 1 or node.children[0].type != "paragraph":
            raise self._error(
                node, "a list item holds one paragraph", "Split it, or leave out the blank line."
            )
        return self._segment(node.children[0], node.children[0].children[0])

    def _quotation(self, node: SyntaxTreeNode) -> Quotation:
        if self._definition is None:
            raise self._error(
                node,
                "the official quotation has no text",
                "Name its file in the front matter: “definition: definition.toml”.",
            )
        base = self._attributes(node)
        parts = tuple(
            Segment(
                id=f"{base['id']}-{number}",
                text=paragraph,
                note=base["note"],
                covers=self._covers(node),
                source=base["source"],
                line=_line(node),
            )
            for number, paragraph in enumerate(self._definition.paragraphs, 1)
        )
        return Quotation(self._definition.paragraphs, parts, self._definition.published)

    def _segment(self, node: SyntaxTreeNode, words: SyntaxTreeNode) -> Segment:
        text = re.sub(r"\s+", " ", words.content).strip()
        try:
            markup.parse(text)
        except SourceError as error:
            raise self._error(node, error.problem, error.remedy) from None
        attributes = self._attributes(node)
        return Segment(
            id=attributes["id"],
            text=text,
            note=attributes["note"],
            covers=self._covers(node),
            source=attributes["source"],
            line=_line(node),
        )

    def _attributes(self, node: SyntaxTreeNode) -> dict[str, str]:
        values: dict[str, Any] = dict(node.attrs)
        unknown = values.keys() - _ATTRIBUTES
        if unknown:
            raise self._error(
                node,
                f"unknown attribute “{sorted(unknown)[0]}”",
                f"Known attributes: {', '.join(sorted(_ATTRIBUTES))}.",
            )
        identity = str(values.get("id", ""))
        if not _ID.fullmatch(identity):
            raise self._error(
                node,
                "the block has no stable id" if not identity else f"“{identity}” is no id",
                "Write {#some-id} on the line before it: small letters, digits and hyphens.",
            )
        return {
            "id": identity,
            "note": str(values.get("note", "")),
            "source": str(values.get("source", "")),
        }

    def _covers(self, node: SyntaxTreeNode) -> tuple[int, ...]:
        written = str(node.attrs.get("covers", "")).split()
        if not all(number.isdigit() for number in written):
            raise self._error(
                node,
                f'covers="{" ".join(written)}" is not a list of statement numbers',
                "See the numbers with “parentguide read”, and write them with spaces between.",
            )
        return tuple(int(number) for number in written)

    def refuse_doubled_ids(self, blocks: tuple[Block, ...]) -> None:
        seen: dict[str, int] = {}
        for segment in extract(blocks):
            if segment.id in seen:
                raise SourceError(
                    f"the id “{segment.id}” stands at line {seen[segment.id]} already",
                    path=self._path,
                    line=segment.line,
                    remedy="Give each block an id of its own.",
                )
            seen[segment.id] = segment.line


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 0
