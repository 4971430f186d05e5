"""PG3xx: a block that says more than the newsletter names its source."""

from collections.abc import Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.model.walk import messages
from parentguide.project.project import Project


def check_sources(project: Project) -> Iterator[Finding]:
    for slug in project.chosen_slugs:
        source = project.guide_source(slug)
        for segment in messages(source.guide):
            if not segment.covers and not segment.source:
                yield Finding(
                    "PG301",
                    Severity.ERROR,
                    source.path,
                    segment.line,
                    f"“{segment.id}” covers no statement and names no source",
                    'Write covers="…", or source="…" if it goes beyond the newsletter.',
                )
