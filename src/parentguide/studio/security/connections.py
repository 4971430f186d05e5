"""Limits of time and number for connections, below HTTP: a slow or greedy client cannot keep others out.

uvicorn limits only how long an idle connection stays open after an answer, and with ``limit_concurrency``
it refuses everybody once there are too many connections. So this protocol closes a connection whose
request does not arrive in time, or that does not take its answer. Where there are too many connections,
it closes the one that has waited longest for a request, and serves the new one.
"""

import asyncio
from enum import Enum, auto
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

MOST_CONNECTIONS = 400
MOST_EACH = 100  # connections of one address, unless it is a trusted proxy
HEADER_TIME = 10.0  # seconds for the whole head of a request
# Seconds for a body and for an answer, and more for those of many bytes, as Apache's mod_reqtimeout does.
BODY_TIME = 20.0
ANSWER_TIME = 60.0
SLOWEST = 5_000.0  # bytes a second
_TICK = 1.0  # seconds between two looks at a connection

# Below HTTP there are no templates; the style comes from Studio once there is room again.
_PAGE = """\
<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Try again - parentguide Studio</title>
<link rel="stylesheet" href="/static/tokens.css">
<link rel="stylesheet" href="/static/studio.css">
</head>
<body>
<header><p class="brand">parentguide Studio</p></header>
<main>
<h1>Try again</h1>
<p>{text}</p>
<p class="buttons"><a class="button" href="/">Go to the start of Studio</a></p>
</main>
</body>
</html>
"""


class _Stage(Enum):
    IDLE = auto()  # after an answer; uvicorn closes it after timeout_keep_alive
    HEAD = auto()
    BODY = auto()
    ANSWER = auto()


class LimitedConnection(H11Protocol):
    """One connection. ``trusted`` are addresses that may open any number, up to :data:`MOST_CONNECTIONS`."""

    trusted: ClassVar[frozenset[str]] = frozenset()

    _timer: asyncio.TimerHandle | None = None
    _stage = _Stage.HEAD
    # The loop's time at which the stage began, and the bytes that have come since.
    _since = 0.0
    _received = 0
    # When an unsent answer must have been taken; None while there is none.
    _answer_deadline: float | None = None

    @property
    def peer(self) -> str:
        """The address of the client, without its port."""
        return self.client[0] if self.client else ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._since = self.loop.time()
        self._timer = self.loop.call_later(_TICK, self._look)
        if not self._has_room():
            self._end(503, "Too many connections. Wait a moment, and reload the page.")

    def data_received(self, data: bytes) -> None:
        before = self._stage
        super().data_received(data)
        self._stage = self._present_stage()
        if self._stage is not before:
            self._since, self._received = self.loop.time(), 0
        self._received += len(data)

    def on_response_complete(self) -> None:
        answered = self.cycle
        super().on_response_complete()
        # A body that is still being sent after its answer keeps its deadline.
        if self._present_stage() is not _Stage.BODY or self.cycle is not answered:
            self._stage = self._present_stage()
            self._since, self._received = self.loop.time(), 0

    def resume_writing(self) -> None:
        super().resume_writing()
        self._answer_deadline = None

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def _present_stage(self) -> _Stage:
        state = self.conn.their_state
        if state is h11.IDLE:
            return _Stage.HEAD if self.conn.trailing_data[0] else _Stage.IDLE
        return _Stage.BODY if state is h11.SEND_BODY else _Stage.ANSWER

    def _has_room(self) -> bool:
        """Whether this new connection may stay. It makes room by closing one that waits for a request."""
        every = [one for one in self.connections if isinstance(one, LimitedConnection)]
        own = [one for one in every if one.peer == self.peer]
        if self.peer not in self.trusted and len(own) > MOST_EACH:
            crowd = own
        elif len(every) > MOST_CONNECTIONS:
            crowd = every
        else:
            return True
        waiting = [one for one in crowd if one is not self and one._stage is not _Stage.ANSWER]
        if not waiting:
            return False
        # One that has sent nothing useful first, then one whose body is on its way.
        min(waiting, key=lambda one: (one._stage is _Stage.BODY, one._since))._drop()
        return True

    def _look(self) -> None:
        """Close the connection if a deadline has passed; else look again after a while."""
        now = self.loop.time()
        self._timer = self.loop.call_later(_TICK, self._look)
        if self._is_answer_stuck(now):
            self._drop()
        elif not self.transport.is_closing() and self._is_request_late(now):
            self._end(408, "The request took too long. Nothing was changed. Go back, and send it again.")

    def _is_request_late(self, now: float) -> bool:
        if self._stage is _Stage.HEAD:
            return now > self._since + HEADER_TIME
        if self._stage is not _Stage.BODY:
            return False
        if self.flow.read_paused:  # we are slow, not the client
            self._since, self._received = now, 0
        return now > self._since + BODY_TIME + self._received / SLOWEST

    def _is_answer_stuck(self, now: float) -> bool:
        unsent = self.transport.get_write_buffer_size()
        if not unsent:
            self._answer_deadline = None
        elif self._answer_deadline is None:
            self._answer_deadline = now + ANSWER_TIME + unsent / SLOWEST
        return self._answer_deadline is not None and now > self._answer_deadline

    def _end(self, status: int, text: str) -> None:
        """Say why, where the client can still be told, and close the connection."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE) or (status == 408 and not self._received):
            self._drop()
            return
        self._leave()
        body = _PAGE.format(text=text).encode("ascii")
        headers = [
            ("content-type", "text/html; charset=utf-8"),
            ("content-security-policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'"),
            ("content-length", str(len(body))),
            ("connection", "close"),
        ]
        for event in (
            h11.Response(status_code=status, headers=headers, reason=STATUS_PHRASES[status]),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _drop(self) -> None:
        self._leave()
        self.transport.abort()

    def _leave(self) -> None:
        """No longer count as a connection, and tell a request that is being read that it has ended."""
        self.connections.discard(self)
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()


def connection_class(trusted: frozenset[str]) -> type[LimitedConnection]:
    """The protocol of one server. ``trusted`` are the addresses of its proxies."""
    return type("Connection", (LimitedConnection,), {"trusted": trusted})
