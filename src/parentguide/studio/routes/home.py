"""The first page: what can be done, and how far each is."""

from starlette.requests import Request
from starlette.responses import Response

from parentguide.model.language import Language
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.review.status import LanguageReview, language_review
from parentguide.studio.routing import Page, Studio

STATIC = {"studio.css": "text/css", "studio.js": "text/javascript", "icon.svg": "image/svg+xml"}


def reviews(project: Project) -> list[tuple[Language, LanguageReview]]:
    """Each translated language with how far it is checked, by English name."""
    chosen = [language for language in project.languages.values() if not language.is_source]
    return [
        (language, language_review(project, language, domains(project)))
        for language in sorted(chosen, key=lambda language: language.english_name)
    ]


def show(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    desk = studio.desk(request)
    found = reviews(project)
    return studio.pages.page(
        request,
        "home.html",
        has_school=desk.school_file.exists(),
        languages=len(found) + 1,
        drafts=sum(review.state == "draft" for _, review in found),
    )


PAGES = (Page("/", show),)
