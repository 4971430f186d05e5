"""The first page: the three doors, and what is going on."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.model.language import Language
from parentguide.model.review_state import ReviewState
from parentguide.model.school import School
from parentguide.project.contacts_file import stale_contacts
from parentguide.project.pot import readable_domains, ready_domains
from parentguide.project.project import Project
from parentguide.review.status import LanguageReview, language_review
from parentguide.studio.routing import Page, Studio
from parentguide.studio.services.built_files import Built, last_build
from parentguide.studio.services.guide_titles import title_of
from parentguide.studio.services.school_store import chosen_tags, school_of


# A workspace makes a new Project whenever a file has changed, so what is known of one stays true.
@lru_cache(maxsize=2)
def reviews(project: Project) -> tuple[tuple[Language, LanguageReview], ...]:
    """Each translated language with its review status, by English name."""
    found = readable_domains(project)
    translated = [language for language in project.languages.values() if not language.is_source]
    return tuple(
        (language, language_review(project, language, found))
        for language in sorted(translated, key=lambda language: language.english_name)
    )


@lru_cache(maxsize=2)
def review_states(project: Project) -> tuple[tuple[Language, ReviewState], ...]:
    """Each translated language with the lowest state of its messages, by English name, without those of
    guides that are being written."""
    ready = ready_domains(project)
    return tuple((language, _state(review, ready)) for language, review in reviews(project))


def _state(review: LanguageReview, domains: Collection[str]) -> ReviewState:
    return min((m.state for m in review.messages if m.domain in domains), default=ReviewState.DRAFT)


def get_home(studio: Studio, request: Request) -> Response:
    project, files = studio.workspace.project(), studio.user_files(request)
    states = review_states(project)
    problem = ""
    try:
        school, built = school_of(files), last_build(files)
    except ParentguideError as error:
        school, built, problem = School(), Built(), error.sentences
    chosen = chosen_tags(school.languages)
    drafts = [
        language.english_name
        for language, state in states
        if language.tag in chosen and state is ReviewState.DRAFT
    ]
    names = {language.tag: language.english_name for language, _ in states}
    return studio.pages.page(
        request,
        "home.html",
        school=school,
        usual=[names[tag] for tag in school.usual_languages if tag in names],
        languages=len(states) + 1,
        built=built,
        drafts=drafts,
        requests=_open_requests(project),
        due=[contact.value.shown for contact in stale_contacts(project.contacts, date.today())],
        writing=[title_of(project, slug) for slug in project.unready_slugs],
        trouble=problem,
    )


def _open_requests(project: Project) -> list[tuple[str, str, int]]:
    """The languages in which somebody asked for a change: tag, English name and how many."""
    found = []
    for language, review in reviews(project):
        count = sum(len(message.open_requests) for message in review.messages)
        if count:
            found.append((language.tag, language.english_name, count))
    return found


PAGES = (Page("/", get_home),)
