"""What a person may write into a card: words, a note, a source."""

from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode

from parentguide.errors import SourceError
from parentguide.model import markup
from parentguide.project.cards.card import IN_LISTS, Card, Kind
from parentguide.project.cards.rows import one_line
from parentguide.project.guide_file import syntax_of

_BOLD = "**"
_HEADINGS = {Kind.TITLE: "# ", Kind.HEADING: "## ", Kind.SUBHEADING: "### "}


def checked_words(card: Card) -> Card:
    """The card with its words on one line. Raises :class:`SourceError` for words that no block can have."""
    words = one_line(card.words)
    if not words:
        raise SourceError("the block has no words", remedy="Write its words, or remove the block.")
    markup.parse(words)
    mark = "- " if card.kind in IN_LISTS else _HEADINGS.get(card.kind, "")
    nodes = syntax_of(f"{mark}{words}\n")
    kind = "heading" if card.kind in _HEADINGS else "bullet_list" if mark else "paragraph"
    if len(nodes) != 1 or nodes[0].type != kind or words.startswith(":::") or _read(nodes[0]) != words:
        raise SourceError(
            f"the words cannot begin or end with the signs that they have: “{words[:30]}”",
            remedy="Begin with a letter, a number or a quotation mark.",
        )
    return replace(card, words=words)


def _read(node: SyntaxTreeNode) -> str:
    """The words that a block has; those of blocks in it too, which are then no longer the same."""
    return one_line(" ".join(one.content for one in node.walk() if one.type == "inline"))


def checked_note(note: str) -> str:
    """A note on one line, with ‘curly’ quotation marks for "straight" ones, which end a note in the text."""
    return _value(note, "the note")


def checked_source(source: str) -> str:
    """A source on one line; as :func:`checked_note`."""
    return _value(source, "the source")


def _value(text: str, what: str) -> str:
    text = one_line(text)
    for sign in "{}\\":
        if sign in text:
            raise SourceError(f"{what} cannot have the sign {sign}", remedy="Write a field without braces.")
    return _with_curly_quotes(text)


def _with_curly_quotes(text: str) -> str:
    parts = text.split('"')
    marks = ("“", "”")
    return "".join(f"{marks[(n - 1) % 2]}{part}" if n else part for n, part in enumerate(parts))


def halves(words: str, at: int) -> tuple[str, str]:
    """``words`` in two before the character ``at``; bold that is cut is bold in both.

    >>> halves("Call **us now** please", 10)
    ('Call **us**', '**now** please')

    Raises :class:`SourceError` if one half has no words, or a field would be cut.
    """
    first, second = words[:at], words[at:]
    if any(match.start() < at < match.end() for match in markup.PLACEHOLDER.finditer(words)):
        raise SourceError("a field cannot be cut in two", remedy="Put the cursor before or behind it.")
    if first.endswith("*") and second.startswith("*"):
        # Between the two stars of one mark.
        first, second = first[:-1], f"*{second}"
    if first.count(_BOLD) % 2:
        inside = first.rstrip()
        first = inside[: -len(_BOLD)] if inside.endswith(_BOLD) else f"{inside}{_BOLD}"
        rest = second.lstrip()
        second = rest[len(_BOLD) :] if rest.startswith(_BOLD) else f"{_BOLD}{rest}"
    first, second = first.strip(), second.strip()
    if not markup.plain(first).strip() or not markup.plain(second).strip():
        raise SourceError(
            "both parts of a block need words", remedy="Put the cursor where the second part begins."
        )
    return first, second
