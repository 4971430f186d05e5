"""Turns for what people upload: files take long to read, and must not keep others' pages waiting.

One file is read at a time, in a thread that is not one of those that make pages. So a worker process of
:mod:`parentguide.infra` is always free for pages that read a saved file. Each person has one upload at a
time; the next one waits before its body is read, so that it takes no memory.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

_AT_ONCE = 1

T = TypeVar("T")


class UploadTurns:
    """The turns of one Studio. To be used in one event loop."""

    def __init__(self) -> None:
        self._reading = CapacityLimiter(_AT_ONCE)
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: Counter[str] = Counter()

    @asynccontextmanager
    async def turn_of(self, person: str) -> AsyncIterator[None]:
        """One upload of a person, after their earlier ones."""
        lock = self._locks.setdefault(person, asyncio.Lock())
        self._waiting[person] += 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[person] -= 1
            if not self._waiting[person]:
                del self._waiting[person], self._locks[person]

    async def run(self, read: Callable[[], T]) -> T:
        """``read()`` in a thread, after those who came before."""
        return await to_thread.run_sync(read, limiter=self._reading)
