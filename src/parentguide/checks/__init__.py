"""The quality checks: one a file, and this visible list."""

from collections.abc import Iterator, Sequence

from parentguide.checks.additions import check_additions
from parentguide.checks.contact_age import check_contact_age
from parentguide.checks.coverage import check_coverage
from parentguide.checks.definition import check_definition
from parentguide.checks.fields import check_fields
from parentguide.checks.finding import Check, Finding, Severity
from parentguide.checks.messages import check_messages
from parentguide.checks.readability import check_readability
from parentguide.checks.templates import check_templates
from parentguide.checks.translations import check_translations
from parentguide.project import Project

CHECKS: Sequence[Check] = (
    check_coverage,
    check_definition,
    check_additions,
    check_readability,
    check_fields,
    check_contact_age,
    check_templates,
    check_messages,
    check_translations,
)

__all__ = ["CHECKS", "Check", "Finding", "Severity", "run_checks"]


def run_checks(project: Project) -> Iterator[Finding]:
    """Every finding of every check, in the order of :data:`CHECKS`."""
    for check in CHECKS:
        yield from check(project)
