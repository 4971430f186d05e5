"""The middleware that starts a session with the opening token, and finds it again by its cookie."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from parentguide.studio.security.cookies import cookie_values
from parentguide.studio.security.opening import OpeningToken
from parentguide.studio.security.refusals import Refusal
from parentguide.studio.security.session_cookie import SessionCookie
from parentguide.studio.security.sessions import LONGEST, new_session
from parentguide.studio.settings import Settings
from tests.apart import run_async

KEY = b"k" * 32
ALONE = Settings(Path("x"), 8642, KEY)
PROXIED = Settings(
    Path("x"), 8642, KEY, public_address="https://guides.example.org", login_header="X-Remote-User"
)
NOW = 1_000_000.0
NAME = "parentguide-studio-8642"


def refusal_page(refusal: Refusal) -> Response:
    return Response(refusal.title, refusal.status)


class Studio:
    """The middleware around an application that counts what reaches it."""

    def __init__(self, settings: Settings = ALONE) -> None:
        self.reached = 0
        self.token = OpeningToken()
        self.app = SessionCookie(
            self._inner,
            settings,
            refusal_page,
            self.token,
            lambda: Response("which code?"),
            lambda: Response("open"),
            Response("this visit has ended", 403),
            lambda: NOW,
        )

    async def _inner(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached += 1
        await Response("inside")(scope, receive, send)

    def ask(
        self,
        headers: Sequence[tuple[str, str]] = (),
        *,
        method: str = "GET",
        path: str = "/",
        query: bytes = b"",
        body: bytes = b"",
        user: str = "",
    ) -> tuple[int, Headers]:
        """The status and headers of the answer. The body is sent one byte at a time."""
        sent: list[Message] = []
        left = [body[n : n + 1] for n in range(len(body))] or [b""]

        async def receive() -> Message:
            return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

        async def send(message: Message) -> None:
            sent.append(message)

        scope: Scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query,
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
            "state": {"user": user},
        }

        async def run() -> None:
            await self.app(scope, receive, send)

        run_async(run())
        return sent[0]["status"], Headers(raw=sent[0]["headers"])

    def open(self, token: str) -> tuple[int, Headers]:
        return self.ask(method="POST", path="/open", body=urlencode({"token": token}).encode())


def test_the_opening_token_is_exchanged_for_a_cookie_once() -> None:
    studio = Studio()
    token = studio.token.value
    assert studio.open("wrong")[0] == 403
    status, headers = studio.open(token)
    assert status == 200
    cookie = headers["set-cookie"]
    assert "HttpOnly; SameSite=Strict" in cookie
    assert token not in cookie
    assert studio.reached == 0
    assert studio.open(token)[0] == 403, "it was used"
    assert studio.ask([("cookie", f"other=1; {cookie.partition(';')[0]}")])[0] == 200
    assert studio.reached == 1


def test_a_token_in_an_address_opens_nothing() -> None:
    studio = Studio()
    query = f"token={studio.token.value}".encode()
    status, headers = studio.ask(path="/open", query=query)
    assert (status, "set-cookie" in headers) == (200, False), "it is the page that asks for the code"
    assert studio.ask(method="POST", path="/open", query=query)[0] == 403
    assert studio.open(studio.token.value)[0] == 200


@pytest.mark.parametrize("body", [b"", b"token", b"token=" + b"a" * 100_000, b"\xff\x00=%%%", b"&" * 5000])
def test_a_strange_body_opens_nothing(body: bytes) -> None:
    assert Studio().ask(method="POST", path="/open", body=body)[0] == 403


def test_a_page_without_a_valid_session_is_refused() -> None:
    cookie = new_session("", NOW - LONGEST - 1).cookie(KEY)
    for value in ("", "x", cookie):
        assert Studio().ask([("cookie", f"{NAME}={value}")])[0] == 403


# What programs on other ports of this computer may have set.
FOREIGN = [
    'settings={"theme": "dark", "size": 12}',
    "name with spaces=a b c",
    "list=1,2,3",
    '"quoted"="a \\" b"',
    '"open="never closed',
    "=no name",
    "no equals sign",
    "größe=übergroß",
    "{",
    "a" * 5000,
    "$Version=1",
    "__Host-x==;;;",
    f"{NAME}=of another program",
    f"{NAME}=",
    f"X{NAME}=1",
]


@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_cookie_of_another_program_locks_nobody_out(foreign: str) -> None:
    own = f"{NAME}={new_session('', NOW).cookie(KEY)}"
    for line in (f"{foreign}; {own}", f"{own}; {foreign}", f"{foreign};{own};{foreign}"):
        assert Studio().ask([("cookie", line)])[0] == 200, line
    assert Studio().ask([("cookie", foreign), ("cookie", own)])[0] == 200, "two headers"
    assert Studio().ask([("cookie", foreign)])[0] == 403


def test_the_values_of_a_cookie_are_all_found_and_not_decoded() -> None:
    line = 'a=1; b="x\\073y"; a = 2 ;aa=3; a; a=4=5'
    headers = Headers({"cookie": line})
    assert cookie_values(headers, "a") == ("1", "2", "4=5")
    assert cookie_values(headers, "b") == ('"x\\073y"',)
    assert cookie_values(Headers({}), "a") == ()


def test_behind_a_proxy_the_first_page_starts_a_session_and_a_form_does_not() -> None:
    studio = Studio(PROXIED)
    status, headers = studio.ask(user="ann")
    assert status == 200
    assert headers["set-cookie"].startswith("__Host-parentguide-studio=")
    assert headers["set-cookie"].endswith("; Secure")
    cookie = ("cookie", headers["set-cookie"].partition(";")[0])
    status, headers = studio.ask([cookie], method="POST", user="ann")
    assert (status, "set-cookie" in headers) == (200, False)
    assert studio.ask([cookie], method="POST", user="bob")[0] == 403
    assert studio.ask(method="POST", user="ann")[0] == 403
    assert studio.ask(method="POST", path="/open", user="ann")[0] == 403, "there is no token behind a proxy"
