"""“Close Studio”, and what open pages say of themselves. Only on one's own computer."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from parentguide.studio.routing import Page, Studio, session_id
from parentguide.studio.security.forms import Form
from parentguide.studio.services.lifetime import Ending, Lifetime

_BUILDING = "Guides are being made. If you close Studio now, they are not finished."
_TYPED = "Another page of Studio is open, and has text that is not saved."
# Without JavaScript, Studio cannot know what is typed on the page with the button.
_UNKNOWN = "What you typed and did not save is lost. To save it, go back with the browser's “Back” button."


def get_close(studio: Studio, request: Request) -> Response:
    """Somebody went back to this address: ask first."""
    _lifetime(studio)
    return studio.pages.page(request, "close.html", reasons=[_UNKNOWN])


def post_close(studio: Studio, request: Request, form: Form) -> Response:
    """Close Studio. Ask first if that would end or lose something."""
    lifetime = _lifetime(studio)
    page = form.line("page")
    doubts = {
        _BUILDING: studio.queue.busy,
        _TYPED: lifetime.typed_elsewhere(page),
        _UNKNOWN: not page,
    }
    reasons = [reason for reason, holds in doubts.items() if holds]
    if reasons and not form.text("anyway"):
        return studio.pages.page(request, "close.html", reasons=reasons)
    answer = studio.pages.closed()
    lifetime.end(Ending.ASKED)
    return answer


def post_here(studio: Studio, request: Request, form: Form) -> Response:
    """An open page says hello, or that it was left."""
    typed, gone = bool(form.text("typed")), bool(form.text("gone"))
    _lifetime(studio).hello(session_id(request), form.line("page"), typed=typed, gone=gone)
    return Response(status_code=204)


def _lifetime(studio: Studio) -> Lifetime:
    if studio.lifetime is None:  # behind a proxy, where others use it
        raise HTTPException(404)
    return studio.lifetime


PAGES = (Page("/close", get_close, post_close), Page("/here", post=post_here))
