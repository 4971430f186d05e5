"""All guides of a project with their states, as a list shows them; broken guides too."""

from dataclasses import dataclass

from parentguide.errors import ParentguideError
from parentguide.model.guide_state import GuideState
from parentguide.project.project import Project
from parentguide.review.status import language_review


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One guide. ``translated`` of ``languages`` other than English have a translation of every message that
    may be shown. ``problem`` says why a guide cannot be read; it has no title then, and counts nothing."""

    slug: str
    title: str
    state: GuideState
    translated: int
    languages: int
    problem: str = ""


def guide_rows(project: Project) -> list[GuideRow]:
    """Every guide in the order of the folders' names. A broken file of one guide does not hide the others."""
    return [guide_row(project, slug) for slug in project.slugs]


def guide_row(project: Project, slug: str) -> GuideRow:
    """One guide of :func:`guide_rows`."""
    languages = [one for one in project.complete_languages.values() if not one.is_source]
    state = project.states[slug]
    try:
        title = project.guide_source(slug).guide.title
        reviews = [language_review(project, language, (slug,)) for language in languages]
    except ParentguideError as error:
        return GuideRow(slug, "", state, 0, len(languages), error.sentences)
    done = sum(all(message.shown for message in review.messages) for review in reviews)
    return GuideRow(slug, title, state, done, len(languages))
