"""Temporary files and folders, and what a program that was stopped left of them.

A temporary file has a name such as ``.guide.md.parentguide-0123456789abcdef``. The program that uses it
holds the operating system's lock on it, and the lock ends with the program, however that ends. So a
file with such a name and no lock is a leftover, and the next command that writes in its folder removes
it. A temporary folder contains a file that is locked in the same way. Windows needs no lock, because it
does not remove an open file.
"""

import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from threading import Lock

if sys.platform != "win32":
    import fcntl

IN_USE = ".in-use"
_OURS = re.compile(r"\..*\.parentguide-[0-9a-f]{16}", re.DOTALL)
# The names that versions before December 2026 used, without a lock.
_EARLIER_FILE = re.compile(r"\..+\.[0-9a-f]{16}", re.DOTALL)
_EARLIER_FOLDER = re.compile(r"(\.new-guide-|\.studio-|parentguide-draft-)[a-z0-9_]{8}")
_LONG_AGO = 3600  # seconds
_SWEEP_AGAIN = 60  # seconds
_LONGEST_NAME = 100  # bytes, so that the name with our ending is not longer than 255
_ATTEMPTS = 10
_swept: dict[str, float] = {}
_swept_lock = Lock()


def temporary_name(name: str) -> str:
    """The name of a new temporary file or folder for ``name``. No other program uses it."""
    return f".{shortened(name)}.parentguide-{token_hex(8)}"


def shortened(name: str) -> str:
    """The start of a file name, so short that a name can be made of it."""
    return os.fsencode(name)[:_LONGEST_NAME].decode("utf-8", "ignore")


class TemporaryFile:
    """A new file that gets its real name when it is complete. Every method raises :class:`OSError`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path, self._handle = _locked_file(lambda: folder / temporary_name(name))
        self._open = True

    def write(self, data: bytes) -> None:
        """Write the bytes, and return when they are on the disk.

        Without that, a rename can reach the disk before the bytes do, and a power cut then leaves an
        empty file under the new name.
        """
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._handle, rest) :]
        os.fsync(self._handle)

    def rename_to(self, path: Path) -> None:
        """Give the file its real name, in the place of an older file."""
        if sys.platform == "win32":
            self._close()  # Windows does not rename an open file
        self._path.replace(path)

    def discard(self) -> None:
        """Remove the file if it does not have its real name."""
        if sys.platform == "win32":
            self._close()
        with suppress(OSError):
            self._path.unlink()
        self._close()

    def _close(self) -> None:
        if self._open:
            self._open = False
            os.close(self._handle)


@contextmanager
def temporary_folder(parent: Path, name: str) -> Iterator[Path]:
    """A new folder in ``parent``, which is removed at the end. Raises :class:`OSError`."""
    folder, handle = locked_folder(lambda: parent / temporary_name(name))
    try:
        yield folder
    finally:
        release(folder, handle)


def locked_folder(path: Callable[[], Path]) -> tuple[Path, int]:
    """Make a new folder at the path that ``path()`` gives; the handle is for :func:`release`."""
    for _ in range(_ATTEMPTS):
        folder = path()
        # What is in it is nobody else's business; a folder inside it gets the usual permissions.
        folder.mkdir(0o700)
        try:
            return folder, _lock_of(folder)
        except FileNotFoundError:
            continue  # another program took the empty folder for a leftover
        except OSError:
            with suppress(OSError):
                folder.rmdir()
            raise
    raise FileExistsError(f"no temporary folder can be made in {path().parent}")


def _lock_of(folder: Path) -> int:
    return _locked_file(lambda: folder / IN_USE)[1]


def release(folder: Path, handle: int) -> None:
    """Remove the folder and its lock."""
    if sys.platform == "win32":
        os.close(handle)
        remove_folder(folder)
    else:
        remove_folder(folder)
        os.close(handle)


def remove_folder(folder: Path) -> None:
    """Remove a temporary folder, its lock last: so it is recognised if this is interrupted, or if something
    in it cannot be removed."""
    with suppress(OSError):
        for path in list(folder.iterdir()):
            if path.name != IN_USE:
                _remove(path)
        if any(path.name != IN_USE for path in folder.iterdir()):
            return
        (folder / IN_USE).unlink(missing_ok=True)
        folder.rmdir()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _locked_file(path: Callable[[], Path]) -> tuple[Path, int]:
    """A new file at the path that ``path()`` gives, and its locked handle.

    Another program may take the file for a leftover before it is locked; then a new one is made.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for _ in range(_ATTEMPTS):
        one = path()
        handle = os.open(one, flags, 0o666)
        if _lock(handle) is not False and os.fstat(handle).st_nlink:
            return one, handle
        os.close(handle)
    raise FileExistsError(f"no temporary file can be made at {path()}")


def _lock(handle: int) -> bool | None:
    """Whether the file is now locked by us; None where the system cannot lock it."""
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def sweep(folder: Path) -> None:
    """Remove the leftovers in ``folder``. Asked again within a minute, it does nothing."""
    key = str(folder)
    with _swept_lock:
        last, now = _swept.get(key, -_SWEEP_AGAIN), time.monotonic()
        if now - last < _SWEEP_AGAIN:
            return
        _swept[key] = now
    sweep_now(folder)


def sweep_tree(folder: Path) -> None:
    """Remove the leftovers in ``folder`` and in all folders below it."""
    sweep(folder)
    for path, folders, _ in os.walk(folder):
        for name in folders:
            sweep(Path(path, name))


def sweep_now(folder: Path) -> None:
    """Remove the leftovers in ``folder``. What cannot be removed stays."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "parentguide-")):
                with suppress(OSError):
                    _sweep_one(Path(entry.path))


def _sweep_one(path: Path) -> None:
    if path.is_symlink():
        return
    folder = path.is_dir()
    if _OURS.fullmatch(path.name):
        if folder:
            _sweep_folder(path)
        else:
            _sweep_file(path)
    elif folder and _EARLIER_FOLDER.fullmatch(path.name) and _older(path):
        _remove(path)
    elif not folder and _EARLIER_FILE.fullmatch(path.name) and _older(path) and _real_file(path).exists():
        # Only if the real file is there beside it, because the name is not unmistakable.
        _remove(path)


def _real_file(path: Path) -> Path:
    """``.guide.md.0123456789abcdef`` -> ``guide.md``."""
    return path.with_name(path.name[1:].rpartition(".")[0])


def _sweep_file(path: Path) -> None:
    if sys.platform == "win32":
        path.unlink()
        return
    handle = take_over(path)
    if handle is not None:
        path.unlink()
        os.close(handle)


def _sweep_folder(folder: Path) -> None:
    if (folder / IN_USE).exists():
        handle = take_over(folder / IN_USE)
        if handle is not None:
            release(folder, handle)
        return
    # A program that has just made it finds its empty folder gone, and makes another.
    with suppress(OSError):
        folder.rmdir()
    if folder.exists() and _older(folder):
        _remove(folder)


def take_over(path: Path) -> int | None:
    """A locked handle of the lock file of a program that has ended; None while that program runs."""
    if sys.platform == "win32":
        try:
            path.unlink()
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL)
        except OSError:
            return None
    handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    locked = _lock(handle)
    if locked and os.fstat(handle).st_nlink:
        return handle
    if locked is None and _older(path):
        return handle
    os.close(handle)
    return None


def _older(path: Path) -> bool:
    """Whether a file without a lock is so old that no program uses it."""
    return time.time() - path.stat().st_mtime > _LONG_AGO


def leftovers_in(folder: Path) -> list[Path]:
    """The leftovers in ``folder`` and in all folders below it, which :func:`sweep_now` would remove."""
    found = []
    for path, folders, names in os.walk(folder):
        for name in (*folders, *names):
            if name.startswith((".", "parentguide-")) and _is_leftover(Path(path, name)):
                found.append(Path(path, name))
    return found


def _is_leftover(path: Path) -> bool:
    with suppress(OSError):
        if path.is_symlink():
            return False
        if not _OURS.fullmatch(path.name):
            pattern = _EARLIER_FOLDER if path.is_dir() else _EARLIER_FILE
            if not pattern.fullmatch(path.name) or not _older(path):
                return False
            return path.is_dir() or _real_file(path).exists()
        return not _in_use(path / IN_USE if path.is_dir() else path)
    return False


def _in_use(path: Path) -> bool:
    """Whether a running program holds the lock of a temporary file."""
    if sys.platform == "win32" or not path.exists():
        return not _older(path if path.exists() else path.parent)
    handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    try:
        return _lock(handle) is False
    finally:
        os.close(handle)
