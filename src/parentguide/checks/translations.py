"""Runs :data:`PAIR_CHECKS` over every translation, and takes out what is accepted with a reason.

PG590: something is accepted that is not found (any more).
"""

from collections.abc import Iterator

from parentguide import catalogs
from parentguide.checks.accepted import Accepted, parse_accepted
from parentguide.checks.finding import Finding, Severity
from parentguide.checks.translation import PAIR_CHECKS
from parentguide.checks.translation.pair import Pair
from parentguide.extraction import domains
from parentguide.model import Language
from parentguide.project import Project, read_text


def check_translations(project: Project) -> Iterator[Finding]:
    for language in project.languages.values():
        if not language.is_source:
            yield from _language(project, language)


def _language(project: Project, language: Language) -> Iterator[Finding]:
    accepted = accepted_findings(project, language)
    unused = set(accepted)
    for context, finding in _findings(project, language):
        matching = {entry for entry in accepted if (entry.code, entry.context) == (finding.code, context)}
        unused -= matching
        if not matching:
            yield finding
    for entry in sorted(unused, key=lambda e: (e.code, e.context)):
        yield _unused(entry, project, language)


def accepted_findings(project: Project, language: Language) -> tuple[Accepted, ...]:
    """What ``accepted.toml`` of the language says; nothing if there is no such file."""
    path = project.locales / language.locale / "accepted.toml"
    return parse_accepted(read_text(path), path) if path.exists() else ()


def _findings(project: Project, language: Language) -> Iterator[tuple[str, Finding]]:
    for domain in domains(project):
        template, catalog = project.template(domain), project.catalog(language, domain)
        path = project.catalog_path(language, domain)
        for context, text in catalogs.state(template, catalog).ready.items():
            pair = Pair(language, context, template[context].english, text)
            for check in PAIR_CHECKS:
                for problem in check(pair):
                    yield (
                        context,
                        Finding(
                            problem.code,
                            problem.severity,
                            path,
                            catalog[context].line,
                            f"“{context}”: {problem.message}",
                            problem.hint,
                        ),
                    )


def _unused(entry: Accepted, project: Project, language: Language) -> Finding:
    return Finding(
        "PG590",
        Severity.ERROR,
        project.locales / language.locale / "accepted.toml",
        0,
        f"{entry.code} is accepted for “{entry.context}”, but is not found there",
        "Delete the entry.",
    )
