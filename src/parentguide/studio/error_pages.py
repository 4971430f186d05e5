"""A page for each kind of error that a request can end with."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.studio.security.forms import RefusedFormError
from parentguide.studio.security.middleware import BodyTooLargeError
from parentguide.studio.security.refusals import Refusal, too_large
from parentguide.studio.templating import Templates

_Handlers: TypeAlias = Mapping[Any, Callable[[Request, Exception], Response]]
_BACK = "Go back to the start."
_TITLES = {404: "Page not found", 405: "This page does not accept forms"}
_UNEXPECTED = Refusal(
    500,
    "Something went wrong inside Studio",
    "Nothing that was saved is lost. Go back and try again. The window that Studio was started from shows"
    " what went wrong.",
)


def exception_handlers(pages: Templates) -> _Handlers:
    """Starlette's exception handlers, by class."""

    def refused_form(_: Request, error: Exception) -> Response:
        assert isinstance(error, RefusedFormError)
        return pages.refusal(error.refusal)

    def body_too_large(_: Request, error: Exception) -> Response:
        assert isinstance(error, BodyTooLargeError)
        return pages.refusal(too_large(error.limit))

    def parentguide_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, ParentguideError)
        return pages.error(request, error)

    def http_error(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        title = _TITLES.get(error.status_code, "This did not work")
        return pages.refusal(Refusal(error.status_code, title, _BACK))

    def gone(_: Request, error: Exception) -> Response:
        """Nobody reads this answer: the browser has closed the connection, or it was too slow."""
        return Response(status_code=408)

    def unexpected(_: Request, error: Exception) -> Response:
        return pages.refusal(_UNEXPECTED)

    return {
        RefusedFormError: refused_form,
        BodyTooLargeError: body_too_large,
        ParentguideError: parentguide_error,
        HTTPException: http_error,
        ClientDisconnect: gone,
        Exception: unexpected,
    }
