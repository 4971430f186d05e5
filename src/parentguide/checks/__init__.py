"""The checks of guides and translations; each code (PG101 and so on) keeps its meaning forever.

A new check is a file in ``guide/``, ``catalog/`` or ``translation/`` and an entry in :data:`CHECKS`, or in
the lists of ``translation/__init__.py``.
"""

from collections.abc import Iterator, Sequence

from parentguide.checks.catalog.charset import check_charset
from parentguide.checks.catalog.completeness import check_completeness
from parentguide.checks.catalog.pot_current import check_pot_current
from parentguide.checks.catalog.quality_current import check_quality_current
from parentguide.checks.catalog.runner import check_translations
from parentguide.checks.catalog.style_current import check_questions, check_style_current
from parentguide.checks.finding import Check, Finding, Severity
from parentguide.checks.guide.contact_age import check_contact_age
from parentguide.checks.guide.contact_fields import check_contact_fields
from parentguide.checks.guide.coverage import check_coverage
from parentguide.checks.guide.definition import check_definition
from parentguide.checks.guide.readability import check_readability
from parentguide.checks.guide.sources import check_sources
from parentguide.checks.translation import CATALOG_CHECKS, MESSAGE_CHECKS
from parentguide.project.project import Project

CHECKS: Sequence[Check] = (
    check_coverage,
    check_definition,
    check_sources,
    check_readability,
    check_contact_fields,
    check_contact_age,
    check_pot_current,
    check_quality_current,
    check_style_current,
    check_questions,
    check_charset,
    check_completeness,
    check_translations,
)
_OF_TRANSLATIONS: Sequence[Check] = (check_charset, check_completeness, check_translations)
# What is no guide's own.
_OF_PROJECT: Sequence[Check] = (
    check_contact_age,
    check_quality_current,
    check_style_current,
    check_questions,
)

__all__ = ["CHECKS", "Check", "Finding", "Severity", "check_count", "run_checks"]


def check_count() -> int:
    """How many checks :func:`run_checks` runs; :func:`check_translations` runs those of translations."""
    return len(CHECKS) - 1 + len(MESSAGE_CHECKS) + len(CATALOG_CHECKS)


def run_checks(project: Project) -> Iterator[Finding]:
    """Every finding of every check, in the order of :data:`CHECKS`.

    For a project of some guides or languages (:func:`parentguide.project.guide_choice.narrowed`), only
    what is about these; the English itself is checked only if no other language is named.
    """
    named = project.named_languages
    english = not named or any(project.languages[tag].is_source for tag in named)
    for check in CHECKS:
        if (english or check in _OF_TRANSLATIONS) and not (project.named_guides and check in _OF_PROJECT):
            yield from check(project)
