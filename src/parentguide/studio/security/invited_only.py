"""The middleware for people without a login: an invitation opens one language, and nothing else."""

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from parentguide.studio.security.bodies import short_form
from parentguide.studio.security.cookies import cookie_values
from parentguide.studio.security.invitations import INVITED_PATH, Invitation, Invitations
from parentguide.studio.security.middleware import SAFE_METHODS, HttpMiddleware
from parentguide.studio.security.refusals import (
    LINK_USED,
    NO_LOGIN,
    NOT_INVITED_HERE,
    RefusalPage,
    refuse,
)
from parentguide.studio.settings import Settings

_STATIC = "/static/"
# What belongs to a language for somebody who only checks it: the page, what its script sends, each block,
# and the pictures of where the words of the interface stand.
# Any other address, also a new one, is refused.
_OWN_PAGES = ("", "/who", "/forget", "/section", "/undo", "/end", "/present")
_OWN_BLOCK = re.compile(r"/[a-z0-9-]+/[A-Za-z0-9._-]+(?:/check|/withdraw|/row|/page|/sheet\.png)?")


class InvitedOnly(HttpMiddleware):
    """Sets ``user``, ``session`` and ``invitation`` in ``state`` from the cookie of an invitation.

    Refuses everything that does not belong to its language, and everybody without such a cookie.
    ``door`` makes the page that takes the token of a link.
    """

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        page: RefusalPage,
        invitations: Invitations,
        door: Callable[[], Response],
    ) -> None:
        super().__init__(app)
        self._settings = settings
        self._page = page
        self._invitations = invitations
        self._door = door

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, is_safe = scope["path"], scope["method"] in SAFE_METHODS
        if path.startswith(_STATIC) and is_safe:
            await self.app(scope, receive, send)  # files that come with the program
        elif path == INVITED_PATH:
            await (self._door() if is_safe else await self._opened(receive))(scope, receive, send)
        else:
            await self._within_the_language(scope, receive, send)

    async def _within_the_language(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = self._settings.invited_cookie_name
        sessions = map(self._invitations.session, cookie_values(Headers(scope=scope), name))
        found = next((one for one in sessions if one is not None), None)
        if found is None:
            await refuse(self._page(NO_LOGIN), scope, receive, send)
            return
        invitation, session = found
        if not _belongs(scope["path"], invitation):
            refusal = replace(NOT_INVITED_HERE, target=_page_of(invitation))
            await refuse(self._page(refusal), scope, receive, send)
            return
        scope["state"] |= {"user": session.user, "session": session, "invitation": invitation}
        await self.app(scope, receive, send)

    async def _opened(self, receive: Receive) -> Response:
        """Exchange the token for a cookie, and lead to the language."""
        token = (await short_form(receive)).get("token", [""])[0]
        found = self._invitations.spend(token)
        if found is None:
            return self._page(LINK_USED)
        invitation, cookie = found
        answer = RedirectResponse(_page_of(invitation), 303)
        answer.set_cookie(
            self._settings.invited_cookie_name,
            cookie,
            self._invitations.seconds_left(invitation),
            secure=self._settings.secure,
            httponly=True,
            samesite="strict",
        )
        return answer


def _page_of(invitation: Invitation) -> str:
    return f"/translations/{quote(invitation.tag)}"


def _belongs(path: str, invitation: Invitation) -> bool:
    """Whether an address is one of the invitation's language, for somebody who checks it."""
    own = f"/translations/{invitation.tag}"
    if path != own and not path.startswith(f"{own}/"):
        return False
    rest = path.removeprefix(own)
    return rest in _OWN_PAGES or (".." not in rest and _OWN_BLOCK.fullmatch(rest) is not None)
