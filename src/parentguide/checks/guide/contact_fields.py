"""PG602: a placeholder in a guide is not the name of a contact."""

from collections.abc import Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.model.facts import PHONES, unknown_fields
from parentguide.project.project import Project


def check_contact_fields(project: Project) -> Iterator[Finding]:
    known = {contact.name for contact in project.contacts}
    for slug in project.chosen_slugs:
        source = project.guide_source(slug)
        for segment, name in unknown_fields(source.guide, known):
            problem = f"{{{name}}} in “{segment.id}” is not a contact"
            hint = f"Known contacts: {', '.join(sorted(known))}. Add others to contacts.toml."
            if name in PHONES:
                problem = f"not every school has the number {{{name}}} in “{segment.id}”"
                hint = f'Write when="{name}" at the block.'
            yield Finding("PG602", Severity.ERROR, source.path, segment.line, problem, hint)
