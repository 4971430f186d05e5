"""PG602: a placeholder in a guide is not the name of a contact."""

from collections.abc import Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.model import markup
from parentguide.model.walk import extract
from parentguide.project.project import Project


def check_contact_fields(project: Project) -> Iterator[Finding]:
    known = {contact.name for contact in project.contacts}
    for slug in project.chosen_slugs:
        source = project.guide_source(slug)
        for segment in extract(source.guide.blocks):
            for name in markup.fields(segment.text):
                if name not in known:
                    yield Finding(
                        "PG602",
                        Severity.ERROR,
                        source.path,
                        segment.line,
                        f"{{{name}}} in “{segment.id}” is not a contact",
                        f"Known contacts: {', '.join(sorted(known))}. Add others to contacts.toml.",
                    )
