"""``definition.toml`` -> the official definition."""

from pathlib import Path

from parentguide.errors import Loc, Problem, SourceError
from parentguide.infra.structure import structure
from parentguide.infra.toml import parse_toml
from parentguide.model.guide import Definition


def parse_definition(text: str, path: Path | None = None) -> Definition:
    """The official wording with its source and dates. Raises :class:`SourceError` with every mistake."""
    definition = structure(parse_toml(text, path), Definition, path)
    empty = [number for number, paragraph in enumerate(definition.paragraphs) if not paragraph.strip()]
    if empty or not definition.paragraphs:
        loc: Loc = ("paragraphs", *empty[:1])
        raise SourceError.of(
            [
                Problem(
                    "is empty", "Write the official words, a paragraph a line, in quotation marks.", loc, path
                )
            ]
        )
    return definition
