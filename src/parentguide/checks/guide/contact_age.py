"""PG601: a contact was last verified over twelve months ago."""

from collections.abc import Iterator
from datetime import date

from parentguide.checks.finding import Finding, Severity
from parentguide.model.contact import Contact
from parentguide.project.contacts_file import stale_contacts
from parentguide.project.project import Project


def check_contact_age(project: Project) -> Iterator[Finding]:
    for contact in stale_contacts(project.contacts, date.today()):
        yield age_finding(project, contact)


def age_finding(project: Project, contact: Contact) -> Finding:
    """What is said of a contact that was verified too long ago."""
    return Finding(
        "PG601",
        Severity.WARNING,
        project.locales / "contacts.toml",
        0,
        f"[{contact.name}] {contact.value.shown} was last verified on {contact.verified_on}",
        "Check it on the service's own page, then change verified_on to the date of today.",
    )
