"""Stands before every request: who may ask, from which page, and how much at a time.

What it lets through has a session in ``scope["state"]["session"]``. It adds the headers
that keep a browser from doing more with a page than Studio asks for.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parentguide.studio.security.sessions import LONGEST, Session, new_session, read_session, same
from parentguide.studio.settings import Settings

SAFE_METHODS = ("GET", "HEAD")
# What a refused upload may still send before the line is cut: a browser shows our answer
# only after it was allowed to finish.
_MOST_DRAINED = 64_000_000
# Requests of one person at a time: a browser opens six, and a person may have several windows.
MOST_AT_ONCE = 16
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A preview is a finished page in a frame: its own style, no script, no form, no way out.
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox"
)
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


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered, in words for who made it."""

    status: int
    title: str
    advice: str


class TooLargeError(Exception):
    """More was sent than the page takes. ``limit`` in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


WRONG_HOST = Refusal(400, "This is not Studio's address", "Open Studio with the address that it printed.")
WRONG_ORIGIN = Refusal(
    403, "This did not come from Studio", "Nothing was changed. Go back to Studio and press the button there."
)
NOT_OPENED = Refusal(
    403,
    "Studio was not opened from here",
    "Start Studio again, and open the address that it prints. It is new each time, so that no other"
    " page on this computer can use Studio.",
)
NO_LOGIN = Refusal(
    401, "You are not signed in", "Sign in where your organisation asks you to, then open Studio again."
)
TOO_MANY = Refusal(
    429, "Too much at once", "Wait until the other pages have loaded, then load this one again."
)
NOT_THE_PROXY = Refusal(
    403, "Studio cannot be reached this way", "Open the address that your organisation gave you."
)


class SecurityMiddleware:
    """ASGI middleware. ``refused`` draws the page of a refusal; ``limit_of`` gives the most
    bytes that a path may be sent; ``clock`` gives seconds since 1970."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        refused: Callable[[Refusal], Response],
        limit_of: Callable[[str], int],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._app = app
        self._settings = settings
        self._refused = refused
        self._limit_of = limit_of
        self._clock = clock
        self._busy: Counter[str] = Counter()
        suffix = "studio" if settings.secure else f"studio-{settings.port}"
        # Cookies know no ports, so a second Studio needs a name of its own.
        self._cookie = f"__Host-parentguide-{suffix}" if settings.secure else f"parentguide-{suffix}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        user, refusal = self._user(scope, headers)
        refusal = refusal or self._foreign(scope["method"], headers)
        if refusal is None and scope["path"] == "/open" and not self._settings.behind_proxy:
            await self._open(scope, receive, self._dressed(send))
            return
        session = self._session(headers, user)
        if refusal is None and session is None:
            if not self._settings.behind_proxy:
                refusal = NOT_OPENED
            elif scope["method"] not in SAFE_METHODS:
                refusal = WRONG_ORIGIN
        if refusal is None and user and self._busy[user] >= MOST_AT_ONCE:
            refusal = TOO_MANY
        if refusal is not None:
            await _drain(receive)
            await self._refused(refusal)(scope, receive, self._dressed(send))
            return
        fresh = None if session else new_session(user, self._clock())
        scope.setdefault("state", {})["session"] = session or fresh
        limit = self._limit_of(scope["path"])
        self._busy[user] += 1
        try:
            await self._app(scope, _limited(receive, limit, headers), self._dressed(send, fresh))
        finally:
            self._busy[user] -= 1
            if not self._busy[user]:
                del self._busy[user]

    def _user(self, scope: Scope, headers: Headers) -> tuple[str, Refusal | None]:
        """Who the proxy says is there; nobody in particular on one's own computer."""
        if not self._settings.behind_proxy:
            return "", None
        peer = (scope.get("client") or ("",))[0]
        if peer not in self._settings.proxies:
            return "", NOT_THE_PROXY
        names = headers.getlist(self._settings.login_header)
        user = names[0].strip() if len(names) == 1 else ""
        return (user, None) if 0 < len(user) <= 200 else ("", NO_LOGIN)

    def _foreign(self, method: str, headers: Headers) -> Refusal | None:
        """Refuses what another site's page had a browser send."""
        if headers.getlist("host") != [headers.get("host")] or headers["host"] not in self._settings.hosts:
            return WRONG_HOST
        origin = headers.get("origin")
        if origin is not None and origin not in self._settings.origins:
            return WRONG_ORIGIN
        if method in SAFE_METHODS:
            return None
        # Every browser says where a form comes from; what does not say so is no browser's form.
        return None if origin is not None and method == "POST" else WRONG_ORIGIN

    def _session(self, headers: Headers, user: str) -> Session | None:
        jar = SimpleCookie()
        try:
            jar.load(headers.get("cookie", ""))
        except CookieError:
            return None
        found = jar.get(self._cookie)
        return read_session(found.value, user, self._settings.key, self._clock()) if found else None

    async def _open(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Exchanges the token of the opening address for a cookie."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["method"] != "GET" or not same(given, self._settings.token):
            await self._refused(NOT_OPENED)(scope, receive, send)
            return
        response = RedirectResponse("/", 303)
        response.headers.append("set-cookie", self._set_cookie(new_session("", self._clock())))
        await response(scope, receive, send)

    def _set_cookie(self, session: Session) -> str:
        secure = "; Secure" if self._settings.secure else ""
        value = session.cookie(self._settings.key)
        return f"{self._cookie}={value}; Max-Age={LONGEST}; Path=/; HttpOnly; SameSite=Strict{secure}"

    def _dressed(self, send: Send, fresh: Session | None = None) -> Send:
        """``send`` with our headers, where the answer has none of its own, and a new visit's cookie."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if fresh is not None:
                    headers.append("set-cookie", self._set_cookie(fresh))
            await send(message)

        return dressed


async def _drain(receive: Receive, already: int = 0) -> None:
    """Take what is still being sent, and forget it."""
    while already < _MOST_DRAINED:
        message = await receive()
        already += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return


def _limited(receive: Receive, limit: int, headers: Headers) -> Receive:
    """``receive`` that raises :class:`TooLargeError` past ``limit`` bytes."""
    said = headers.get("content-length", "0")
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        if said.isdigit() and int(said) > limit:
            await _drain(receive)
            raise TooLargeError(limit)
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            await _drain(receive, taken)
            raise TooLargeError(limit)
        return message

    return limited
