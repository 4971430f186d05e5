"""The history of a folder: every file as it was before each act, as plain files in ``.history/``.

.history/
  2026-11-28T071500Z-0001-save-the-guide-cse/
    act.toml                    when, what, how, who, which files
    locales/en/cse/guide.md     the earlier bytes
  objects/SHA-256               each content once: hard links of the files above

The earlier version is in the history before a file is written. It costs no copy: our writes replace a
file (:mod:`parentguide.infra.atomic`), so a hard link keeps the old bytes. Where the file system has no
hard links, files are copied.

Decision: docs/decisions/0036-history-of-plain-files.md.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.atomic import safe_path, write_file
from parentguide.infra.cache_dir import cache_path
from parentguide.infra.files import read_bytes
from parentguide.infra.history_acts import ACT_FILE, Act, act_text, number_of, read_act

FOLDER = ".history"
OBJECTS = "objects"
NEW, OLD = ".new-", ".old-"
_LONGEST_WAIT = 30  # seconds for another program that changes the same folder


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a history keeps; the oldest acts go first. The newest act always stays."""

    megabytes: int = 200
    acts: int = 500


class History:
    """The history of the folder ``root``, whether or not there is any."""

    def __init__(self, root: Path, limits: Limits | None = None) -> None:
        self.root = root.resolve()
        self.folder = self.root / FOLDER
        self.limits = limits or Limits()

    def names(self) -> list[str]:
        """The names of all acts' folders, newest first."""
        try:
            found = [name for name in os.listdir(self.folder) if number_of(name)]  # noqa: PTH208 - faster
        except OSError:
            return []
        return sorted(found, key=lambda name: (number_of(name), name), reverse=True)

    def acts(self) -> Iterator[Act]:
        """All acts that can be read, newest first."""
        for name in self.names():
            with suppress(ParentguideError):
                yield read_act(self.folder / name)

    def act(self, number: int) -> Act:
        """The act with a number. Raises :class:`ProjectError` if there is none."""
        for name in self.names():
            if number_of(name) == number:
                return read_act(self.folder / name)
        raise ProjectError(
            f"the history has no act {number}",
            path=self.folder,
            remedy="“parentguide history” lists them. The oldest are removed when there is no more room.",
        )

    def earlier(self, act: Act, path: str) -> bytes | None:
        """The bytes of a file before the act; None if there was no file.

        Raises :class:`ProjectError` where the history's copy is missing or damaged.
        """
        change = act.file(path)
        if change is None:
            raise ProjectError(f"act {act.number} did not change “{path}”", path=self.folder / act.name)
        if not change.before:
            return None
        copy = self.folder / act.name / safe_path(path)
        data = read_bytes(copy)
        if sha256(data).hexdigest() not in (change.before, change.rewritten):
            raise ProjectError(
                "this earlier version is damaged",
                path=copy,
                remedy="Choose another version. “parentguide doctor” lists all that is damaged.",
            )
        return data

    def present(self, path: str) -> bytes | None:
        """The bytes of a file now; None if there is no file."""
        live = self.root / safe_path(path)
        return read_bytes(live) if live.is_file() else None

    def size(self) -> int:
        """The bytes that the history takes; content that several acts share counts once."""
        seen: dict[tuple[int, int], int] = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                with suppress(OSError):
                    state = os.stat(f"{folder}/{name}")  # noqa: PTH116 - thousands of files
                    seen[state.st_dev, state.st_ino] = state.st_size
        return sum(seen.values())

    def settle(self) -> None:
        """Finish an act that was interrupted, and remove what a killed program left."""
        if self.folder.is_dir():
            with self.locked():
                sweep(self)

    def prune(self) -> None:
        """Remove the oldest acts until the history is within its limits."""
        with self.locked():
            prune_acts(self, measure=True)

    def remove(self, name: str) -> None:
        """Remove an act, in one step for a reader. Call it within :meth:`locked`."""
        old = self.folder / f"{OLD}{token_hex(8)}"
        (self.folder / name).rename(old)
        shutil.rmtree(old, ignore_errors=True)

    def remove_unshared(self) -> None:
        """Remove the contents that no act has any more. Call it within :meth:`locked`."""
        objects = self.folder / OBJECTS
        for shared in objects.iterdir() if objects.is_dir() else ():
            if shared.stat().st_nlink == 1:
                shared.unlink()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other programs from changing the history. The system releases the lock of a killed one."""
        lock = FileLock(cache_path(self.folder, "lock"), timeout=_LONGEST_WAIT, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            raise ProjectError(
                "another program is changing these files",
                path=self.root,
                remedy="Wait until it is done, then try again.",
            ) from None
        except OSError as error:
            raise ProjectError(
                f"the lock cannot be made: {error.strerror or error}",
                path=Path(lock.lock_file),
                remedy="Check the free space, and that you may write to this folder.",
            ) from None
        try:
            yield
        finally:
            lock.release()


def finish_act(history: History, act: Act, objects: Iterable[str] = ()) -> None:
    """Record what the files of an act are now; what did not change leaves it, and an empty act disappears.

    ``objects`` are the contents that this act has added. Raises :class:`OSError` and :class:`ProjectError`.
    """
    folder = history.folder / act.name
    files = []
    for change in act.files:
        live, copy = history.root / safe_path(change.path), folder / safe_path(change.path)
        after = sha256(live.read_bytes()).hexdigest() if live.is_file() else ""
        same_file = bool(after) and copy.exists() and live.samefile(copy)
        if after != change.before and not same_file:
            files.append(replace(change, after=after))
            continue
        copy.unlink(missing_ok=True)
        if change.before in objects:
            (history.folder / OBJECTS / change.before).unlink(missing_ok=True)
        _remove_empty(copy.parent, folder)
    if files:
        finished = replace(act, files=tuple(files), finished=True)
        write_file(folder / ACT_FILE, act_text(finished).encode("utf-8"))
    elif folder.exists():
        history.remove(act.name)


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove ``folder`` and the folders above it while they are empty, but not ``top``."""
    while folder != top and folder.is_relative_to(top):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def sweep(history: History) -> None:
    """As :meth:`History.settle`, within :meth:`History.locked`."""
    left = [path for prefix in (NEW, OLD) for path in history.folder.glob(f"{prefix}*")]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    newest = next(iter(history.names()), "")
    interrupted = False
    if newest:
        with suppress(ParentguideError, OSError):
            act = read_act(history.folder / newest)
            interrupted = not act.finished
            if interrupted:
                finish_act(history, act)
    if left or interrupted:
        _remove_unknown(history)
    with suppress(OSError):
        remove_if_empty(history)


def _remove_unknown(history: History) -> None:
    """Remove the contents that an interrupted act has left and no act has."""
    known = {
        digest for act in history.acts() for file in act.files for digest in (file.before, file.rewritten)
    }
    with suppress(OSError):
        for shared in (history.folder / OBJECTS).iterdir():
            if shared.name not in known:
                shared.unlink()


def remove_if_empty(history: History) -> None:
    """Remove the folder where the first act changed nothing."""
    if history.folder.is_dir() and not history.names():
        (history.folder / ".gitignore").unlink(missing_ok=True)
        for folder in (history.folder / OBJECTS, history.folder):
            if folder.is_dir():
                folder.rmdir()


def prune_acts(history: History, *, measure: bool) -> None:
    """Remove the oldest acts while there are too many, or while they take too much room."""
    oldest = history.names()[::-1]
    removed = False
    while len(oldest) > history.limits.acts:
        history.remove(oldest.pop(0))
        removed = True
    if removed:
        history.remove_unshared()
    if not measure:
        return
    size = history.size()
    while size > history.limits.megabytes * 1_000_000 and len(oldest) > 1:
        history.remove(oldest.pop(0))
        history.remove_unshared()
        size = history.size()
