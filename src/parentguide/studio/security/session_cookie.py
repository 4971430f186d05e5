"""The middleware that knows a browser by its cookie, and gives it one when a person opens Studio."""

import time
from collections.abc import Callable
from dataclasses import replace

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parentguide.studio.security.bodies import short_form
from parentguide.studio.security.cookies import cookie_values
from parentguide.studio.security.middleware import SAFE_METHODS, HttpMiddleware
from parentguide.studio.security.opening import OpeningToken
from parentguide.studio.security.refusals import (
    NOT_OPENED,
    TOKEN_USED,
    RefusalPage,
    own_path,
    refuse,
)
from parentguide.studio.security.sessions import LONGEST, Session, new_session, read_session
from parentguide.studio.settings import OPENING_PATH, SECOND_START_PATH, Settings

_STATIC = "/static/"


class SessionCookie(HttpMiddleware):
    """Sets ``state["session"]`` from a signed cookie.

    On one's own computer a form with the opening token, sent to :data:`OPENING_PATH`, starts a session;
    behind a proxy the first page does. ``opening_page`` and ``opened_page`` make the page that asks for
    the token, and the page that leads on. ``ended_visit`` answers a form whose session has ended: what was
    typed must not be lost. ``clock`` gives seconds since 1970.
    """

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        page: RefusalPage,
        opening: OpeningToken,
        opening_page: Callable[[], Response],
        opened_page: Callable[[], Response],
        ended_visit: ASGIApp,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(app)
        self._settings = settings
        self._page = page
        self._opening = opening
        self._opening_page = opening_page
        self._opened_page = opened_page
        self._ended_visit = ended_visit
        self._clock = clock

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == OPENING_PATH and not self._settings.behind_proxy:
            await self._open(scope, receive, send)
            return
        if scope["path"] == SECOND_START_PATH and not self._settings.behind_proxy:
            await self._answer_second_start(scope, receive, send)
            return
        if scope["path"].startswith(_STATIC) and not self._settings.behind_proxy:
            # The style of the page that asks for the token. These files come with the program.
            await self.app(scope, receive, send)
            return
        user = scope["state"]["user"]
        session = self._session(Headers(scope=scope), user)
        app = self.app
        if session is None:
            if scope["method"] not in SAFE_METHODS:
                app = self._ended_visit
            elif not self._settings.behind_proxy:
                query = scope["query_string"].decode("latin-1")
                refusal = replace(NOT_OPENED, target=own_path(scope["path"], query))
                await refuse(self._page(refusal), scope, receive, send)
                return
            if self._settings.behind_proxy:
                session = new_session(user, self._clock())
                send = self._with_cookie(send, session)
        if session is not None:
            scope["state"]["session"] = session
        await app(scope, receive, send)

    def _session(self, headers: Headers, user: str) -> Session | None:
        """The session of the first cookie that is valid. Another program may have set one of this name."""
        for value in cookie_values(headers, self._settings.cookie_name):
            session = read_session(value, user, self._settings.key, self._clock())
            if session is not None:
                return session
        return None

    async def _open(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Exchange the opening token for a cookie.

        The token is in a form, not in an address: addresses stand in command lines, histories and logs.
        """
        if scope["method"] in SAFE_METHODS:
            is_open = self._session(Headers(scope=scope), scope["state"]["user"]) is not None
            page = self._opened_page() if is_open else self._opening_page()
            await page(scope, receive, send)
            return
        fields = await short_form(receive)
        if not self._opening.spend(fields.get("token", [""])[0]):
            await self._page(TOKEN_USED)(scope, receive, send)
            return
        # Not a redirect: a browser would count it as sent by the file, and keep the strict cookie back.
        send = self._with_cookie(send, new_session("", self._clock()))
        await self._opened_page()(scope, receive, send)

    async def _answer_second_start(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make a page that opens Studio for a second start of this user, which proves who it is."""
        fields = await short_form(receive)
        nonce, proof = (fields.get(name, [""])[0] for name in ("nonce", "proof"))
        said = self._opening.answer_second_start(nonce, proof)
        if said is None:
            await self._page(NOT_OPENED)(scope, receive, send)
            return
        await Response(said, media_type="application/json")(scope, receive, send)

    def _with_cookie(self, send: Send, session: Session) -> Send:
        secure = "; Secure" if self._settings.secure else ""
        value = f"{self._settings.cookie_name}={session.cookie(self._settings.key)}"
        line = f"{value}; Max-Age={LONGEST}; Path=/; HttpOnly; SameSite=Strict{secure}"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("set-cookie", line)
            await send(message)

        return send_with_cookie
