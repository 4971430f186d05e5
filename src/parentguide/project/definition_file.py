"""``definition.toml`` -> :class:`~parentguide.model.guide.Definition`."""

from datetime import date
from pathlib import Path

from parentguide.errors import SourceError
from parentguide.infra.toml import parse_toml, refuse_unknown, require
from parentguide.model.guide import Definition

_KEYS = {"edition", "source", "published", "verified_on", "paragraphs"}


def parse_definition(text: str, path: Path | None = None) -> Definition:
    """The official wording with its source and dates. Raises :class:`SourceError`."""
    table = parse_toml(text, path)
    refuse_unknown(table, _KEYS, path, "the definition")
    paragraphs = require(table, "paragraphs", list, path, "the definition")
    if not all(isinstance(paragraph, str) and paragraph.strip() for paragraph in paragraphs):
        raise SourceError(
            "“paragraphs” holds something other than text", path=path, remedy="Put each in quotation marks."
        )
    return Definition(
        edition=require(table, "edition", str, path, "the definition"),
        source=require(table, "source", str, path, "the definition"),
        published=require(table, "published", date, path, "the definition"),
        verified_on=require(table, "verified_on", date, path, "the definition"),
        paragraphs=tuple(paragraphs),
    )
