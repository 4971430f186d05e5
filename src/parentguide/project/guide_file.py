"""``guide.md`` -> :class:`~parentguide.model.guide.Guide`.

The format is CommonMark with front matter, block attributes (``{#id key="…"}`` on the line before a
block) and containers (``::: kind``), all read by markdown-it-py and its plugins. A guide has headings,
paragraphs, flat lists, call-outs and the official quotation; any other block is a mistake.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from parentguide.errors import Problem, SourceError
from parentguide.infra.files import with_line_feeds
from parentguide.infra.toml import printable
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
from parentguide.model.language import SOURCE_LOCALE
from parentguide.model.walk import extract
from parentguide.project.front_matter import FrontMatter, parse_front_matter

_ID = re.compile(r"[a-z][a-z0-9-]*")
_STATEMENT_NUMBER = re.compile(r"[0-9]{1,6}")
_ATTRIBUTES = {"id", "class", "covers", "note", "source"}
_CALLOUTS: tuple[CalloutKind, ...] = get_args(CalloutKind)
_OFFICIAL = "official"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").disable(["code", "fence", "html_block", "lheading", "hr", "reference"])
    parser.use(front_matter_plugin).use(attrs_block_plugin)
    for kind in (*_CALLOUTS, _OFFICIAL):
        parser.use(container_plugin, kind)
    return parser


def front_matter_of(text: str, slug: str, path: Path | None = None) -> FrontMatter:
    """The front matter of ``guide.md``, which names the definition that :func:`parse_guide` needs.

    Raises :class:`SourceError` for mistakes in it, together with those of the guide's blocks.
    """
    text = _normalised(text)
    try:
        return parse_front_matter(text, path)
    except SourceError:
        # Raises the same problems, with those of the blocks.
        parse_guide(text, slug, None, path)
        raise


def parse_guide(
    text: str, slug: str, definition: Definition | None = None, path: Path | None = None
) -> Guide:
    """The text of ``guide.md`` -> the guide in English.

    ``definition`` fills the ``::: official`` block. Raises :class:`SourceError` with every mistake and
    its line: in the front matter, a block of another kind, a missing or repeated id, an unknown
    attribute, broken inline markup.
    """
    text = _normalised(text)
    nodes = SyntaxTreeNode(_parser().parse(text)).children
    front: FrontMatter | None = None
    problems: list[Problem] = []
    try:
        front = parse_front_matter(text, path)
    except SourceError as error:
        if not nodes or nodes[0].type != "front_matter":
            # Where the front matter does not end, the blocks below it cannot be told from it.
            raise
        problems += error.problems
    reader = _Reader(definition, path, definition_expected=front is not None)
    blocks = tuple(block for node in nodes for block in reader.blocks(node))
    if not blocks or not isinstance(blocks[0], Heading) or blocks[0].level != 1:
        remedy = "Begin with one “# Title”."
        problems.append(Problem("the guide does not begin with its title", remedy, path=path))
    problems += [*reader.problems, *_repeated_ids(blocks, path)]
    if problems or front is None:
        raise SourceError.of(sorted(problems, key=lambda problem: problem.line))
    return Guide(slug, SOURCE_LOCALE, front.title, blocks, front.exclude)


def _normalised(text: str) -> str:
    return with_line_feeds(text.removeprefix("\ufeff"))


def _repeated_ids(blocks: tuple[Block, ...], path: Path | None) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for segment in extract(blocks):
        if segment.id and segment.id in first:
            yield Problem(
                f"the id “{printable(segment.id)}” is already used in line {first[segment.id]}",
                "Give each block an id of its own.",
                path=path,
                line=segment.line,
            )
        first.setdefault(segment.id, segment.line)


class _Reader:
    """Turns syntax nodes into blocks, and collects the mistakes that it finds in ``problems``.

    After a mistake it continues with what it understands of the block, or leaves the block out.
    ``definition_expected`` is false where nobody knows yet whether there is a definition.
    """

    def __init__(
        self, definition: Definition | None, path: Path | None, *, definition_expected: bool = True
    ) -> None:
        self._definition = definition
        self._definition_expected = definition_expected
        self._path = path
        self.problems: list[Problem] = []

    def _note(self, node: SyntaxTreeNode, problem: str, remedy: str) -> None:
        self.problems.append(Problem(problem, remedy, path=self._path, line=_line(node)))

    def blocks(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """The block of a node; none for the front matter and for a block with no meaning in a guide."""
        if node.type == "front_matter":
            return
        if node.type == "heading":
            yield Heading(int(node.tag[1]), self._segment(node, node.children[0]))
        elif node.type == "paragraph":
            yield self._paragraph(node)
        elif node.type == "bullet_list":
            yield BulletList(tuple(segment for item in node.children for segment in self._item(item)))
        elif node.type == f"container_{_OFFICIAL}":
            yield from self._quotation(node)
        elif node.type.startswith("container_"):
            kind = next(kind for kind in _CALLOUTS if node.type == f"container_{kind}")
            yield Callout(kind, tuple(b for child in node.children for b in self.blocks(child)))
        else:
            self._note(
                node,
                f"a guide cannot have a block of the kind “{node.type}”",
                "Use headings, paragraphs, lists with -, and the containers "
                f"{', '.join((*_CALLOUTS, _OFFICIAL))}.",
            )

    def _paragraph(self, node: SyntaxTreeNode) -> Block:
        segment = self._segment(node, node.children[0])
        if segment.text.startswith(":::"):
            self._note(
                node,
                f"“{printable(segment.text.split()[0])} …” is not a known container",
                f"Known containers: {', '.join((*_CALLOUTS, _OFFICIAL))}.",
            )
        if node.attrs.get("class") == "say":
            return Phrase(segment.text, segment)
        return Paragraph(segment)

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
        yield Quotation(definition.paragraphs, parts, definition.published)

    def _segment(self, node: SyntaxTreeNode, words: SyntaxTreeNode) -> Segment:
        segment = replace(self._empty_segment(node), text=re.sub(r"\s+", " ", words.content).strip())
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
        return Segment(
            id=identity,
            text="",
            note=str(values.get("note", "")),
            covers=self._covers(node),
            source=str(values.get("source", "")),
            line=_line(node),
        )

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


def _line(node: SyntaxTreeNode) -> int:
    """The node's first line, from 1; 0 where it is not known."""
    return node.map[0] + 1 if node.map else 0
