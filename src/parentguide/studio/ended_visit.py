"""The answer to a form whose visit has ended: the page keeps what was typed, to send it again."""

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from parentguide.studio.security.forms import RefusedFormError, read_any_form
from parentguide.studio.security.middleware import BodyTooLargeError
from parentguide.studio.security.refusals import ENDED, NOT_OPENED, OLD_FORM, too_large
from parentguide.studio.templating import Templates

LONGEST_FORM = 1_000_000  # bytes: a form with all its fields, without a large file


class EndedVisit:
    """An ASGI application for forms without a session, or with one that has just begun.

    Nothing is changed, so it does not matter whether the form has the right token.
    """

    def __init__(self, pages: Templates) -> None:
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        # Behind a proxy the next visit has begun, and the page can send the form in it.
        refusal = ENDED if getattr(request.state, "session", None) is None else OLD_FORM
        try:
            page = self._pages.refused_form(request, refusal, await read_any_form(request))
        except RefusedFormError:
            # Nothing is known of what was typed.
            page = self._pages.refused_form(request, NOT_OPENED if refusal is ENDED else refusal)
        except BodyTooLargeError as error:
            page = self._pages.refused_form(request, too_large(error.limit))
        await page(scope, receive, send)
