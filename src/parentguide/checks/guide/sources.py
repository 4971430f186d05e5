"""PG301: a block that says more than the newsletter names its source.

PG603: a fact was last read on the source's own page over twelve months ago.
"""

from collections.abc import Iterator
from datetime import date

from parentguide.checks.finding import Finding, Severity
from parentguide.model.guide import NOT_YET
from parentguide.model.walk import messages
from parentguide.project.contacts_file import STALE_AFTER_DAYS
from parentguide.project.project import GuideSource, Project


def check_sources(project: Project) -> Iterator[Finding]:
    for slug in project.chosen_slugs:
        source = project.guide_source(slug)
        yield from _without_source(source)
        yield from _stale(source, date.today())


def not_verified(project: Project) -> dict[str, list[str]]:
    """The facts that nobody has read on their source's own page, by guide: the ids of their blocks."""
    found = {
        slug: [s.id for s in messages(project.guide_source(slug).guide) if s.verified_on == NOT_YET]
        for slug in project.chosen_slugs
    }
    return {slug: ids for slug, ids in found.items() if ids}


def _without_source(source: GuideSource) -> Iterator[Finding]:
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


def _stale(source: GuideSource, today: date) -> Iterator[Finding]:
    for segment in messages(source.guide):
        day = segment.verified_on
        if isinstance(day, date) and (today - day).days > STALE_AFTER_DAYS:
            yield Finding(
                "PG603",
                Severity.WARNING,
                source.path,
                segment.line,
                f"“{segment.id}” was last verified on {day}: {segment.source}",
                "Read it on the source's own page, then change verified_on to the date of today.",
            )
