"""PG5xx (templates): each POT file is what extraction gives now."""

from collections.abc import Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.extraction import domains, template
from parentguide.project import Project, read_bytes


def check_templates(project: Project) -> Iterator[Finding]:
    for domain in domains(project):
        path = project.template_path(domain)
        if not path.exists() or read_bytes(path) != template(project, domain):
            yield Finding(
                "PG503",
                Severity.ERROR,
                path,
                0,
                f"{path.name} is not what the guide or the templates say now",
                "Run “parentguide extract”, then “parentguide update”.",
            )
