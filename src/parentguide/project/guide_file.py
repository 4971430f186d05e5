"""``guide.md`` -> :class:`~parentguide.model.guide.Guide`.

The format is CommonMark with front matter, block attributes (``{#id key="…"}`` on the line before a
block) and containers (``::: kind``), all read by markdown-it-py and its plugins. What the blocks mean is
in :mod:`parentguide.project.guide_blocks`.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from parentguide.errors import Problem, SourceError
from parentguide.infra.files import with_line_feeds
from parentguide.infra.toml import printable
from parentguide.infra.within_limits import within_limits
from parentguide.model.guide import Definition, Guide, Heading
from parentguide.model.language import SOURCE_LOCALE
from parentguide.model.walk import messages
from parentguide.project.front_matter import FrontMatter, parse_front_matter
from parentguide.project.guide_blocks import CONTAINERS, GuideReader

SHORT = 20_000  # characters; the longest guide of the project has 17,000


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").disable(["code", "fence", "html_block", "lheading", "hr", "reference"])
    parser.use(front_matter_plugin).use(attrs_block_plugin)
    for kind in CONTAINERS:
        parser.use(container_plugin, kind)
    return parser


def syntax_of(text: str) -> Sequence[SyntaxTreeNode]:
    """The syntax nodes of ``guide.md``: first the front matter, if there is any, then each block."""
    return SyntaxTreeNode(_parser().parse(_normalised(text))).children


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
    attribute, broken inline markup. A long text is read in another process.
    """
    return within_limits(_guide, _normalised(text), slug, definition, path, short=SHORT, path=path)


def _guide(text: str, slug: str, definition: Definition | None, path: Path | None) -> Guide:
    nodes = syntax_of(text)
    front: FrontMatter | None = None
    problems: list[Problem] = []
    try:
        front = parse_front_matter(text, path)
    except SourceError as error:
        if not nodes or nodes[0].type != "front_matter":
            # Where the front matter does not end, the blocks below it cannot be told from it.
            raise
        problems += error.problems
    reader = GuideReader(definition, path, definition_expected=front is not None)
    blocks = tuple(block for node in nodes for block in reader.top_level(node))
    if not blocks or not isinstance(blocks[0], Heading) or blocks[0].level != 1:
        remedy = "Begin with one “# Title”."
        problems.append(Problem("the guide does not begin with its title", remedy, path=path))
    elif blocks[0].segment.when or blocks[0].segment.unless:
        remedy = "Delete when=… and unless=…: each school shows the title."
        line = blocks[0].segment.line
        problems.append(Problem("the title depends on the school", remedy, path=path, line=line))
    title, exclude = (front.title, front.exclude) if front else ("", {})
    guide = Guide(slug, SOURCE_LOCALE, title, blocks, exclude, tuple(reader.elsewhere))
    problems += [*reader.problems, *_repeated_ids(guide, path)]
    if problems:
        raise SourceError.of(sorted(problems, key=lambda problem: problem.line))
    return guide


def _normalised(text: str) -> str:
    return with_line_feeds(text.removeprefix("\ufeff"))


def _repeated_ids(guide: Guide, path: Path | None) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for segment in messages(guide):
        if segment.id and segment.id in first:
            yield Problem(
                f"the id “{printable(segment.id)}” is already used in line {first[segment.id]}",
                "Give each block an id of its own.",
                path=path,
                line=segment.line,
            )
        first.setdefault(segment.id, segment.line)
