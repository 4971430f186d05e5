"""Babel's extractors for guides and Typst templates, registered in ``pyproject.toml``.

``parentguide extract`` and ``pybabel extract`` both call them. The signature is Babel's: a binary file,
keywords, comment tags and options in; (line, function name, message, comments) out.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from parentguide.infra.files import decoded, read_text, with_line_feeds
from parentguide.model.walk import messages
from parentguide.project.definition_file import parse_definition
from parentguide.project.guide_file import front_matter_of, parse_guide

Extracted = tuple[int, str, tuple[str, str], list[str]]

_TYPST_CALL = re.compile(r'\b(?:tr|both)\(\s*"((?:[^"\\]|\\.)*)"\s*,\s*"((?:[^"\\]|\\.)*)"')
_TYPST_NOTE = re.compile(r"^\s*//\s*NOTE:\s*(.*)$")


def extract_guide(
    fileobj: IO[bytes], keywords: Any, comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Extracted]:
    """The segments of a ``guide.md`` as (msgctxt, English), with their notes to translators.

    The official definition is read from the file that the front matter names.
    """
    path = Path(fileobj.name)
    slug = path.parent.name
    text = decoded(fileobj.read(), path)
    front = front_matter_of(text, slug, path)
    definition = None
    if front.definition:
        definition_path = path.parent / front.definition
        definition = parse_definition(read_text(definition_path), definition_path)
    guide = parse_guide(text, slug, definition, path)
    for segment in messages(guide):
        yield segment.line, "pgettext", (segment.id, segment.text), [segment.note] * bool(segment.note)


def extract_typst(
    fileobj: IO[bytes], keywords: Any, comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Extracted]:
    """The calls ``tr("msgctxt", "English")`` and ``both(…)`` of a Typst template, with ``// NOTE:`` lines."""
    text = with_line_feeds(fileobj.read().decode("utf-8-sig"))
    notes: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        note = _TYPST_NOTE.match(line)
        if note:
            notes.append(note[1].strip())
            continue
        for call in _TYPST_CALL.finditer(line):
            yield number, "pgettext", (_unescape(call[1]), _unescape(call[2])), notes
        if line.strip():
            notes = []


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
