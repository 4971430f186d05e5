"""PG506 and PG507: a ``STYLE.md`` that is not what the glossary gives now, and a question in a glossary
about a message that does not exist."""

from collections.abc import Iterator

from parentguide.checks.finding import Finding, Severity
from parentguide.infra.files import read_text
from parentguide.project.language_files import glossary_path, read_glossary
from parentguide.project.pot import checked_domains
from parentguide.project.project import Project
from parentguide.project.quality_table import quality_path
from parentguide.project.style_sheet import style_path, style_sheet, styled_languages

_ALL = "*"


def check_style_current(project: Project) -> Iterator[Finding]:
    """A project has notes for each language with a glossary, or for none: those without ``QUALITY.md``
    do not need them."""
    needed = quality_path(project).exists()
    for language in styled_languages(project):
        path = style_path(project, language)
        if path.exists() or needed:
            text = read_text(path) if path.exists() else ""
            if text != style_sheet(project, language):
                yield Finding(
                    "PG506",
                    Severity.WARNING,
                    path,
                    0,
                    f"{path.name} is out of date: the language's glossary.toml has changed"
                    if text
                    else f"there is no {path.name}",
                    "Run “parentguide quality”.",
                )


def check_questions(project: Project) -> Iterator[Finding]:
    known = {
        _ALL,
        *(context for domain in checked_domains(project) for context in project.source_messages(domain)),
    }
    for language in styled_languages(project):
        for question in read_glossary(project, language).questions:
            if question.context not in known:
                yield Finding(
                    "PG507",
                    Severity.WARNING,
                    glossary_path(project, language),
                    0,
                    f"a question is about “{question.context}”, which is no message of a guide",
                    f"Write the msgctxt of a message, or “{_ALL}” for all of them.",
                )
