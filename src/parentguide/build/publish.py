"""Publish a build atomically: readers see the old build or the new one, never a mix.

All files are first written into a temporary folder. If the target holds only files of an earlier
build, the two folders are then exchanged in one step (Linux: ``renameat2`` with ``RENAME_EXCHANGE``;
macOS: ``renamex_np`` with ``RENAME_SWAP``; elsewhere two renames; :func:`locked` undoes a first
rename without a second). If the target holds other files too, they are left alone, and the files of
the build are moved in one by one.

Decision: docs/decisions/0008-exchange-folders.md.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.infra.atomic import safe_path, temporary_path
from parentguide.infra.cache_dir import cache_path
from parentguide.infra.files import resolved
from parentguide.infra.locks import process_lock
from parentguide.infra.permissions import make_public_folder, write_public_file

LONGEST_WAIT = 60  # seconds
_AT_FDCWD = -100
_RENAME_EXCHANGE = _RENAME_SWAP = 2


@contextmanager
def locked(root: Path, longest_wait: float = LONGEST_WAIT) -> Iterator[None]:
    """Keep other builds on this machine out of ``root``, and remove what a killed build left there.

    Raises :class:`ProjectError` after ``longest_wait`` seconds, and for a path that cannot be used.
    """
    whole = resolved(root)
    busy = ProjectError(
        "another build is writing there",
        path=root,
        remedy="Wait until it is done, or choose another folder with --out.",
    )
    # The lock file is not beside the target, where somebody would copy it to the website.
    with process_lock(cache_path(root, "lock"), longest_wait, busy):
        try:
            _recover(whole)
        except OSError as error:
            raise _not_written(error, root) from None
        yield


def publish(root: Path, files: Mapping[str, bytes], previous: set[str]) -> None:
    """Replace the files ``previous`` in ``root`` by ``files``; keys are relative paths with ``/``.

    Raises :class:`ProjectError`; ``root`` is then unchanged. Call it within :func:`locked`.
    """
    whole = resolved(root)
    staging: Path | None = None
    try:
        make_public_folder(whole.parent)
        alone = _holds_only(whole, previous)
        staging = _staging(whole) if alone else None
        if staging is None:
            make_public_folder(whole)
            staging = temporary_path(whole, ".parentguide-")
            staging.mkdir()
            _write(staging, files)
            _move_in(staging, whole, files, previous)
        else:
            _write(staging, files)
            _replace_folder(staging, whole)
    except OSError as error:
        raise _not_written(error, root) from None
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def _not_written(error: OSError, root: Path) -> ProjectError:
    return ProjectError(
        f"cannot be written: {error.strerror or error}",
        path=Path(error.filename) if isinstance(error.filename, str) else root,
        remedy="Close open files there, check the free space, or choose another folder with --out.",
    )


def _prefix(root: Path, kind: str) -> str:
    return f".{root.name}.parentguide-{kind}-"


def _recover(root: Path) -> None:
    """Undo an interrupted exchange, and remove what a killed build left."""
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
    # The archive's temporary file (infra/atomic.py): nobody else writes it while we hold the lock.
    for unfinished in root.parent.glob(f".{_escaped(root.name)}.zip.{'[0-9a-f]' * 16}"):
        unfinished.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    """``name`` for :meth:`Path.glob`, without wildcards."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


def _holds_only(root: Path, previous: set[str]) -> bool:
    """Whether the folder is missing, or has only files of the earlier build."""
    if root.is_symlink() or os.path.ismount(root):
        return False
    return all(
        path.is_dir() or path.relative_to(root).as_posix() in previous
        for path in (root.rglob("*") if root.is_dir() else ())
    )


def _staging(root: Path) -> Path | None:
    """A new folder beside ``root`` with its permissions, or those of a public folder; None if we may not
    make one there."""
    staging = temporary_path(root.parent, _prefix(root, "new"))
    try:
        make_public_folder(staging)
    except PermissionError:
        return None
    if root.is_dir():
        staging.chmod(root.stat().st_mode & 0o7777)
    return staging


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        target = folder / safe_path(name)
        make_public_folder(target.parent)
        # No fsync, which takes 4 ms a file: after a power cut the next build finds damaged files by
        # their digests and makes them again.
        write_public_file(target, data)


def _move_in(staging: Path, root: Path, files: Mapping[str, bytes], previous: set[str]) -> None:
    """Move ``files`` from ``staging`` into ``root``, and remove the rest of ``previous``."""
    for name in files:
        target = root / safe_path(name)
        make_public_folder(target.parent)
        (staging / safe_path(name)).replace(target)
    for name in previous - set(files):
        (root / safe_path(name)).unlink(missing_ok=True)


def _replace_folder(staging: Path, root: Path) -> None:
    """Put the folder ``staging`` in the place of ``root``."""
    if root.exists() and _exchange(staging, root):
        return
    if not root.exists():
        staging.replace(root)
        return
    old = temporary_path(root.parent, _prefix(root, "old"))
    root.replace(old)
    try:
        staging.replace(root)
    except OSError:
        old.replace(root)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step. False if the system cannot."""
    a, b = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            return bool(ctypes.CDLL(None).renameat2(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(ctypes.CDLL(None).renamex_np(a, b, _RENAME_SWAP) == 0)
    except (AttributeError, OSError):
        return False
    return False
