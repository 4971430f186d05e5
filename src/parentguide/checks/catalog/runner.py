"""Runs :data:`PAIR_CHECKS` and :data:`WHOLE_CHECKS` over the translations, and takes out what is
accepted with a reason.

PG590: something is accepted that is not found (any more).
"""

from collections.abc import Iterator

from parentguide.checks.accepted_file import Accepted, parse_accepted
from parentguide.checks.finding import Finding, Severity
from parentguide.checks.translation import CATALOG_CHECKS, MESSAGE_CHECKS
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.checks.translation.trigrams import profile, triples_of
from parentguide.infra.files import read_text
from parentguide.model.language import Language
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.translation import po
from parentguide.translation.glossary import Glossary, parse_glossary


def check_translations(project: Project) -> Iterator[Finding]:
    pairs = {tag: _pairs(project, language) for tag, language in project.languages.items()}
    triples = {tag: tuple(triples_of(pair.text) for pair in found) for tag, found in pairs.items()}
    profiles = {tag: profile(tag, project.languages[tag].script, found) for tag, found in triples.items()}
    for tag, language in project.languages.items():
        if not language.is_source:
            whole = LanguageCatalog(
                language,
                pairs[tag],
                triples[tag],
                read_glossary(project, language),
                profiles[tag],
                tuple(profiles.values()),
            )
            yield from _language(project, whole)


def _pairs(project: Project, language: Language) -> tuple[TranslatedMessage, ...]:
    """All translations that may be shown; English beside English for the source itself."""
    found = []
    for domain in domains(project):
        template = project.source_messages(domain)
        ready = (
            {context: message.english for context, message in template.items()}
            if language.is_source
            else po.catalog_status(template, project.catalog(language, domain)).ready
        )
        found += [
            TranslatedMessage(language, context, template[context].english, text)
            for context, text in ready.items()
        ]
    return tuple(found)


def read_glossary(project: Project, language: Language) -> Glossary:
    """The language's chosen terms; none if it has no ``glossary.toml``."""
    path = project.locales / language.locale / "glossary.toml"
    return parse_glossary(read_text(path), path) if path.exists() else Glossary()


def _language(project: Project, whole: LanguageCatalog) -> Iterator[Finding]:
    language = whole.language
    accepted = accepted_findings(project, language)
    unused = set(accepted)
    for pair, problem in _problems(whole):
        matching = {
            entry for entry in accepted if (entry.code, entry.context) == (problem.code, pair.context)
        }
        unused -= matching
        if not matching:
            yield _finding(project, pair, problem)
    for entry in sorted(unused, key=lambda e: (e.code, e.context)):
        yield _unused(entry, project, language)


def accepted_findings(project: Project, language: Language) -> tuple[Accepted, ...]:
    """What ``accepted.toml`` of the language says; nothing if there is no such file."""
    path = project.locales / language.locale / "accepted.toml"
    return parse_accepted(read_text(path), path) if path.exists() else ()


def _problems(whole: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    for pair in whole.pairs:
        for check in MESSAGE_CHECKS:
            for problem in check(pair):
                yield pair, problem
    for whole_check in CATALOG_CHECKS:
        yield from whole_check(whole)


def _finding(project: Project, pair: TranslatedMessage, problem: Problem) -> Finding:
    for domain in domains(project):
        message = project.catalog(pair.language, domain).get(pair.context)
        if message and message.english == pair.english:
            break
    return Finding(
        problem.code,
        problem.severity,
        project.catalog_path(pair.language, domain),
        message.line if message else 0,
        f"“{pair.context}”: {problem.message}",
        problem.hint,
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
