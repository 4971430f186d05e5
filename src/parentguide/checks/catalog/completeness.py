"""PG501, PG502, PG511: every message is translated, not fuzzy, and keeps its placeholders and bold.

A language in progress gets warnings for what is missing or fuzzy: a build leaves it out anyway.
"""

from collections.abc import Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.model.language import Language
from parentguide.model.markup import broken_markup
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.translation import po


def check_completeness(project: Project) -> Iterator[Finding]:
    for language in project.languages.values():
        if not language.is_source:
            for domain in domains(project):
                yield from _messages(project, language, domain)


def _messages(project: Project, language: Language, domain: str) -> Iterator[Finding]:
    path = project.catalog_path(language, domain)
    template, catalog = project.source_messages(domain), project.catalog(language, domain)
    state = po.catalog_status(template, catalog)
    severity = Severity.WARNING if language.in_progress else Severity.ERROR
    for context in state.missing:
        line = catalog[context].line if context in catalog else 0
        yield Finding(
            "PG501",
            severity,
            path,
            line,
            f"“{context}” is not translated",
            f"Translate: {template[context].english}",
        )
    for context in state.fuzzy:
        yield Finding(
            "PG502",
            severity,
            path,
            catalog[context].line,
            f"“{context}” is fuzzy: the English changed, or nobody has accepted it",
            f"Compare it with the English, correct it and remove the fuzzy mark: {template[context].english}",
        )
    for context, text in state.ready.items():
        problem = broken_markup(template[context].english, text)
        if problem:
            yield Finding(
                "PG511",
                Severity.ERROR,
                path,
                catalog[context].line,
                f"“{context}”: {problem}",
                f"Keep each {{placeholder}} once, and ** around the same words, as in: {template[context].english}",
            )
