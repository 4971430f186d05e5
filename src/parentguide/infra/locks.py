"""A lock between processes, with this program's errors."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from parentguide.errors import ProjectError


@contextmanager
def process_lock(path: Path, wait: float, busy: ProjectError) -> Iterator[None]:
    """Hold the lock of the file ``path``. Raises ``busy`` after ``wait`` seconds, and another
    :class:`ProjectError` for a lock file that somebody made read-only or put something else in the place of.

    The lock is the operating system's, which releases it when a process is killed. It is not bound to a
    thread, because a batch releases it in another thread.
    """
    lock = FileLock(path, timeout=wait, thread_local=False)
    try:
        if path.exists() and not path.is_file():
            # Opening a pipe could wait for ever.
            raise IsADirectoryError(0, "it is not a file")
        lock.acquire()
    except Timeout:
        raise busy from None
    except (OSError, NotImplementedError, RuntimeError) as error:
        raise ProjectError(
            f"this lock cannot be used: {getattr(error, 'strerror', None) or error}",
            path=path,
            remedy="Delete it: it is made again. If that fails, ask who owns the folder.",
        ) from None
    try:
        yield
    finally:
        with suppress(OSError):
            lock.release()
