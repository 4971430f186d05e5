"""Run a function in another process, which is ended when it takes too much time or memory.

A file that somebody gives can make its reader run for hours or fill the memory; no check before that
knows every way. So the readers of pictures, documents and spreadsheets run in worker processes. A worker
is started when the first file needs one, and is used again: a call then costs under a millisecond.

Decision: docs/decisions/0041-readers-behind-limits.md.
"""

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore, Event, Lock, Thread
from time import monotonic
from typing import Any, TypeVar

import psutil

from parentguide.errors import ParentguideError, SourceError
from parentguide.infra import limited_worker
from parentguide.infra.limited_answer import Answer, UnsafeAnswerError, read_answer

T = TypeVar("T")
# Not multiprocessing, whose processes import the main module again, and whose fork is unsafe with threads.
_WORKER = f"from {limited_worker.__name__} import run; run()"
# The size of the pool bounds the memory of all workers together.
WORKERS = max(2, min(4, os.cpu_count() or 2))
# A worker is replaced after so many calls: libraries lose a little memory with each.
_CALLS_OF_A_WORKER = 200
_LOOK_EVERY = 0.02  # seconds
# On a busy machine the worker gets a share of a processor, so the clock may run longer than the worker.
_CLOCK = 3
_LONGEST_WAIT = 60  # seconds for a free worker
# The same file is refused at once, but not for ever: the machine may have been busy.
_REFUSED_FOR = 600  # seconds
_MOST_REFUSED = 500
_SMALLER = "Give a simpler or smaller file, or save it again as another type."


def limited(
    function: Callable[..., T],
    *args: Any,
    seconds: float = 10,
    megabytes: int = 500,
    path: Path | None = None,
) -> T:
    """``function(*args)``, a pure function of a module whose arguments and result can be pickled.

    ``seconds`` are of a processor's time, and ``megabytes`` are those of the whole worker, of which the
    program itself needs up to 220. Raises the :class:`ParentguideError` of the function as it is, and
    :class:`SourceError` with ``path`` where a limit is passed or the function fails in any other way. Several
    threads may call this. In a worker, the function is called directly.
    """
    if limited_worker.INSIDE:
        return function(*args)
    answer = _POOL.answer(pickle.dumps((function, args, seconds, megabytes)), seconds, megabytes)
    if answer is None:
        raise SourceError("this file takes too much time or memory to read", remedy=_SMALLER, path=path)
    if isinstance(answer.error, ParentguideError):
        raise answer.error
    if answer.error is not None:
        # Libraries raise many kinds of errors for broken files. The cause is kept: it may be our mistake.
        raise SourceError(
            f"this file is broken or of an unknown kind ({type(answer.error).__name__})",
            remedy="Open it in the program that made it, and save it again.",
            path=path,
        ) from answer.error
    value: T = answer.value
    return value


class _Worker:
    """One process, and the pipes to it."""

    def __init__(self) -> None:
        self.calls = 0
        paths = [entry or os.getcwd() for entry in sys.path]  # noqa: PTH109 - what an empty entry means
        self._process = subprocess.Popen(  # noqa: S603 - this program
            [sys.executable, "-P", "-c", _WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Libraries that run out of memory say so on their way; our error says it to the person.
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), **limited_worker.ENVIRONMENT},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def answer(self, job: bytes, seconds: float, megabytes: int) -> Answer | None:
        """The answer to a job; None if the worker was ended. It must not be used again then."""
        self.calls += 1
        assert self._process.stdin
        assert self._process.stdout
        done = Event()
        watch = partial(self._watch, done, seconds, megabytes)
        Thread(target=watch, name="parentguide-limits", daemon=True).start()
        try:
            self._process.stdin.write(job)
            self._process.stdin.flush()
            return read_answer(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError, UnsafeAnswerError):
            return None
        finally:
            done.set()

    def _watch(self, done: Event, seconds: float, megabytes: int) -> None:
        """End the process when it passes a limit; return when the job is done."""
        latest = monotonic() + seconds * _CLOCK
        before: float | None = None
        while not done.wait(_LOOK_EVERY):
            try:
                process = psutil.Process(self._process.pid)
                used, memory = sum(process.cpu_times()[:2]), process.memory_info().rss
            except psutil.Error:
                return
            before = used if before is None else before
            if used - before > seconds or memory > megabytes * 1_000_000 or monotonic() > latest:
                self._process.kill()
                return

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):  # what was not sent yet cannot be sent any more
                    pipe.close()


class _Pool:
    """Workers, at most :data:`WORKERS` at the same time. Safe to use from several threads."""

    def __init__(self) -> None:
        self._free = BoundedSemaphore(WORKERS)
        self._lock = Lock()
        self._idle: list[_Worker] = []
        self._refused: dict[bytes, float] = {}

    def answer(self, job: bytes, seconds: float, megabytes: int) -> Answer | None:
        """The answer to a job; None if it passed the limits, now or a short time ago."""
        name = sha256(job).digest()
        if self._was_refused(name):
            return None
        if not self._free.acquire(timeout=_LONGEST_WAIT):
            raise SourceError("too many files are being read at the moment", remedy="Try again in a minute.")
        try:
            # Somebody may have sent the same file while this call waited.
            answer = None if self._was_refused(name) else self._ask(job, seconds, megabytes)
        finally:
            self._free.release()
        if answer is None:
            self._refuse(name)
        return answer

    def _ask(self, job: bytes, seconds: float, megabytes: int) -> Answer | None:
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        if worker is None:
            worker = _Worker()
        answer = None
        try:
            answer = worker.answer(job, seconds, megabytes)
        finally:
            if answer is None or not answer.healthy or worker.calls >= _CALLS_OF_A_WORKER:
                worker.end()
            else:
                with self._lock:
                    self._idle.append(worker)
        # A worker that ran out of memory can still say so.
        return None if not answer or not answer.healthy else answer

    def _was_refused(self, name: bytes) -> bool:
        with self._lock:
            return self._refused.get(name, 0) > monotonic()

    def _refuse(self, name: bytes) -> None:
        with self._lock:
            self._refused[name] = monotonic() + _REFUSED_FOR
            if len(self._refused) > _MOST_REFUSED:
                del self._refused[next(iter(self._refused))]

    def end(self) -> None:
        """End the workers that do nothing. The others end when their pipes do."""
        with self._lock:
            workers, self._idle = self._idle, []
        for worker in workers:
            worker.end()


_POOL = _Pool()


def _after_fork() -> None:
    """A forked child must not speak to the workers of its parent."""
    global _POOL  # noqa: PLW0603 - the pool belongs to one process
    _POOL = _Pool()


def end_workers() -> None:
    """End all idle workers; the next call starts new ones."""
    _POOL.end()


atexit.register(end_workers)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
