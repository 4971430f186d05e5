"""Begin a guide from a newsletter: give it to Studio, and make the guide of its checked pieces."""

from dataclasses import replace
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from parentguide.errors import ParentguideError, ProjectError
from parentguide.model.statement import StatementKind
from parentguide.newsletter.reading import read_newsletter, read_pasted
from parentguide.project.new_guide import new_guide
from parentguide.project.official_source import official_source
from parentguide.project.short_name import checked_name, short_name
from parentguide.studio.routes.pieces import (
    address,
    guide_fields,
    own_work,
    pieces_page,
    present_work,
    title_for,
)
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.newsletter_work import (
    NewsletterWork,
    discard,
    keep,
    known_work,
    locked,
    new_work,
)

_UPLOAD_LIMIT = 10_000_000  # bytes
_LONGEST_TITLE = 200  # characters
_ASK = (
    "You are checking another letter or newsletter. Nothing was changed. To begin with this one instead, tick"
    " “Discard it”, and give the file or the text again."
)


def get_newsletter(studio: Studio, request: Request) -> Response:
    return _page(studio, request)


def post_newsletter(studio: Studio, request: Request, form: Form) -> Response:
    """Read the newsletter that was pasted or sent, and keep what was found. It is read only here."""
    files, upload = studio.user_files(request), form.files.get("file")
    text = form.text("text")
    with locked(files):
        known, _ = known_work(files)
        if known and form.line("replace") != known:
            return _page(studio, request, text, _ASK, 409)
        try:
            if upload is not None:
                work = new_work(upload.name, read_newsletter(upload.data))
            else:
                work = new_work("", read_pasted(text))
        except ParentguideError as error:
            return _page(studio, request, text, error.sentences, 422)
        keep(files, work)
    return redirect(address(work))


def post_guide(studio: Studio, request: Request, form: Form) -> Response:
    """Make the guide of the pieces as the person confirmed them; all of it or nothing."""
    files = studio.user_files(request)
    with locked(files):
        work = present_work(studio, request, form)
        if isinstance(work, Response):
            return work
        typed = guide_fields(form, work)
        if typed != work.fields:
            work = replace(work, fields=typed)
            keep(files, work)
        try:
            slug = _make(studio, work)
        except ParentguideError as error:
            problems = {str(one.loc[0]): one.sentence for one in error.problems if one.loc}
            trouble = "" if problems else error.sentences
            return pieces_page(studio, request, work, trouble=trouble, problems=problems, status=422)
        discard(files)
    return redirect(f"/write/{slug}", done="new")


def _make(studio: Studio, work: NewsletterWork) -> str:
    """Make the guide and return its short name. Problems of a field have its name in ``loc``."""
    pieces, typed = work.pieces, work.fields
    kept = [piece for piece in pieces.pieces if not piece.left_out]
    if not kept:
        raise ProjectError("every piece is left out", remedy="Put back what the guide is to be about.")
    official = None
    if any(piece.kind is StatementKind.QUOTATION for piece in kept):
        official = official_source(
            *(typed.document, typed.publisher, typed.address, typed.published),
            is_compared=bool(typed.compared),
            today=date.today(),
        )
    title = title_for(work, typed)
    if len(title) > _LONGEST_TITLE:
        remedy = f"Use at most {_LONGEST_TITLE} characters: it is the guide's title."
        raise ProjectError("this is too long", remedy=remedy, loc=("title",))
    with studio.workspace.locked_project() as project:
        slug = typed.name or short_name(title, project.slugs)
        if typed.name in project.slugs:
            remedy = "Choose another name."
            raise ProjectError(f"a guide with the name “{slug}” already exists", remedy=remedy, loc=("name",))
        try:
            checked_name(slug)
        except ProjectError as error:
            raise ProjectError(error.problem, remedy=error.remedy, loc=("name",)) from None
        new_guide(
            *(project, slug, pieces.statements),
            title=title,
            official=official,
            left_out=pieces.reasons,
            furniture=pieces.left_out,
        )
    return slug


def post_fields(studio: Studio, request: Request, form: Form) -> Response:
    """Keep what is being typed; the script is told the short name, and the page without it shows itself."""
    files = studio.user_files(request)
    with locked(files):
        work = own_work(studio, request)
        if isinstance(work, Response):
            return work
        typed = guide_fields(form, work)
        if typed != work.fields:
            work = replace(work, fields=typed)
            keep(files, work)
    if not form.line("quiet"):
        return redirect(f"/newsletter/{work.id}#create")
    made = short_name(title_for(work, typed), studio.workspace.project().slugs)
    return JSONResponse({"made": made, "saved": f"{datetime.now():%H:%M}"})


def post_discard(studio: Studio, request: Request, form: Form) -> Response:
    """Remove the newsletter and what was done with it."""
    files = studio.user_files(request)
    with locked(files):
        work = present_work(studio, request, form)
        if isinstance(work, Response):
            return work
        discard(files)
    return redirect("/write/new", done="discarded")


def _page(studio: Studio, request: Request, text: str = "", trouble: str = "", status: int = 200) -> Response:
    known, work = known_work(studio.user_files(request))
    return studio.pages.page(
        request, "newsletter.html", status, text=text, trouble=trouble, known=known, work=work
    )


PAGES = (
    Page("/write/new", get_newsletter, post_newsletter, _UPLOAD_LIMIT),
    # Bookmarks of earlier versions.
    Page("/newsletter", lambda _studio, _request: redirect("/write/new")),
    Page("/newsletter/{id}/fields", post=post_fields),
    Page("/newsletter/{id}/guide", post=post_guide),
    Page("/newsletter/{id}/discard", post=post_discard),
)
