"""Checking translations: the list of languages, the list of messages, and who checks."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.model.labels import REVIEWER_LABELS
from parentguide.project.project import Project
from parentguide.review.status import LanguageReview
from parentguide.studio.routes.check_blocks import whole_guide_values
from parentguide.studio.routes.home import reviews
from parentguide.studio.routes.message import PAGES as MESSAGE_PAGES
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.chosen_language import language_of, review_of
from parentguide.studio.services.guide_titles import guide_titles
from parentguide.studio.services.guide_work import with_own_copy
from parentguide.studio.services.reviewer import (
    forget,
    remember,
    renewed,
    reviewer_from,
    reviewer_of,
)

_TYPED = ("kind", "role", "name", "public")


def overview(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    rows = [(language, _parts(project, review)) for language, review in reviews(project)]
    return studio.pages.page(request, "translations.html", rows=rows, editable=studio.workspace.changeable)


def messages(studio: Studio, request: Request) -> Response:
    review = review_of(studio.workspace.project(), request)
    return renewed(_messages_page(studio, request, review), request, review.language)


@dataclass(frozen=True, slots=True)
class _Part:
    """A guide, or the words on buttons, notices and sheets, in one language."""

    title: str
    review: LanguageReview

    @property
    def approved(self) -> int:
        return sum(bool(message.valid_sign_offs) for message in self.review.messages)


def _parts(project: Project, review: LanguageReview) -> list[_Part]:
    titles = guide_titles(project)
    return [
        _Part(titles.get(domain, "Buttons, notices and sheets"), part)
        for domain, part in review.parts.items()
    ]


def _messages_page(
    studio: Studio,
    request: Request,
    review: LanguageReview,
    trouble: str = "",
    typed: Form | None = None,
) -> Response:
    """The list of all messages. ``typed`` is a form that was refused."""
    project = studio.workspace.project()
    reviewer = reviewer_of(request, review.language)
    return studio.pages.page(
        request,
        "check.html",
        422 if trouble else 200,
        review=review,
        parts=_parts(project, review),
        **whole_guide_values(studio, project, request, review),
        left=[message for message in review.messages if not message.valid_sign_offs],
        reviewer=reviewer,
        kinds=REVIEWER_LABELS,
        editable=studio.workspace.changeable,
        trouble=trouble,
        typed={key: typed.line(key) for key in _TYPED} if typed else {},
    )


def take_reviewer(studio: Studio, request: Request, form: Form) -> Response:
    """Keep who checks, and show the whole guide."""
    review = review_of(studio.workspace.project(), request)
    try:
        reviewer_from(form, request)
    except ParentguideError as error:
        return _messages_page(studio, request, review, _trouble(form, error), form)
    done = "copied" if with_own_copy(studio) else "reviewer"
    there = redirect(f"/translations/{review.language.tag}", done=done)
    return remember(there, request, review.language, form)


def _trouble(form: Form, error: ParentguideError) -> str:
    return "Write what you do, such as “teacher”." if not form.line("role") else f"{error}"


def forget_reviewer(studio: Studio, request: Request, form: Form) -> Response:
    """End the sitting: somebody else may use this computer next."""
    language = language_of(studio.workspace.project(), request)
    return forget(redirect(f"/translations/{language.tag}", done="forgotten"))


PAGES = (
    Page("/translations", overview),
    Page("/translations/{tag}", messages),
    Page("/translations/{tag}/who", post=take_reviewer),
    Page("/translations/{tag}/forget", post=forget_reviewer),
    *MESSAGE_PAGES,
)
