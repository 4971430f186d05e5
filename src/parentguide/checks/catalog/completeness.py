"""PG501, PG502, PG511: every message is translated, is not fuzzy, and keeps its placeholders and bold.

A language in progress, or a guide that is being written, gets one warning for all messages of a catalog
that are missing or fuzzy: builds leave them out. A translation that breaks a placeholder is an error in
any language.
"""

from collections.abc import Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.model.language import Language
from parentguide.model.markup import broken_markup
from parentguide.project.pot import checked_domains
from parentguide.project.project import Project
from parentguide.translation import po


def check_completeness(project: Project) -> Iterator[Finding]:
    for language in project.chosen_languages.values():
        if not language.is_source:
            for domain in checked_domains(project):
                if language.in_progress or domain in project.unready_slugs:
                    yield from _left_to_translate(project, language, domain)
                else:
                    yield from _missing_and_fuzzy(project, language, domain)
                yield from _broken(project, language, domain)


def _missing_and_fuzzy(project: Project, language: Language, domain: str) -> Iterator[Finding]:
    path = project.catalog_path(language, domain)
    template, catalog = project.source_messages(domain), project.catalog(language, domain)
    status = po.catalog_status(template, catalog)
    for context in status.missing:
        yield Finding(
            "PG501",
            Severity.ERROR,
            path,
            catalog[context].line if context in catalog else 0,
            f"“{context}” is not translated",
            f"Translate: {template[context].english}",
        )
    for context in status.fuzzy:
        yield Finding(
            "PG502",
            Severity.ERROR,
            path,
            catalog[context].line,
            f"“{context}” is fuzzy: the English changed, or nobody has accepted it",
            f"Compare it with the English, correct it and remove the fuzzy mark: {template[context].english}",
        )


def _left_to_translate(project: Project, language: Language, domain: str) -> Iterator[Finding]:
    """How much of a catalog is left for its translator."""
    name = f"{language.english_name} is in progress" if language.in_progress else f"{domain} is being written"
    hint = f"When it is ready (“parentguide guide ready {domain}”), translate it."
    if language.in_progress:
        hint = 'When all are translated, write status = "complete" in languages.toml.'
    status = po.catalog_status(project.source_messages(domain), project.catalog(language, domain))
    for code, contexts, what in (
        ("PG501", status.missing, "not translated yet"),
        ("PG502", status.fuzzy, "fuzzy"),
    ):
        if contexts:
            yield Finding(
                code,
                Severity.WARNING,
                project.catalog_path(language, domain),
                0,
                f"{name}; messages that are {what}: {len(contexts)}",
                hint,
            )


def _broken(project: Project, language: Language, domain: str) -> Iterator[Finding]:
    template, catalog = project.source_messages(domain), project.catalog(language, domain)
    for context, text in po.catalog_status(template, catalog).ready.items():
        english = template[context].english
        problem = broken_markup(english, text)
        if problem:
            yield Finding(
                "PG511",
                Severity.ERROR,
                project.catalog_path(language, domain),
                catalog[context].line,
                f"“{context}”: {problem}",
                f"Keep each {{placeholder}} once, and ** around the same words, as in: {english}",
            )
