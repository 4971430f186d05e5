"""Limits of connections, on a real socket: slow clients are cut, and nobody can keep others out."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread

import pytest
import uvicorn
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from parentguide.studio.security import connections
from parentguide.studio.security.connections import connection_class
from parentguide.studio.server import listening

BIG = 30_000_000  # bytes: more than the buffers of both ends take


class App:
    """Reads a request whole, and answers. ``ends`` is how each request of the test ended: a page that another
    test left open may still ask at a port that belonged to its Studio before, and gives its own Host."""

    def __init__(self) -> None:
        self.ends: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ends = self.ends if _is_of_the_test(scope) else []
        if scope["path"] == "/early":
            await Response("early")(scope, receive, send)
            return
        try:
            await Request(scope, receive).body()
        except ClientDisconnect:
            ends.append("cut")
            return
        if scope["path"] == "/work":
            await asyncio.sleep(1)
        await Response(b"x" * BIG if scope["path"] == "/big" else b"done")(scope, receive, send)
        ends.append("answered")


def _is_of_the_test(scope: Scope) -> bool:
    return all(value in (b"x", b"") for name, value in scope["headers"] if name == b"host")


class Running:
    def __init__(self, port: int, app: App, stack: ExitStack, server: uvicorn.Server) -> None:
        self.port, self.app, self._stack, self.server = port, app, stack, server

    def line(self, sent: bytes = b"", timeout: float = 30) -> socket.socket:
        """A connection that has sent something."""
        line = self._stack.enter_context(socket.create_connection(("127.0.0.1", self.port), timeout))
        line.sendall(sent)
        return line

    def get(self, path: bytes = b"/") -> bytes:
        """The whole answer to a request."""
        return rest(self.line(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))


@contextmanager
def running(trusted: frozenset[str] = frozenset()) -> Iterator[Running]:
    app = App()
    door = listening("127.0.0.1", 0)
    config = uvicorn.Config(app, http=connection_class(trusted), lifespan="off", log_level="warning")
    config.timeout_graceful_shutdown = 1
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    with ExitStack() as stack:
        yield Running(int(door.getsockname()[1]), app, stack, server)
        server.should_exit = True
    thread.join(30)
    assert not thread.is_alive()


@pytest.fixture
def short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_TICK": 0.05, "HEADER_TIME": 0.5, "BODY_TIME": 0.5, "ANSWER_TIME": 0.5}.items():
        monkeypatch.setattr(connections, name, value)


def rest(line: socket.socket) -> bytes:
    """All that still comes; what has come until the other end cuts the connection."""
    parts = []
    try:
        while part := line.recv(65536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def until(line: socket.socket, wanted: bytes) -> None:
    """Read until ``wanted`` has come."""
    read = b""
    while wanted not in read:
        part = line.recv(65536)
        assert part, read
        read += part


def is_cut(line: socket.socket, part: bytes, every: float = 0.05, longest: float = 60) -> bool:
    """Send ``part`` again and again: whether the other end ends that. ``longest``, in seconds, only ends a
    test that would hang."""
    end = time.monotonic() + longest
    line.settimeout(every)
    while time.monotonic() < end:
        try:
            line.sendall(part)
            line.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            continue
        except OSError:
            pass
        line.settimeout(30)
        return True
    return False


POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"


@pytest.mark.usefixtures("short_limits")
@pytest.mark.parametrize("first", [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\nA: "])
def test_a_head_that_never_ends_is_cut(first: bytes) -> None:
    with running() as studio:
        line = studio.line(first)
        assert is_cut(line, b"a")
        assert studio.app.ends == []
        assert studio.get().endswith(b"done")


@pytest.mark.usefixtures("short_limits")
def test_a_second_head_on_the_same_connection_is_cut_too() -> None:
    with running() as studio:
        line = studio.line(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        until(line, b"done")
        assert is_cut(line, b"a")


@pytest.mark.usefixtures("short_limits")
@pytest.mark.parametrize(
    "head", [POST % 1000, b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"]
)
def test_a_body_that_trickles_is_cut_with_a_reason(head: bytes) -> None:
    part = b"a" if b"Length" in head else b"1\r\na\r\n"
    with running() as studio:
        line = studio.line(head)
        assert is_cut(line, part)
        assert b"408 Request Timeout" in rest(line)
        wait_until(lambda: studio.app.ends == ["cut"])


@pytest.mark.usefixtures("short_limits")
def test_a_body_that_trickles_after_its_answer_is_cut() -> None:
    with running() as studio:
        line = studio.line(b"POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
        until(line, b"early")
        assert is_cut(line, b"a")


@pytest.mark.usefixtures("short_limits")
def test_a_slow_but_honest_upload_arrives() -> None:
    with running() as studio:
        line = studio.line(POST % 30_000)
        for _ in range(30):  # 1.5 s at 20 kB a second: longer than BODY_TIME, and faster than SLOWEST
            line.sendall(b"x" * 1000)
            time.sleep(0.05)
        until(line, b"done")


@pytest.mark.usefixtures("short_limits")
def test_work_that_takes_longer_than_a_request_may_is_not_cut() -> None:
    with running() as studio:
        assert studio.get(b"/work").endswith(b"done")


@pytest.mark.usefixtures("short_limits")
def test_an_answer_that_nobody_takes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SLOWEST", 1e9)
    with running() as studio:
        line = studio.line(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
        wait_until(lambda: studio.app.ends == ["answered"])
        wait_until(lambda: not studio.server.server_state.connections)
        assert len(rest(line)) < BIG
        assert len(studio.get(b"/big")) > BIG


@pytest.mark.parametrize("sent", [b"", b"GET / HT", POST % 1000 + b"a"], ids=["nothing", "head", "body"])
def test_many_half_open_connections_keep_nobody_out(sent: bytes) -> None:
    with running() as studio:
        for _ in range(405):
            studio.line(sent)
        start = time.monotonic()
        assert studio.get().endswith(b"done")
        assert time.monotonic() - start < connections.HEADER_TIME, "it waited for one of them"
        assert len(studio.server.server_state.connections) <= connections.MOST_EACH


def test_a_trusted_proxy_may_open_more_connections_but_not_any_number() -> None:
    with running(frozenset({"127.0.0.1"})) as studio:
        for _ in range(connections.MOST_CONNECTIONS + 50):
            studio.line(b"GET / HT")
        assert studio.get().endswith(b"done")
        found = len(studio.server.server_state.connections)
        assert connections.MOST_EACH < found <= connections.MOST_CONNECTIONS


def test_where_all_connections_are_at_work_a_new_one_hears_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_EACH", 3)
    with running() as studio:
        busy = [studio.line(b"GET /work HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") for _ in range(3)]
        wait_until(lambda: len(studio.server.server_state.tasks) == 3)
        assert b"503 Service Unavailable" in rest(studio.line())
        assert all(rest(line).endswith(b"done") for line in busy), "those who were first are not disturbed"
        assert studio.get().endswith(b"done")


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)
