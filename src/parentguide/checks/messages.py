"""PG5xx (messages): every translation is there, not fuzzy, and keeps fields and bold."""

from collections import Counter
from collections.abc import Iterator

from parentguide import catalogs, inline
from parentguide.checks.finding import Finding, Severity
from parentguide.errors import SourceError
from parentguide.extraction import domains
from parentguide.model import Language
from parentguide.project import Project


def broken_markup(english: str, text: str) -> str:
    """Why ``text`` cannot stand for ``english``: a field or bold lost or added; "" if it can."""
    try:
        runs = inline.parse(text)
    except SourceError as error:
        return error.problem
    wanted, given = Counter(inline.fields(english)), Counter(inline.fields(text))
    if wanted != given:
        lost = [f"{{{name}}}" for name in (wanted - given).elements()]
        added = [f"{{{name}}}" for name in (given - wanted).elements()]
        parts = [f"{', '.join(lost)} lost"] * bool(lost) + [f"{', '.join(added)} added"] * bool(added)
        return "; ".join(parts)
    strong = sum(isinstance(run, inline.Strong) for run in runs)
    if strong * 2 != english.count("**"):
        return f"{strong} bold parts, {english.count('**') // 2} in the English"
    return ""


def check_messages(project: Project) -> Iterator[Finding]:
    for language in project.languages.values():
        if not language.is_source:
            for domain in domains(project):
                yield from _messages(project, language, domain)


def _messages(project: Project, language: Language, domain: str) -> Iterator[Finding]:
    path = project.catalog_path(language, domain)
    template, catalog = project.template(domain), project.catalog(language, domain)
    state = catalogs.state(template, catalog)
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
