"""PG504: the table in ``locales/QUALITY.md`` is not the one that the data gives now."""

from collections.abc import Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.infra.files import read_text
from parentguide.project.project import Project
from parentguide.project.quality_table import quality_path, quality_table


def check_quality_current(project: Project) -> Iterator[Finding]:
    """Nothing is found in a project without the file: it does not have to have one."""
    path = quality_path(project)
    if path.exists() and read_text(path) != quality_table(project):
        yield Finding(
            "PG504",
            Severity.WARNING,
            path,
            0,
            f"{path.name} is out of date: a language or a revision.toml has changed",
            "Run “parentguide quality”.",
        )
