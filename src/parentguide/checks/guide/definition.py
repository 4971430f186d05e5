"""PG2xx: the official definition is the newsletter's, letter for letter."""

from collections.abc import Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.infra.files import read_bytes
from parentguide.model.statement import StatementKind
from parentguide.newsletter.statements import decode, read_statements
from parentguide.project.project import GuideSource, Project


def check_definition(project: Project) -> Iterator[Finding]:
    for slug in project.slugs:
        source = project.guide_source(slug)
        if source.definition is not None:
            yield from _definition(source)


def _definition(source: GuideSource) -> Iterator[Finding]:
    assert source.definition is not None
    statements = read_statements(decode(read_bytes(source.newsletter_path), source.newsletter_path))
    quoted = [s.text for s in statements if s.kind is StatementKind.QUOTATION]
    ours = list(source.definition.paragraphs)
    if quoted != ours:
        wrong = next(
            (number for number, pair in enumerate(zip(ours, quoted, strict=False), 1) if pair[0] != pair[1]),
            min(len(ours), len(quoted)) + 1,
        )
        yield Finding(
            "PG201",
            Severity.ERROR,
            source.folder / source.front.definition,
            0,
            f"paragraph {wrong} of the definition is not letter for letter the newsletter's",
            "Copy it from “parentguide read”; official words are never smoothed.",
        )
