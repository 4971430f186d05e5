"""Runs the checks of translations over every language, without the findings that it accepts.

PG590: a finding is accepted that does not exist (any more).
"""

from collections.abc import Collection, Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.checks.translation import CATALOG_CHECKS, MESSAGE_CHECKS
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.checks.translation.trigrams import profile, triples_of
from parentguide.model.domain import INTERFACE
from parentguide.model.language import Language
from parentguide.project.accepted_file import Accepted
from parentguide.project.language_files import accepted_findings, accepted_path, read_glossary
from parentguide.project.pot import checked_domains, compared_domains
from parentguide.project.project import Project
from parentguide.translation import po


def check_translations(project: Project) -> Iterator[Finding]:
    for catalog in language_catalogs(project):
        yield from _language(project, catalog)


def language_catalogs(project: Project) -> Iterator[LanguageCatalog]:
    """The translations that may be shown, for each chosen language but English, in the project's order."""
    messages = {tag: _messages(project, language) for tag, language in project.languages.items()}
    triples = {tag: tuple(triples_of(message.text) for message in own) for tag, own in messages.items()}
    profiles = {tag: profile(tag, project.languages[tag].script, own) for tag, own in triples.items()}
    for tag, language in project.chosen_languages.items():
        if not language.is_source:
            yield LanguageCatalog(
                language,
                messages[tag],
                triples[tag],
                read_glossary(project, language),
                profiles[tag],
                tuple(profiles.values()),
            )


def _messages(project: Project, language: Language) -> tuple[TranslatedMessage, ...]:
    """The messages of all domains that are compared; of the source language with the English as the
    translation."""
    domains = compared_domains(project)
    return tuple(message for domain in domains for message in _domain(project, language, domain))


def _domain(project: Project, language: Language, domain: str) -> Iterator[TranslatedMessage]:
    template = project.source_messages(domain)
    if language.is_source:
        for context, source in template.items():
            yield TranslatedMessage(language, context, source.english, source.english, domain)
        return
    catalog = project.catalog(language, domain)
    for context, text in po.catalog_status(template, catalog).ready.items():
        line = catalog[context].line
        yield TranslatedMessage(language, context, template[context].english, text, domain, line)


def _language(project: Project, catalog: LanguageCatalog) -> Iterator[Finding]:
    accepted = {(entry.code, entry.context): entry for entry in accepted_findings(project, catalog.language)}
    checked = checked_domains(project)
    used = set()
    for message, problem in _problems(catalog):
        key = problem.code, message.context
        if key in accepted:
            used.add(key)
        elif message.domain in checked:
            yield _finding(project, message, problem)
    unused = [accepted[key] for key in sorted(accepted.keys() - used)]
    if set(checked) != {*project.slugs, INTERFACE}:
        # An entry without a message may be for a guide that this check leaves out.
        known = {message.context for message in catalog.messages if message.domain in checked}
        unused = [entry for entry in unused if entry.context in known]
    yield from _unused(project, catalog, unused)


def _problems(catalog: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    for message in catalog.messages:
        for check in MESSAGE_CHECKS:
            for problem in check(message):
                yield message, problem
    for catalog_check in CATALOG_CHECKS:
        yield from catalog_check(catalog)


def _finding(project: Project, message: TranslatedMessage, problem: Problem) -> Finding:
    return Finding(
        problem.code,
        problem.severity,
        project.catalog_path(message.language, message.domain),
        message.line,
        f"“{message.context}”: {problem.message}",
        problem.hint,
    )


def _unused(project: Project, catalog: LanguageCatalog, entries: Collection[Accepted]) -> Iterator[Finding]:
    language = catalog.language
    # A message may be fuzzy for a while, and its finding comes back with it.
    severity = Severity.WARNING if language.in_progress else Severity.ERROR
    for entry in entries:
        yield Finding(
            "PG590",
            severity,
            accepted_path(project, language),
            0,
            f"{entry.code} is accepted for “{entry.context}”, but it was not found there",
            "Delete the entry.",
        )
