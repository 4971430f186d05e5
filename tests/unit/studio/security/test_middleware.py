"""Each middleware by itself, around an application that reports what reaches it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parentguide.studio.security.middleware import (
    MOST_AT_ONCE,
    POLICY,
    BodyLimit,
    BodyTooLargeError,
    ConcurrencyLimit,
    ProxyIdentity,
    SameOrigin,
    SecurityHeaders,
)
from parentguide.studio.security.refusals import Refusal
from parentguide.studio.settings import Settings
from tests.apart import run_async

KEY = b"k" * 32
ALONE = Settings(Path("x"), 8642, KEY)
PROXIED = Settings(
    Path("x"), 8642, KEY, public_address="https://guides.example.org", login_header="X-Remote-User"
)
HOST = ("host", "127.0.0.1:8642")
ORIGIN = ("origin", "http://127.0.0.1:8642")


def page(refusal: Refusal) -> Response:
    return Response(refusal.title, refusal.status)


class Inner:
    """The application inside. ``scope`` is that of the last request that reached it."""

    scope: Scope | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        await Response("inside", headers={"x-robots-tag": "all"})(scope, receive, send)


def ask(
    app: ASGIApp,
    headers: Sequence[tuple[str, str]] = (),
    *,
    method: str = "GET",
    path: str = "/",
    query: bytes = b"",
    client: str = "127.0.0.1",
    state: dict[str, Any] | None = None,
) -> tuple[int, Headers]:
    """The status and headers of the answer to one request."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "client": (client, 50000),
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "state": {"user": ""} if state is None else state,
    }

    async def run() -> None:
        await app(scope, receive, send)

    run_async(run())
    return sent[0]["status"], Headers(raw=sent[0]["headers"])


def test_security_headers_are_added_and_a_response_s_own_headers_win() -> None:
    status, headers = ask(SecurityHeaders(Inner()))
    assert status == 200
    assert headers["content-security-policy"] == POLICY
    assert headers["x-robots-tag"] == "all"


def test_a_websocket_is_dropped() -> None:
    inner = Inner()

    async def no_message() -> Message:
        raise AssertionError

    async def no_answer(_: Message) -> None:
        raise AssertionError

    run_async(SecurityHeaders(inner)({"type": "websocket"}, no_message, no_answer))
    assert inner.scope is None


def test_without_a_proxy_nobody_is_named() -> None:
    inner = Inner()
    state: dict[str, Any] = {}
    ask(ProxyIdentity(inner, ALONE, page), [("x-remote-user", "ann")], state=state)
    assert state == {"user": ""}


@pytest.mark.parametrize(
    ("names", "client", "status"),
    [
        (["ann"], "127.0.0.1", 200),
        (["ann"], "192.0.2.1", 403),
        ([], "127.0.0.1", 401),
        ([" "], "127.0.0.1", 401),
        (["ann", "bob"], "127.0.0.1", 401),
        (["a" * 201], "127.0.0.1", 401),
    ],
)
def test_only_a_trusted_proxy_names_one_person(names: list[str], client: str, status: int) -> None:
    headers = [("x-remote-user", name) for name in names]
    state: dict[str, Any] = {}
    assert ask(ProxyIdentity(Inner(), PROXIED, page), headers, client=client, state=state)[0] == status
    assert state.get("user") == ("ann" if status == 200 else None)


@pytest.mark.parametrize(
    ("headers", "method", "status"),
    [
        ([HOST], "GET", 200),
        ([HOST, ORIGIN], "POST", 200),
        ([("host", "localhost:8642")], "GET", 200),
        ([("host", "evil.example")], "GET", 400),
        ([("host", "127.0.0.1")], "GET", 400),
        ([], "GET", 400),
        ([HOST, HOST], "GET", 400),
        ([HOST, ("host", "evil.example")], "GET", 400),
        ([HOST, ("origin", "http://evil.example")], "GET", 403),
        ([HOST, ("origin", "null")], "POST", 403),
        ([HOST, ("origin", "null")], "GET", 403),
        ([HOST], "POST", 403),
        ([HOST, ORIGIN], "PUT", 403),
    ],
)
def test_host_and_origin_must_be_studio_s_own(
    headers: list[tuple[str, str]], method: str, status: int
) -> None:
    assert ask(SameOrigin(Inner(), ALONE, page), headers, method=method)[0] == status


@pytest.mark.parametrize(("settings", "status"), [(ALONE, 200), (PROXIED, 403)])
def test_only_the_form_of_a_local_file_that_opens_studio_may_have_no_origin(
    settings: Settings, status: int
) -> None:
    headers = [("host", next(iter(settings.hosts))), ("origin", "null")]
    app = SameOrigin(Inner(), settings, page)
    assert ask(app, headers, method="POST", path="/open")[0] == status
    assert ask(app, headers, method="GET", path="/open")[0] == 403
    evil = [headers[0], ("origin", "http://evil.example")]
    assert ask(app, evil, method="POST", path="/open")[0] == 403


def test_one_person_has_a_limited_number_of_requests_at_a_time() -> None:
    async def run(user: str) -> list[int]:
        entered, gate, statuses = 0, asyncio.Event(), list[int]()

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            nonlocal entered
            entered += 1
            await gate.wait()
            await Response()(scope, receive, send)

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        scope = {"type": "http", "method": "GET", "path": "/school", "state": {"user": user}}
        app = ConcurrencyLimit(slow, page)
        requests = [asyncio.create_task(app(scope, receive, send)) for _ in range(MOST_AT_ONCE + 3)]
        while entered + len(statuses) < len(requests):
            await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*requests)
        # All have ended, so there is room again.
        await app(scope, receive, send)
        return statuses

    assert sorted(run_async(run("ann"))) == [200] * (MOST_AT_ONCE + 1) + [429] * 3
    assert run_async(run("")) == [200] * (MOST_AT_ONCE + 4), "there is no limit on one's own computer"


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize(("size", "refused"), [(10, False), (11, True)])
def test_a_body_is_read_up_to_the_limit_of_its_path(announced: bool, size: int, refused: bool) -> None:
    body = bytearray()

    async def reader(scope: Scope, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            body.extend(message["body"])
            if not message["more_body"]:
                return

    async def run() -> None:
        left = size

        async def receive() -> Message:
            nonlocal left
            left -= 1
            return {"type": "http.request", "body": b"x", "more_body": left > 0}

        async def send(_: Message) -> None:
            raise AssertionError

        headers = [(b"content-length", str(size).encode("ascii"))] if announced else []
        app = BodyLimit(reader, lambda path: 10 if path == "/form" else 0)
        try:
            await app({"type": "http", "path": "/form", "headers": headers}, receive, send)
        finally:
            assert left == 0, "the rest is read, so that the browser shows the answer"

    if refused:
        with pytest.raises(BodyTooLargeError) as caught:
            run_async(run())
        assert caught.value.limit == 10
    else:
        run_async(run())
        assert len(body) == size
