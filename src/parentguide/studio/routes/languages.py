"""Checking translations: the list of languages, the list of pieces, and who checks."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.model.language import Language
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.review.sign_off import sign, write_entries
from parentguide.review.status import STATES, LanguageReview, MessageReview, language_review
from parentguide.studio.routes.home import reviews
from parentguide.studio.routes.message import PAGES as MESSAGE_PAGES
from parentguide.studio.routes.message import address, after
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.reviewer import KINDS, remember, reviewer_from, reviewer_of


def overview(studio: Studio, request: Request) -> Response:
    rows = [
        (language, review, sum(message.state != "draft" for message in review.messages))
        for language, review in reviews(studio.workspace.project())
    ]
    return studio.pages.page(request, "translations.html", rows=rows, editable=studio.workspace.editable)


def copy_words(studio: Studio, request: Request, form: Form) -> Response:
    studio.workspace.copy_content()
    return redirect("/translations", done="copied")


def chosen(project: Project, request: Request) -> Language:
    """The language of the address; there is no page for one that is not translated."""
    language = project.languages.get(request.path_params["tag"])
    if language is None or language.is_source:
        raise HTTPException(404)
    return language


def pieces(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    language = chosen(project, request)
    return _pieces(studio, request, language_review(project, language, domains(project)))


def _pieces(
    studio: Studio,
    request: Request,
    review: LanguageReview,
    trouble: str = "",
    typed: Form | None = None,
) -> Response:
    project = studio.workspace.project()
    by_domain: dict[str, list[MessageReview]] = {}
    for message in review.messages:
        by_domain.setdefault(message.domain, []).append(message)
    titles = {slug: project.guide_source(slug).guide.title for slug in project.slugs}
    left = [message for message in review.messages if not message.valid_sign_offs]
    return studio.pages.page(
        request,
        "pieces.html",
        422 if trouble else 200,
        language=review.language,
        review=review,
        groups=[(titles.get(d, "Buttons, notices and sheets"), found) for d, found in by_domain.items()],
        left=left,
        counts=[(state, sum(m.state == state for m in review.messages)) for state in STATES],
        reviewer=reviewer_of(request),
        kinds=KINDS,
        editable=studio.workspace.editable,
        trouble=trouble,
        typed={key: typed.line(key) for key in ("kind", "role", "name", "public")} if typed else {},
    )


def take_reviewer(studio: Studio, request: Request, form: Form) -> Response:
    """Who checks; then the first piece that nobody has signed."""
    project = studio.workspace.project()
    language = chosen(project, request)
    review = language_review(project, language, domains(project))
    try:
        reviewer_from(form)
    except ParentguideError as error:
        trouble = "Write what you do, such as “teacher”." if not form.line("role") else str(error.remedy)
        return _pieces(studio, request, review, trouble, form)
    start = after(review, None)
    target = address(review.language, start) if start else f"/translations/{language.tag}"
    return remember(redirect(target, done="reviewer"), request, form)


def take_paper(studio: Studio, request: Request, form: Form) -> Response:
    """A whole sheet that somebody checked with a pen and found right."""
    with studio.workspace.locked_project() as project:
        language = chosen(project, request)
        review = language_review(project, language, domains(project))
        reviewer = reviewer_of(request)
        if reviewer is None:
            return _pieces(studio, request, review, "Say first who checked it.")
        if not form.text("read"):
            return _pieces(studio, request, review, "Tick the box, if they have read every piece.")
        left = [message.context for message in review.messages if not message.valid_sign_offs]
        if left:
            write_entries(project, language, sign(project, language, domains(project), reviewer, left))
    return redirect(f"/translations/{language.tag}", done="paper")


PAGES = (
    Page("/translations", overview),
    Page("/translations/copy", post=copy_words),
    Page("/translations/{tag}", pieces),
    Page("/translations/{tag}/who", post=take_reviewer),
    Page("/translations/{tag}/paper", post=take_paper),
    *MESSAGE_PAGES,
)
