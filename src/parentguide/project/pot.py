"""The POT file of each domain: the sources' messages for translators and their tools."""

from importlib.metadata import version

from parentguide.errors import ParentguideError
from parentguide.infra.files import read_bytes
from parentguide.model.domain import INTERFACE
from parentguide.project.project import Project
from parentguide.translation import po


def domains(project: Project) -> tuple[str, ...]:
    """One domain for each guide, and one for the interface."""
    return (*project.slugs, INTERFACE)


def readable_domains(project: Project) -> tuple[str, ...]:
    """The domains without those of guides that cannot be read: a broken guide does not hide the others."""
    return tuple(domain for domain in domains(project) if _is_readable(project, domain))


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
