"""What tells :class:`Lifetime` of each request, and looks at the clock while Studio runs."""

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

from parentguide.studio.security.middleware import HttpMiddleware
from parentguide.studio.security.sessions import Session
from parentguide.studio.services.build_queue import BuildQueue
from parentguide.studio.services.lifetime import TICK, Lifetime


class SignsOfLife(HttpMiddleware):
    """Each request is a sign of life, from its first byte to the end of its answer."""

    def __init__(self, app: ASGIApp, lifetime: Lifetime) -> None:
        super().__init__(app)
        self._lifetime = lifetime

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._lifetime.begin_request()
        try:
            await self.app(scope, receive, send)
        finally:
            session: Session | None = scope.get("state", {}).get("session")
            self._lifetime.end_request(session.id if session else "")


async def end_when_nobody_is_there(lifetime: Lifetime, queue: BuildQueue) -> None:
    """Runs as long as Studio, unless that has to stay open."""
    while lifetime.ending is None:
        await asyncio.sleep(TICK)
        lifetime.look(busy=queue.busy)
