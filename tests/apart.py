"""Run something in a thread of its own.

Playwright's synchronous API leaves an event loop running in the main thread of a process. After a browser
test, ``asyncio.run`` fails there, and so may CPython 3.11's parser (“AST constructor recursion depth
mismatch”), because Playwright switches greenlets.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def apart(function: Callable[[], T]) -> T:
    """What ``function`` returns or raises, run in a new thread."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(function).result()


def run_async(coroutine: Coroutine[Any, Any, T]) -> T:
    """``asyncio.run`` in a new thread."""
    return apart(lambda: asyncio.run(coroutine))
