"""Which translations are of English that has changed since, before “update” marks them fuzzy."""

from collections.abc import Iterable
from dataclasses import dataclass

from parentguide.model.language import Language
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.review.status import language_review


@dataclass(frozen=True, slots=True)
class ChangedEnglish:
    """One message. ``languages`` are the English names of those whose translation is of earlier English and
    not marked fuzzy yet; in ``signed`` ones somebody has approved that pair."""

    domain: str
    context: str
    languages: tuple[str, ...]
    signed: tuple[str, ...]


def changed_english(project: Project, languages: Iterable[Language]) -> tuple[ChangedEnglish, ...]:
    """The messages of all domains whose catalogs still have the English before it changed."""
    found: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for language in languages:
        catalogs = {domain: project.catalog(language, domain) for domain in domains(project)}
        for message in language_review(project, language, domains(project)).messages:
            entry = catalogs[message.domain].get(message.context)
            if message.earlier is None or entry is None or entry.english == message.english:
                continue
            names, signed = found.setdefault((message.domain, message.context), ([], []))
            names.append(language.english_name)
            if message.earlier.valid_sign_offs:
                signed.append(language.english_name)
    return tuple(
        ChangedEnglish(domain, context, tuple(names), tuple(signed))
        for (domain, context), (names, signed) in found.items()
    )
