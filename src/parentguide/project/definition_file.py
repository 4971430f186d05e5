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
    problems = []
    if empty or not definition.paragraphs:
        loc: Loc = ("paragraphs", *empty[:1])
        remedy = "Write the official words, a paragraph a line, in quotation marks."
        problems.append(Problem("is empty", remedy, loc, path))
    problems += (
        Problem("is empty", "Write the title of the document, or delete it.", ("documents", number), path)
        for number, title in enumerate(definition.documents)
        if not title.strip()
    )
    if problems:
        raise SourceError.of(problems)
    return definition
