"""The attributes of a block of ``guide.md``, such as ``{#an-id covers="3"}`` -> a segment, with all mistakes.

Decision: docs/decisions/0043-words-that-depend-on-the-school.md.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from markdown_it.tree import SyntaxTreeNode

from parentguide.errors import Problem, SourceError
from parentguide.infra.toml import printable
from parentguide.model import markup
from parentguide.model.facts import FACTS
from parentguide.model.guide import NOT_YET, Segment, Verified

_ID = re.compile(r"[a-z][a-z0-9-]*")
_STATEMENT_NUMBER = re.compile(r"[0-9]{1,6}")
_ATTRIBUTES = {"id", "class", "covers", "note", "source", "verified_on", "when", "unless"}
# The facts that a block needs, and those that a school must not have to show it.
Conditions: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]


class AttributeReader:
    """Reads what the attributes of blocks say, and collects the mistakes in ``problems``.

    After a mistake it continues with what it understands.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        # The names of facts in when=… and unless=… of the blocks around the present one.
        self._around: Conditions = ((), ())
        self.problems: list[Problem] = []

    def note(self, node: SyntaxTreeNode, problem: str, remedy: str) -> None:
        """Record a mistake in the node's line."""
        self.problems.append(Problem(problem, remedy, path=self._path, line=line_of(node)))

    def segment(self, node: SyntaxTreeNode, words: SyntaxTreeNode, classes: tuple[str, ...] = ()) -> Segment:
        """The words of a block, which may have one of ``classes``."""
        segment = replace(self.empty_segment(node), text=re.sub(r"\s+", " ", words.content).strip())
        for name in classes_of(node):
            if name not in classes:
                known = ", ".join(f".{known}" for known in classes)
                self.note(
                    node,
                    f"“.{printable(name)}” has no meaning here",
                    f"Known classes: {known}." if known else "Delete it.",
                )
        try:
            markup.parse(segment.text)
        except SourceError as error:
            self.note(node, error.problem, error.remedy)
        return segment

    def empty_segment(self, node: SyntaxTreeNode) -> Segment:
        """What the attributes of a block say: a segment without its text."""
        values: dict[str, Any] = dict(node.attrs)
        for name in sorted(values.keys() - _ATTRIBUTES):
            self.note(
                node,
                f"unknown attribute “{printable(name)}”",
                f"Known attributes: {', '.join(sorted(_ATTRIBUTES))}.",
            )
        identity = str(values.get("id", ""))
        if not _ID.fullmatch(identity):
            self.note(
                node,
                f"“{printable(identity)}” is not an id" if identity else "the block has no stable id",
                "Write {#some-id} on the line before it: small letters, digits and hyphens.",
            )
        when, unless = self.conditions(node)
        return Segment(
            id=identity,
            text="",
            note=str(values.get("note", "")),
            covers=self._covers(node),
            source=str(values.get("source", "")),
            verified_on=self._verified_on(node),
            line=line_of(node),
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
            self.note(
                node,
                f"verified_on=“{printable(written)}” is not a day",
                "Write the day on which a person read the fact on the source's own page, such as 2026-11-28."
                f" If nobody has: {NOT_YET}.",
            )
            return None

    @contextmanager
    def inside(self, conditions: Conditions) -> Iterator[None]:
        """What is read meanwhile depends also on these facts."""
        before, self._around = self._around, conditions
        try:
            yield
        finally:
            self._around = before

    def conditions(self, node: SyntaxTreeNode) -> Conditions:
        """The facts that a block needs and those that it must not have, with those of the blocks around."""
        when, unless = (
            tuple(dict.fromkeys((*around, *self._facts(node, key))))
            for key, around in zip(("when", "unless"), self._around, strict=True)
        )
        if set(when) & set(unless):
            both = ", ".join(sorted(set(when) & set(unless)))
            self.note(node, f"no school shows the block: when and unless both name {both}", "Delete one.")
        return when, unless

    def _facts(self, node: SyntaxTreeNode, key: str) -> tuple[str, ...]:
        names = str(node.attrs.get(key, "")).split()
        unknown = [name for name in names if name not in FACTS]
        if unknown or (key in node.attrs and not names):
            self.note(
                node,
                f'{key}="{printable(" ".join(unknown))}" is not a fact of a school’s file',
                f"Known facts: {', '.join(sorted(FACTS))}.",
            )
        return tuple(name for name in names if name in FACTS)

    def _covers(self, node: SyntaxTreeNode) -> tuple[int, ...]:
        written = str(node.attrs.get("covers", "")).split()
        if all(_STATEMENT_NUMBER.fullmatch(number) for number in written):
            return tuple(int(number) for number in written)
        self.note(
            node,
            f'covers="{printable(" ".join(written))}" is not a list of statement numbers',
            "See the numbers with “parentguide read”, and write them with spaces between.",
        )
        return ()


def classes_of(node: SyntaxTreeNode) -> list[str]:
    return str(node.attrs.get("class", "")).split()


def line_of(node: SyntaxTreeNode) -> int:
    """The node's first line, from 1; 0 where it is not known."""
    return node.map[0] + 1 if node.map else 0
