"""PG505: a PO file is not in the charset that its header names, or not in UTF-8."""

from collections.abc import Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.project.pot import checked_domains
from parentguide.project.project import Project


def check_charset(project: Project) -> Iterator[Finding]:
    for language in project.chosen_languages.values():
        for domain in checked_domains(project):
            notice = "" if language.is_source else project.catalog_notice(language, domain)
            if notice:
                yield Finding(
                    "PG505",
                    Severity.WARNING,
                    project.catalog_path(language, domain),
                    0,
                    notice,
                    "Look at its letters. If they are right, run “parentguide update”: it writes UTF-8.",
                )
