"""The process of :mod:`parentguide.infra.limited` that calls functions under limits and sends the results.

Jobs come as pickles on the standard input, answers go to the standard output. The process ends with its
input, so also when the program that started it is killed.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from parentguide.infra.limited_answer import Answer

# Whether this process is a worker.
INSIDE = False
# Each thread of the allocator and of Typst reserves addresses, which count as memory.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": "1"}
_NICENESS = 10


def run() -> None:
    """The whole life of a worker."""
    global INSIDE  # noqa: PLW0603 - a process is a worker from its start
    INSIDE = True
    serve(*_prepare())


def serve(jobs: IO[bytes], answers: IO[bytes]) -> None:
    """Answer each job until there are no more."""
    while True:
        try:
            function, args, seconds, megabytes = pickle.load(jobs)  # noqa: S301 - from the program itself
        except EOFError:
            return
        _set_limits(seconds, megabytes)
        answers.write(_pickled(_call(function, args)))
        answers.flush()


def _call(function: Callable[..., Any], args: tuple[Any, ...]) -> Answer:
    try:
        return Answer(function(*args))
    except (MemoryError, RecursionError):
        return Answer(healthy=False)
    except Exception as error:  # noqa: BLE001 - whatever it is, the program decides what to do
        return Answer(error=error)


def _pickled(answer: Answer) -> bytes:
    try:
        return pickle.dumps(answer)
    except (MemoryError, RecursionError):
        return pickle.dumps(Answer(healthy=False))
    except Exception:  # noqa: BLE001 - an error of a library that cannot be sent
        return pickle.dumps(Answer(error=RuntimeError(type(answer.error or answer.value).__name__)))


def _set_limits(seconds: float, megabytes: int) -> None:
    """The system's own limits: faster than the program that watches, and there when it was killed."""
    if sys.platform == "win32":
        return
    import resource

    spent = resource.getrusage(resource.RUSAGE_SELF)
    for which, soft in (
        (resource.RLIMIT_CPU, int(spent.ru_utime + spent.ru_stime + seconds) + 2),
        (resource.RLIMIT_AS, megabytes * 1_000_000),
    ):
        with suppress(ValueError, OSError):  # macOS has no limit of addresses: the program watches
            resource.setrlimit(which, (soft, resource.getrlimit(which)[1]))


def _prepare() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes. What a library prints must not become part of an answer."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    # Ctrl+C goes to all processes of a terminal; the program ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        import psutil

        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        import resource

        os.nice(_NICENESS)
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    return jobs, answers
