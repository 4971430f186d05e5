"""PG2xx: the official definition is the newsletter's, letter for letter."""

from collections.abc import Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.infra.files import read_bytes
from parentguide.model.guide import Definition
from parentguide.model.statement import StatementKind
from parentguide.project.newsletter_file import kept_statements
from parentguide.project.project import GuideSource, Project


def check_definition(project: Project) -> Iterator[Finding]:
    for slug in project.chosen_slugs:
        source = project.guide_source(slug)
        if source.definition is not None:
            yield from _compare(source, source.definition)


def _compare(source: GuideSource, definition: Definition) -> Iterator[Finding]:
    statements = kept_statements(read_bytes(source.newsletter_path), source.newsletter_path)
    left_out = source.guide.excluded
    quoted = [s.text for s in statements if s.kind is StatementKind.QUOTATION and s.number not in left_out]
    paragraphs = list(definition.paragraphs)
    if quoted != paragraphs:
        yield Finding(
            "PG201",
            Severity.ERROR,
            source.folder / source.front.definition,
            0,
            f"paragraph {_first_difference(paragraphs, quoted)} of the definition is not letter for letter"
            " the newsletter's",
            "Copy it from “parentguide read”. Do not edit official words.",
        )


def _first_difference(paragraphs: list[str], quoted: list[str]) -> int:
    """The number of the first paragraph, from 1, that is different, or that only one of the two has."""
    for number, (paragraph, quotation) in enumerate(zip(paragraphs, quoted, strict=False), 1):
        if paragraph != quotation:
            return number
    return min(len(paragraphs), len(quoted)) + 1
