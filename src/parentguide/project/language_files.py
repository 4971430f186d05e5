"""The hand-written files of one language that it may have: its glossary and its accepted findings."""

from pathlib import Path

from parentguide.infra.files import read_text
from parentguide.model.language import Language
from parentguide.project.accepted_file import Accepted, parse_accepted
from parentguide.project.project import Project
from parentguide.translation.glossary import Glossary, parse_glossary


def glossary_path(project: Project, language: Language) -> Path:
    return project.locales / language.locale / "glossary.toml"


def accepted_path(project: Project, language: Language) -> Path:
    return project.locales / language.locale / "accepted.toml"


def read_glossary(project: Project, language: Language) -> Glossary:
    """The language's terms; none without a file. Raises :class:`SourceError` with every mistake."""
    path = glossary_path(project, language)
    return parse_glossary(read_text(path), path) if path.exists() else Glossary()


def accepted_findings(project: Project, language: Language) -> tuple[Accepted, ...]:
    """The findings that the language accepts; none without a file.

    Raises :class:`SourceError` with every mistake.
    """
    path = accepted_path(project, language)
    return parse_accepted(read_text(path), path) if path.exists() else ()
