"""PG5xx (messages): every translation is there, not fuzzy, and keeps fields and bold."""

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
    for context in state.missing:
        line = catalog[context].line if context in catalog else 0
        yield Finding(
            "PG501",
            Severity.ERROR,
            path,
            line,
            f"“{context}” is not translated",
            f"Translate: {template[context].english}",
        )
    for context in state.fuzzy:
        yield Finding(
            "PG502",
            Severity.ERROR,
            path,
            catalog[context].line,
            f"“{context}” is fuzzy: the English changed, or nobody has accepted it",
            f"Check it against the English, mend it and take the fuzzy mark off: {template[context].english}",
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
                f"Keep each {{field}} once, and ** round the same words, as in: {template[context].english}",
            )
