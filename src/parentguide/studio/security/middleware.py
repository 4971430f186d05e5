"""ASGI middleware, one class for each rule that a request must pass.

:func:`parentguide.studio.app.create_app` nests them in this order, the first outermost:
:class:`SecurityHeaders`, :class:`ProxyIdentity`, :class:`SameOrigin`, ``SessionCookie`` of
``session_cookie.py``, :class:`ConcurrencyLimit`, :class:`BodyLimit`. ``scope["state"]`` then has ``user``
and ``session``.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parentguide.studio.security.refusals import (
    NO_LOGIN,
    NOT_THE_PROXY,
    TOO_MANY,
    WRONG_HOST,
    WRONG_ORIGIN,
    Refusal,
    RefusalPage,
    drain,
    own_path,
    refuse,
)
from parentguide.studio.settings import OPENING_PATH, Settings

SAFE_METHODS = ("GET", "HEAD")
_LONGEST_USER = 200  # characters
# Requests of one person at a time: a browser opens six, and a person may have several windows.
MOST_AT_ONCE = 16
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A preview is a finished page in a frame: its own style, no scripts, no forms, no links out.
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox"
)
# The same, but Studio's own script may measure how high it is.
PLACE_POLICY = f"{PREVIEW_POLICY} allow-same-origin"
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    # Not “no-referrer”: a form would then be sent with “Origin: null”.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}


class BodyTooLargeError(Exception):
    """A request has more than ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class HttpMiddleware(ABC):
    """Passes everything but HTTP requests on to ``app``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.handle(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    @abstractmethod
    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an HTTP request, or pass it on."""


class SecurityHeaders(HttpMiddleware):
    """Adds the headers that keep a browser from doing more with a page than Studio asks for.

    A response's own headers win. Connections that are not HTTP, such as WebSockets, are dropped.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "lifespan"):
            await super().__call__(scope, receive, send)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class ProxyIdentity(HttpMiddleware):
    """Sets ``state["user"]`` to the name that a trusted proxy gives; empty on one's own computer.

    ``invited`` answers people whom the proxy lets through without a name.
    """

    def __init__(
        self, app: ASGIApp, settings: Settings, page: RefusalPage, invited: ASGIApp | None = None
    ) -> None:
        super().__init__(app)
        self._settings = settings
        self._page = page
        self._invited = invited

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._user(scope) if self._settings.behind_proxy else ""
        is_unnamed = not Headers(scope=scope).get(self._settings.login_header, "").strip()
        if found is NO_LOGIN and is_unnamed and self._invited is not None:
            scope.setdefault("state", {})["user"] = ""
            await self._invited(scope, receive, send)
            return
        if found is NOT_THE_PROXY:
            found = replace(NOT_THE_PROXY, target=f"{self._settings.own_address}/")
        if isinstance(found, Refusal):
            await refuse(self._page(found), scope, receive, send)
            return
        scope.setdefault("state", {})["user"] = found
        await self.app(scope, receive, send)

    def _user(self, scope: Scope) -> str | Refusal:
        peer = (scope.get("client") or ("",))[0]
        if peer not in self._settings.proxies:
            return NOT_THE_PROXY
        # With two such headers one would be the client's, not the proxy's.
        names = Headers(scope=scope).getlist(self._settings.login_header)
        user = names[0].strip() if len(names) == 1 else ""
        return user if 0 < len(user) <= _LONGEST_USER else NO_LOGIN


class SameOrigin(HttpMiddleware):
    """Refuses requests to another host name, and requests that another site's page sends."""

    def __init__(self, app: ASGIApp, settings: Settings, page: RefusalPage) -> None:
        super().__init__(app)
        self._settings = settings
        self._page = page

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope["method"], scope["path"], Headers(scope=scope))
        if refusal is WRONG_HOST:
            refusal = replace(WRONG_HOST, target=f"{self._settings.own_address}/")
        if refusal is not None:
            await refuse(self._page(refusal), scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _refusal(self, method: str, path: str, headers: Headers) -> Refusal | None:
        # A request has exactly one Host header (RFC 9112, 3.2). Two could be read differently by
        # a proxy and by us.
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in self._settings.hosts:
            return WRONG_HOST
        origin = headers.get("origin")
        opens = method == "POST" and path == OPENING_PATH and not self._settings.behind_proxy
        if origin == "null" and opens:
            # The form of a local file has the origin “null” (HTML, 7.1.1). Its token says where it is from.
            return None
        if origin is not None and origin not in self._settings.origins:
            return WRONG_ORIGIN
        if method in SAFE_METHODS:
            return None
        # Every browser sends Origin with a form, so a form without it is not from a browser.
        return None if origin is not None and method == "POST" else WRONG_ORIGIN


class ConcurrencyLimit(HttpMiddleware):
    """Refuses more than :data:`MOST_AT_ONCE` requests of one signed-in person at a time."""

    def __init__(self, app: ASGIApp, page: RefusalPage) -> None:
        super().__init__(app)
        self._page = page
        self._running: Counter[str] = Counter()

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        user = scope["state"]["user"]
        if user and self._running[user] >= MOST_AT_ONCE:
            target = own_path(scope["path"]) if scope["method"] in SAFE_METHODS else "/"
            await refuse(self._page(replace(TOO_MANY, target=target)), scope, receive, send)
            return
        self._running[user] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._running[user] -= 1
            if not self._running[user]:
                del self._running[user]


class BodyLimit(HttpMiddleware):
    """Raises :class:`BodyTooLargeError` where a request's body is read past the limit of its path.

    ``limit_of`` gives the limit of a path in bytes.
    """

    def __init__(self, app: ASGIApp, limit_of: Callable[[str], int]) -> None:
        super().__init__(app)
        self._limit_of = limit_of

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = self._limit_of(scope["path"])
        announced = Headers(scope=scope).get("content-length", "0")
        read = 0

        async def receive_within_limit() -> Message:
            nonlocal read
            if announced.isdigit() and int(announced) > limit:
                await drain(receive)
                raise BodyTooLargeError(limit)
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                if message.get("more_body"):
                    await drain(receive, read)
                raise BodyTooLargeError(limit)
            return message

        await self.app(scope, receive_within_limit, send)
