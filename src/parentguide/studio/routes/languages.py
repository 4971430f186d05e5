"""Checking translations: the list of languages, the list of messages, and who checks."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.model.labels import REVIEWER_LABELS
from parentguide.model.language import Language
from parentguide.model.review_state import ReviewState
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.review.judgement import language_rules
from parentguide.review.sign_off import Refusal, refusals, sign_messages, write_entries
from parentguide.review.status import LanguageReview, MessageReview, language_review
from parentguide.studio.routes.home import reviews
from parentguide.studio.routes.message import PAGES as MESSAGE_PAGES
from parentguide.studio.routes.message import address, after
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.gap_text import gap_label
from parentguide.studio.services.reviewer import remember, reviewer_from, reviewer_of


def overview(studio: Studio, request: Request) -> Response:
    rows = [
        (language, review, sum(message.state > ReviewState.DRAFT for message in review.messages))
        for language, review in reviews(studio.workspace.project())
    ]
    return studio.pages.page(request, "translations.html", rows=rows, editable=studio.workspace.editable)


def copy_words(studio: Studio, request: Request, form: Form) -> Response:
    studio.workspace.copy_content()
    return redirect("/translations", done="copied")


def chosen(project: Project, request: Request) -> Language:
    """The language in the address. Raises a 404 for one that is not a translation."""
    language = project.languages.get(request.path_params["tag"])
    if language is None or language.is_source:
        raise HTTPException(404)
    return language


def messages(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    language = chosen(project, request)
    return _messages_page(studio, request, language_review(project, language, domains(project)))


def _messages_page(
    studio: Studio,
    request: Request,
    review: LanguageReview,
    trouble: str = "",
    typed: Form | None = None,
    refused: Sequence[Refusal] = (),
) -> Response:
    project = studio.workspace.project()
    by_domain: dict[str, list[MessageReview]] = {}
    for message in review.messages:
        by_domain.setdefault(message.domain, []).append(message)
    titles = {slug: project.guide_source(slug).guide.title for slug in project.slugs}
    left = [message for message in review.messages if not message.valid_sign_offs]
    return studio.pages.page(
        request,
        "messages.html",
        422 if trouble else 200,
        language=review.language,
        review=review,
        groups=[(titles.get(d, "Buttons, notices and sheets"), found) for d, found in by_domain.items()],
        left=left,
        reviewer=reviewer_of(request),
        kinds=REVIEWER_LABELS,
        editable=studio.workspace.editable,
        trouble=trouble,
        refused=refused,
        gap_label=gap_label,
        typed={key: typed.line(key) for key in ("kind", "role", "name", "public")} if typed else {},
    )


def take_reviewer(studio: Studio, request: Request, form: Form) -> Response:
    """Keep who checks, and show the first message that nobody has approved."""
    project = studio.workspace.project()
    language = chosen(project, request)
    review = language_review(project, language, domains(project))
    try:
        reviewer_from(form)
    except ParentguideError as error:
        trouble = "Write what you do, such as “teacher”." if not form.line("role") else str(error.remedy)
        return _messages_page(studio, request, review, trouble, form)
    start = after(review, None)
    target = address(review.language, start) if start else f"/translations/{language.tag}"
    return remember(redirect(target, done="reviewer"), request, form)


def take_paper(studio: Studio, request: Request, form: Form) -> Response:
    """Approve all messages that are left, as somebody checked them with a pen and found them right."""
    with studio.workspace.locked_project() as project:
        language = chosen(project, request)
        review = language_review(project, language, domains(project))
        reviewer = reviewer_of(request)
        if reviewer is None:
            return _messages_page(studio, request, review, "Say first who checked it.")
        if not form.text("read"):
            return _messages_page(studio, request, review, "Tick the box if they have read every message.")
        left = [message for message in review.messages if not message.valid_sign_offs]
        rules = language_rules(project, language)
        refused = refusals(language, left, rules)
        if refused:
            return _messages_page(
                studio, request, review, "Nothing was approved. Correct these first.", refused=refused
            )
        if left:
            write_entries(project, language, sign_messages(language, left, reviewer, rules))
    return redirect(f"/translations/{language.tag}", done="paper")


PAGES = (
    Page("/translations", overview),
    Page("/translations/copy", post=copy_words),
    Page("/translations/{tag}", messages),
    Page("/translations/{tag}/who", post=take_reviewer),
    Page("/translations/{tag}/paper", post=take_paper),
    *MESSAGE_PAGES,
)
