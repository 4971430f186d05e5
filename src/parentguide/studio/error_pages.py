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
_NOT_FOUND = Refusal(
    404,
    "Page not found",
    "There is nothing at this address. Perhaps it was removed, or the address was typed with a mistake.",
)
_NO_SUCH_METHOD = Refusal(
    405, "This address is not a page", "It takes what a page sends. Nothing was changed."
)
_UNEXPECTED = Refusal(
    500,
    "Something went wrong inside Studio",
    "Nothing that was saved is lost. Try again. The window that Studio was started from shows what went"
    " wrong.",
    "Go back",
    "",
)


def exception_handlers(pages: Templates) -> _Handlers:
    """Starlette's exception handlers, by class."""

    def refused_form(request: Request, error: Exception) -> Response:
        assert isinstance(error, RefusedFormError)
        return pages.refused_form(request, error.refusal, error.form)

    def body_too_large(request: Request, error: Exception) -> Response:
        assert isinstance(error, BodyTooLargeError)
        return pages.refused_form(request, too_large(error.limit))

    def parentguide_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, ParentguideError)
        return pages.error(request, error)

    def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        other = Refusal(error.status_code, "This did not work", "Go back to the start.")
        refusal = {404: _NOT_FOUND, 405: _NO_SUCH_METHOD}.get(error.status_code, other)
        return pages.refused_form(request, refusal, getattr(request.state, "form", None))

    def gone(_: Request, error: Exception) -> Response:
        """Nobody reads this answer: the browser has closed the connection, or it was too slow."""
        return Response(status_code=408)

    def unexpected(request: Request, error: Exception) -> Response:
        return pages.refused_form(request, _UNEXPECTED, getattr(request.state, "form", None))

    return {
        RefusedFormError: refused_form,
        BodyTooLargeError: body_too_large,
        ParentguideError: parentguide_error,
        HTTPException: http_error,
        ClientDisconnect: gone,
        Exception: unexpected,
    }
