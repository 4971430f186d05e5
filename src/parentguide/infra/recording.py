"""Record an act: keep the files that are about to change, and afterwards what they have become.

Decision: docs/decisions/0036-history-of-plain-files.md.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from parentguide.errors import ProjectError
from parentguide.infra.atomic import safe_path, sync_folder, write_file, write_synced
from parentguide.infra.history import (
    NEW,
    OBJECTS,
    History,
    finish_act,
    prune_acts,
    remove_if_empty,
    sweep,
)
from parentguide.infra.history_acts import ACT_FILE, Act, FileChange, act_name, act_text, number_of

_BETWEEN_MEASURES = 20  # acts; to measure takes some milliseconds
_LARGE = 1_000_000  # bytes of one act, after which the size is measured at once


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
            staging = self._history.folder / f"{NEW}{token_hex(8)}"
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
            remove_if_empty(self._history)

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
            finish_act(self._history, self._act, self._objects)
            measure = self._act.number % _BETWEEN_MEASURES == 0 or self._bytes > _LARGE
            prune_acts(self._history, measure=measure)
            remove_if_empty(self._history)


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
                other = copy.with_name(f"{NEW}{token_hex(8)}")
                os.link(shared, other)
                other.replace(copy)
            return False
        shared.unlink(missing_ok=True)
        os.link(copy, shared)
    except (OSError, AttributeError, NotImplementedError):
        return True
    return True
