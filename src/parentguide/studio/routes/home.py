"""The first page: what can be done, and how much of it is done."""

from collections.abc import Collection
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from parentguide.model.language import Language
from parentguide.model.review_state import ReviewState
from parentguide.project.pot import readable_domains, ready_domains
from parentguide.project.project import Project
from parentguide.review.status import LanguageReview, language_review
from parentguide.studio.routing import Page, Studio


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
    states = review_states(studio.workspace.project())
    return studio.pages.page(
        request,
        "home.html",
        has_school=studio.user_files(request).school_file.exists(),
        languages=len(states) + 1,
        drafts=sum(state is ReviewState.DRAFT for _, state in states),
    )


PAGES = (Page("/", get_home),)
