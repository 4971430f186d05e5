"""Begin a guide from a newsletter: give it to Studio, and make the guide of its checked pieces."""

import re
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError, ProjectError
from parentguide.model.statement import StatementKind
from parentguide.newsletter.reading import read_newsletter, read_pasted
from parentguide.project.new_guide import new_guide
from parentguide.project.official_source import OfficialSource
from parentguide.studio.routes.pieces import address, guide_fields, pieces_page, present_work
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
_LONGEST_SOURCE = 300  # characters
_ASK = (
    "You are checking another newsletter. Nothing was changed. To begin with this one instead, tick"
    " “Discard it”, and give the newsletter again."
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
    files, slug = studio.user_files(request), form.line("name")
    with locked(files):
        work = present_work(studio, request, form)
        if isinstance(work, Response):
            return work
        try:
            _make(studio, slug, work, form)
        except ParentguideError as error:
            return pieces_page(
                studio, request, work, trouble=error.sentences, fields=guide_fields(form), status=422
            )
        discard(files)
    return redirect(f"/write/{slug}", done="new")


def _make(studio: Studio, slug: str, work: NewsletterWork, form: Form) -> None:
    pieces = work.pieces
    kept = [piece for piece in pieces.pieces if not piece.left_out]
    if not kept:
        raise ProjectError("every piece is left out", remedy="Put back what the guide is to be about.")
    is_quoted = any(piece.kind is StatementKind.QUOTATION for piece in kept)
    official = _official_source(form) if is_quoted else None
    with studio.workspace.locked_project() as project:
        new_guide(
            project,
            slug,
            pieces.statements,
            official=official,
            left_out=pieces.reasons,
            furniture=pieces.left_out,
        )


def _official_source(form: Form) -> OfficialSource:
    """What the form says of the official words. Raises :class:`ProjectError`."""
    source = form.line("source")
    if not source or len(source) > _LONGEST_SOURCE or re.search(r"[\x00-\x1f]", source):
        raise ProjectError(
            "the newsletter quotes official words", remedy="Write who published them, and where."
        )
    try:
        published = date.fromisoformat(form.line("published"))
    except ValueError:
        raise ProjectError("the date is missing", remedy="Write when the words were published.") from None
    if published > date.today():
        raise ProjectError(f"{published} is in the future", remedy="Write when the words were published.")
    if not form.text("compared"):
        raise ProjectError(
            "the quoted words have not been compared",
            remedy="Compare them letter for letter with what was published, then tick the box.",
        )
    return OfficialSource(source, published)


def post_discard(studio: Studio, request: Request, form: Form) -> Response:
    """Remove the newsletter and what was done with it."""
    files = studio.user_files(request)
    with locked(files):
        work = present_work(studio, request, form)
        if isinstance(work, Response):
            return work
        discard(files)
    return redirect("/newsletter", done="discarded")


def _page(studio: Studio, request: Request, text: str = "", trouble: str = "", status: int = 200) -> Response:
    known, work = known_work(studio.user_files(request))
    return studio.pages.page(
        request, "newsletter.html", status, text=text, trouble=trouble, known=known, work=work
    )


PAGES = (
    Page("/newsletter", get_newsletter, post_newsletter, _UPLOAD_LIMIT),
    Page("/newsletter/{id}/guide", post=post_guide),
    Page("/newsletter/{id}/discard", post=post_discard),
)
