"""Putting a finished build in its place: at every moment the folder holds the old one or the new.

All files are first written into a temporary folder. Where the target holds nothing but an
earlier build, the two folders then change places at once (Linux: ``renameat2`` with
``RENAME_EXCHANGE``; macOS: ``renamex_np`` with ``RENAME_SWAP``; elsewhere two renames, of
which :func:`locked` undoes a first without a second). Where somebody keeps other files in
it, they are left alone, and each file is moved in by itself.
"""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from parentguide.errors import ProjectError
from parentguide.infra.atomic import safe_path, umask
from parentguide.infra.cache_dir import cache_path

LONGEST_WAIT = 60  # seconds
_AT_FDCWD = -100
_RENAME_EXCHANGE = _RENAME_SWAP = 2


@contextmanager
def locked(root: Path, longest_wait: float = LONGEST_WAIT) -> Iterator[None]:
    """Nobody else on this machine builds into ``root`` meanwhile; clears what a killed build left.

    The lock is the operating system's own, which a killed process lets go of. Raises
    :class:`ProjectError` after ``longest_wait`` seconds.
    """
    whole = root.resolve()
    try:
        # Not beside the target: there it would be copied to the website.
        # Another thread than the one that began a build may end it.
        with FileLock(cache_path(root, "lock"), timeout=longest_wait, thread_local=False):
            _recover(whole)
            yield
    except Timeout:
        raise ProjectError(
            "another build is writing there",
            path=root,
            remedy="Wait until it is done, or choose another folder with --out.",
        ) from None


def publish(root: Path, files: Mapping[str, bytes], previous: set[str]) -> None:
    """Make ``root`` hold ``files`` (by relative path with ``/``) in place of ``previous``.

    Raises :class:`ProjectError`; ``root`` is as it was then. Call it within :func:`locked`.
    """
    whole = root.resolve()
    staging: Path | None = None
    try:
        whole.parent.mkdir(parents=True, exist_ok=True)
        alone = _holds_only(whole, previous)
        staging = _staging(whole) if alone else None
        if staging is None:
            whole.mkdir(exist_ok=True)
            staging = Path(tempfile.mkdtemp(dir=whole, prefix=".parentguide-"))
            _write(staging, files)
            _move_in(staging, whole, files, previous)
        else:
            _write(staging, files)
            _take_the_place(staging, whole)
    except OSError as error:
        raise ProjectError(
            f"cannot be written: {error.strerror or error}",
            path=Path(error.filename) if isinstance(error.filename, str) else root,
            remedy="Close open files there, check the free space, or choose another folder with --out.",
        ) from None
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def _prefix(root: Path, kind: str) -> str:
    return f".{root.name}.parentguide-{kind}-"


def _recover(root: Path) -> None:
    """Undo a change of places that was cut in two, and remove what a killed build left."""
    if not root.parent.is_dir():
        return
    kept = sorted(root.parent.glob(f"{_escaped(_prefix(root, 'old'))}*"))
    if kept and not root.exists():
        kept.pop().replace(root)
    for left in [
        *kept,
        *root.parent.glob(f"{_escaped(_prefix(root, 'new'))}*"),
        *root.glob(".parentguide-*"),
    ]:
        shutil.rmtree(left, ignore_errors=True)


def _escaped(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


def _holds_only(root: Path, previous: set[str]) -> bool:
    """Whether the folder is missing, or has no file but those of the earlier build."""
    if root.is_symlink() or os.path.ismount(root):
        return False
    return all(
        path.is_dir() or path.relative_to(root).as_posix() in previous
        for path in (root.rglob("*") if root.is_dir() else ())
    )


def _staging(root: Path) -> Path | None:
    """A new folder beside ``root``, as others may read it; None where none may be made."""
    try:
        staging = Path(tempfile.mkdtemp(dir=root.parent, prefix=_prefix(root, "new")))
    except PermissionError:
        return None
    staging.chmod(root.stat().st_mode & 0o7777 if root.is_dir() else 0o777 & ~umask())
    return staging


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        target = folder / safe_path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _move_in(staging: Path, root: Path, files: Mapping[str, bytes], previous: set[str]) -> None:
    for name in files:
        target = root / safe_path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        (staging / safe_path(name)).replace(target)
    for name in previous - set(files):
        (root / safe_path(name)).unlink(missing_ok=True)


def _take_the_place(staging: Path, root: Path) -> None:
    if root.exists() and _exchange(staging, root):
        return
    if not root.exists():
        staging.replace(root)
        return
    old = Path(tempfile.mkdtemp(dir=root.parent, prefix=_prefix(root, "old")))
    old.rmdir()
    root.replace(old)
    try:
        staging.replace(root)
    except OSError:
        old.replace(root)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    a, b = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            return bool(ctypes.CDLL(None).renameat2(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(ctypes.CDLL(None).renamex_np(a, b, _RENAME_SWAP) == 0)
    except (AttributeError, OSError):
        return False
    return False
