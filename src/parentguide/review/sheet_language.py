"""The language of a review sheet, also where its hidden tab was deleted."""

from pathlib import Path

from parentguide.errors import SourceError
from parentguide.model.language import Language
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.review.sheet_reader import Answers


def language_of(project: Project, answers: Answers, path: Path) -> Language:
    """The language that the sheet names, or else the one whose translations its rows show.

    Raises :class:`ParentguideError` for a language that the project does not have, and if nobody can tell.
    """
    if answers.tag:
        return project.language(answers.tag)
    shown = {row.translation for row in answers.rows if row.translation}
    alike = {
        language.tag: len(shown & _translations(project, language))
        for language in project.languages.values()
        if not language.is_source
    }
    most = max(alike.values(), default=0)
    likely = [tag for tag, count in alike.items() if count == most]
    if not most or len(likely) > 1:
        raise SourceError(
            "the hidden tab is missing, so nobody can tell which language this sheet is about",
            path=path,
            remedy="Ask for the file as it was, or copy the answers into a new sheet.",
        )
    return project.language(likely[0])


def _translations(project: Project, language: Language) -> set[str]:
    return {
        entry.text.strip()
        for domain in domains(project)
        for entry in project.catalog(language, domain).values()
    }
