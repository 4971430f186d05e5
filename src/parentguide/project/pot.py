"""The POT file of each domain: the sources' messages for translators and their tools."""

from importlib.metadata import version

from parentguide.errors import ParentguideError
from parentguide.infra.files import read_bytes
from parentguide.model.domain import INTERFACE
from parentguide.project.project import Project
from parentguide.translation import po


def domains(project: Project) -> tuple[str, ...]:
    """What there is to translate: one domain for each guide, and one for the interface.

    A guide that is being written and cannot be read is left out, so that it stops no other.
    """
    guides = (slug for slug in project.slugs if slug in project.chosen_slugs or _is_readable(project, slug))
    return (*guides, INTERFACE)


def ready_domains(project: Project) -> tuple[str, ...]:
    """What families see: the domains of the guides that are ready, and the interface."""
    return (*project.ready_slugs, INTERFACE)


def checked_domains(project: Project) -> tuple[str, ...]:
    """The domains that a check works on: those of the named guides, or those of :func:`ready_domains`."""
    return project.named_guides or ready_domains(project)


def compared_domains(project: Project) -> tuple[str, ...]:
    """What checks learn a language from: :func:`checked_domains`, and all else that is ready and readable."""
    ready = (slug for slug in project.ready_slugs if slug not in project.chosen_slugs)
    return (*project.chosen_slugs, *(slug for slug in ready if _is_readable(project, slug)), INTERFACE)


def readable_domains(project: Project) -> tuple[str, ...]:
    """The domains without those of guides that cannot be read: a broken guide does not hide the others.

    What families see comes first, and guides that are being written last.
    """
    return tuple(
        domain
        for domain in (*ready_domains(project), *project.unready_slugs)
        if _is_readable(project, domain)
    )


def _is_readable(project: Project, domain: str) -> bool:
    try:
        project.source_messages(domain)
    except ParentguideError:
        return False
    return True


def pot_bytes(project: Project, domain: str) -> bytes:
    """The POT file of ``domain`` as the guide or the templates now require it.

    Raises :class:`SourceError` with every mistake of the guide or the templates.
    """
    path = project.pot_path(domain)
    previous = read_bytes(path) if path.exists() else None
    return po.pot_file(project.source_messages(domain).values(), version("parentguide"), previous)
