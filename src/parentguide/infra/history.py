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
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.atomic import safe_path, sync_folder, write_file, write_synced
from parentguide.infra.cache_dir import cache_path
from parentguide.infra.files import read_bytes
from parentguide.infra.history_acts import ACT_FILE, Act, FileChange, act_name, act_text, number_of, read_act

FOLDER = ".history"
OBJECTS = "objects"
_NEW, _OLD = ".new-", ".old-"
_LONGEST_WAIT = 30  # seconds for another program that changes the same folder
_BETWEEN_MEASURES = 20  # acts; to measure takes some milliseconds
_LARGE = 1_000_000  # bytes of one act, after which the size is measured at once


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


class Recording:
    """An act that goes on. Use it within :meth:`History.locked`."""

    def __init__(self, history: History, act: Act) -> None:
        self._history = history
        self._act = act
        self._objects: set[str] = set()  # those that this act has added
        self._bytes = 0

    @classmethod
    def begin(cls, history: History, what: str, how: str, who: str, reverses: str = "") -> "Recording":
        """Start an act; its folder appears with :meth:`keep`. Raises :class:`ProjectError`."""
        with _kept_or_refused(history):
            sweep(history)
            when = datetime.now(UTC).replace(microsecond=0)
            number = max(map(number_of, history.names()), default=0) + 1
        name = act_name(when, number, what)
        return cls(history, Act(name, when, what, how, who, reverses))

    @property
    def _folder(self) -> Path:
        return self._history.folder / self._act.name

    def keep(self, paths: Iterable[Path]) -> None:
        """Keep the present bytes of files that are about to change. Raises :class:`ProjectError`; then
        nothing may be changed."""
        known = {change.path for change in self._act.files}
        names = {path.relative_to(self._history.root).as_posix(): path for path in paths}
        fresh = {name: path for name, path in names.items() if name not in known}
        if not fresh:
            return
        with _kept_or_refused(self._history):
            _make_folder(self._history.folder)
            if self._folder.exists():
                self._keep_in(self._folder, fresh)
                return
            staging = self._history.folder / f"{_NEW}{token_hex(8)}"
            try:
                staging.mkdir()
                self._keep_in(staging, fresh)
                staging.rename(self._folder)
                sync_folder(self._history.folder)
            except BaseException:
                self._discard(staging)
                raise

    def _keep_in(self, folder: Path, fresh: Mapping[str, Path]) -> None:
        files = [self._kept(folder, name, path) for name, path in fresh.items()]
        self._act = replace(self._act, files=(*self._act.files, *files))
        write_file(folder / ACT_FILE, act_text(self._act).encode("utf-8"))

    def _discard(self, staging: Path) -> None:
        """Remove what was kept for an act that does not happen."""
        with suppress(OSError):
            shutil.rmtree(staging, ignore_errors=True)
            for digest in self._objects:
                (self._history.folder / OBJECTS / digest).unlink(missing_ok=True)
            _remove_if_empty(self._history)

    def _kept(self, folder: Path, name: str, path: Path) -> FileChange:
        if not path.is_file():
            return FileChange(name)
        copy = folder / safe_path(name)
        copy.parent.mkdir(parents=True, exist_ok=True)
        data = _link_or_copy(path.resolve(), copy)
        digest = sha256(data).hexdigest()
        if _share(self._history, copy, digest, data):
            self._objects.add(digest)
            self._bytes += len(data)
        return FileChange(name, before=digest)

    def finish(self) -> None:
        """Record what the files are now. What did not change leaves the act; an empty act disappears.

        A failure is not an error: the change is made, and the next act finishes this one.
        """
        with suppress(OSError, ProjectError):
            _finish(self._history, self._act, self._objects)
            measure = self._act.number % _BETWEEN_MEASURES == 0 or self._bytes > _LARGE
            _prune(self._history, measure=measure)
            _remove_if_empty(self._history)


@contextmanager
def _kept_or_refused(history: History) -> Iterator[None]:
    try:
        yield
    except (OSError, ProjectError) as error:
        reason = error.problem if isinstance(error, ProjectError) else error.strerror or error
        raise ProjectError(
            f"the earlier versions cannot be kept, so nothing was changed: {reason}",
            path=history.folder,
            remedy="Check that you may write to this folder, and the free space.",
        ) from None


def _make_folder(folder: Path) -> None:
    """The folder with a rule of its own for git, which has a history already."""
    (folder / OBJECTS).mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_file(ignore, b"# Earlier versions, kept by parentguide. git keeps its own.\n*\n")


def _link_or_copy(path: Path, copy: Path) -> bytes:
    """Make ``copy`` a second name of the file ``path``, or a copy of it; returns its bytes."""
    try:
        os.link(path, copy)
    except (OSError, AttributeError, NotImplementedError):
        write_synced(copy, path.read_bytes())
    return copy.read_bytes()


def _share(history: History, copy: Path, digest: str, data: bytes) -> bool:
    """Store equal content once; whether it is new. Where there are no hard links, each copy stays."""
    shared = history.folder / OBJECTS / digest
    try:
        # A file that another program changed in place may have changed under its second name too.
        if shared.exists() and shared.read_bytes() == data:
            if not shared.samefile(copy):
                other = copy.with_name(f"{_NEW}{token_hex(8)}")
                os.link(shared, other)
                other.replace(copy)
            return False
        shared.unlink(missing_ok=True)
        os.link(copy, shared)
    except (OSError, AttributeError, NotImplementedError):
        return True
    return True


def _finish(history: History, act: Act, objects: Iterable[str] = ()) -> None:
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
        _remove(history, act.name)


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
    left = [path for prefix in (_NEW, _OLD) for path in history.folder.glob(f"{prefix}*")]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    newest = next(iter(history.names()), "")
    interrupted = False
    if newest:
        with suppress(ParentguideError, OSError):
            act = read_act(history.folder / newest)
            interrupted = not act.finished
            if interrupted:
                _finish(history, act)
    if left or interrupted:
        _remove_unknown(history)
    with suppress(OSError):
        _remove_if_empty(history)


def _remove_unknown(history: History) -> None:
    """Remove the contents that an interrupted act has left and no act has."""
    known = {
        digest for act in history.acts() for file in act.files for digest in (file.before, file.rewritten)
    }
    with suppress(OSError):
        for shared in (history.folder / OBJECTS).iterdir():
            if shared.name not in known:
                shared.unlink()


def _remove(history: History, name: str) -> None:
    """Remove an act, in one step for a reader."""
    old = history.folder / f"{_OLD}{token_hex(8)}"
    (history.folder / name).rename(old)
    shutil.rmtree(old, ignore_errors=True)


def _remove_if_empty(history: History) -> None:
    """Remove the folder where the first act changed nothing."""
    if history.folder.is_dir() and not history.names():
        (history.folder / ".gitignore").unlink(missing_ok=True)
        for folder in (history.folder / OBJECTS, history.folder):
            if folder.is_dir():
                folder.rmdir()


def _prune(history: History, *, measure: bool) -> None:
    """Remove the oldest acts while there are too many, or while they take too much room."""
    oldest = history.names()[::-1]
    removed = False
    while len(oldest) > history.limits.acts:
        _remove(history, oldest.pop(0))
        removed = True
    if removed:
        history.remove_unshared()
    if not measure:
        return
    size = history.size()
    while size > history.limits.megabytes * 1_000_000 and len(oldest) > 1:
        _remove(history, oldest.pop(0))
        history.remove_unshared()
        size = history.size()
