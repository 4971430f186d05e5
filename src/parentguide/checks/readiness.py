"""Whether a guide may be marked ready: the errors of the guide's own checks."""

from parentguide.checks import run_checks
from parentguide.checks.finding import Finding, Severity
from parentguide.project.guide_choice import narrowed
from parentguide.project.project import Project

# Translators start when the English is ready, and each language gets the guide when it is translated; the
# files for translators are written when the guide is marked ready.
_LATER = frozenset({"PG501", "PG502", "PG503"})


def reasons_against(project: Project, slug: str) -> list[Finding]:
    """What has to be fixed before the guide is ready; empty if it is.

    Raises :class:`ProjectError` for an unknown guide, and :class:`SourceError` with every mistake of one
    that cannot be read.
    """
    found = run_checks(narrowed(project, [slug]))
    return [f for f in found if f.severity is Severity.ERROR and f.code not in _LATER]
