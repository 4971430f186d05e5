"""PG503: a POT file is not what the guide or the templates say now."""

from collections.abc import Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.infra.files import read_bytes
from parentguide.project.pot import checked_domains, pot_bytes
from parentguide.project.project import Project


def check_pot_current(project: Project) -> Iterator[Finding]:
    for domain in checked_domains(project):
        path = project.pot_path(domain)
        if not path.exists() or read_bytes(path) != pot_bytes(project, domain):
            yield Finding(
                "PG503",
                # It is written when the guide is marked ready.
                Severity.WARNING if domain in project.unready_slugs else Severity.ERROR,
                path,
                0,
                f"{path.name} is not what the guide or the templates say now",
                "Run “parentguide extract”, then “parentguide update”.",
            )
