"""Whether a guide may be marked ready: the errors of its own checks, the age of the numbers it shows, and the
box with the emergency number.

PG604: no box of contacts has the emergency number.
"""

from datetime import date

from parentguide.checks import run_checks
from parentguide.checks.finding import Finding, Severity
from parentguide.checks.guide.contact_age import age_finding
from parentguide.model.contact import Contact
from parentguide.model.markup import fields
from parentguide.model.walk import messages
from parentguide.project.contacts_file import stale_contacts
from parentguide.project.guide_choice import narrowed
from parentguide.project.project import GuideSource, Project
from parentguide.project.who_to_call import EMERGENCY, has_emergency_box

# Translators start when the English is ready, and each language gets the guide when it is translated; the
# files for translators are written when the guide is marked ready.
_LATER = frozenset({"PG501", "PG502", "PG503"})


def reasons_against(project: Project, slug: str) -> list[Finding]:
    """What has to be fixed before the guide is ready; empty if it is.

    A number that nobody has verified for a year is one, if the guide shows it. Raises
    :class:`ProjectError` for an unknown guide, and :class:`SourceError` with every mistake of one that cannot
    be read.
    """
    found = run_checks(narrowed(project, [slug]))
    errors = [f for f in found if f.severity is Severity.ERROR and f.code not in _LATER]
    aged = [age_finding(project, contact) for contact in old_contacts(project, slug)]
    return [*errors, *aged, *_without_emergency(project.guide_source(slug))]


def _without_emergency(source: GuideSource) -> list[Finding]:
    if has_emergency_box(source.guide.blocks):
        return []
    return [
        Finding(
            "PG604",
            Severity.ERROR,
            source.path,
            0,
            "the guide has no box “Who to call” with the emergency number",
            f"Add the box in Studio, or a list with {{{EMERGENCY}}} in a frame “::: contacts”.",
        )
    ]


def contacts_of(project: Project, source: GuideSource) -> tuple[Contact, ...]:
    """The contacts that a guide shows."""
    names = {name for segment in messages(source.guide) for name in fields(segment.text)}
    return tuple(contact for contact in project.contacts if contact.name in names)


def old_contacts(project: Project, slug: str) -> tuple[Contact, ...]:
    """The contacts of a guide that were last verified over a year ago."""
    return stale_contacts(contacts_of(project, project.guide_source(slug)), date.today())
