"""The folder that Studio works in: the school's file, what is built, and the words if they are its own.

No path comes from the browser: files are asked for by what they are, and a name from outside
is only ever looked up among the names that are there.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock, RLock

from filelock import FileLock, Timeout

from parentguide.errors import ProjectError
from parentguide.infra.cache_dir import cache_path
from parentguide.infra.parse_cache import ParseCache
from parentguide.project.project import Project, default_root

_LONGEST_WAIT = 30  # seconds for another program that writes the same words
_READ_ONLY = "These are the words that came with parentguide, and they are not to be changed."


@dataclass(frozen=True, slots=True)
class UserFiles:
    """The files of one person: on one's own computer those of the workspace itself."""

    folder: Path

    @property
    def school_file(self) -> Path:
        return self.folder / "school.toml"

    @property
    def draft_file(self) -> Path:
        """What somebody entered that cannot be used yet, so that no typed word is lost."""
        return self.folder / ".studio-school-draft.json"

    @property
    def output(self) -> Path:
        return self.folder / "output"


class Workspace:
    """Reads and changes of one folder. Safe to use from several threads."""

    def __init__(self, folder: Path, project_root: Path | None = None) -> None:
        self.folder = folder.resolve()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ProjectError(
                f"this folder cannot be used: {error.strerror or error}",
                path=folder,
                remedy="Choose another with --workspace.",
            ) from None
        self._given = project_root
        self._lock = Lock()
        self._words = RLock()
        self._seen: tuple[str, Project] | None = None
        self._readings = ParseCache()

    @property
    def root(self) -> Path:
        """Where the words lie now."""
        if self._given is not None:
            return self._given
        return self.folder if (self.folder / "locales").is_dir() else default_root()

    @property
    def editable(self) -> bool:
        """Whether the words are the workspace's own, and not the program's."""
        own = self._given is not None or (self.folder / "locales").is_dir()
        return own and not self.project().is_installed_copy

    def stamp(self) -> str:
        """Changes whenever a file of words or looks does."""
        found = sha256(str(self.root).encode())
        own = self.root / "templates"
        for folder in (self.root / "locales", own if own.is_dir() else default_root() / "templates"):
            for path, state in _states(str(folder)):
                found.update(f"{path}\0{state.st_mtime_ns}\0{state.st_size}\0{state.st_ino}\n".encode())
        return found.hexdigest()

    def project(self) -> Project:
        """The words as the files have them now; read again only when a file has changed."""
        return self.current()[1]

    def current(self) -> tuple[str, Project]:
        """:meth:`stamp`, and the words that belong to it."""
        stamp = self.stamp()
        with self._lock:
            if self._seen is None or self._seen[0] != stamp:
                self._seen = (stamp, Project(self.root, self._readings))
            return self._seen

    def desk(self, user: str) -> UserFiles:
        """The files of ``user``; a folder of their own where there are several."""
        if not user:
            return UserFiles(self.folder)
        readable = re.sub(r"[^a-z0-9]+", "-", user.lower()).strip("-")[:40]
        name = f"{readable}-{sha256(user.encode('utf-8')).hexdigest()[:12]}".lstrip("-")
        folder = self.folder / "people" / name
        folder.mkdir(parents=True, exist_ok=True)
        return UserFiles(folder)

    @contextmanager
    def changing_words(self) -> Iterator[Project]:
        """Nobody else changes the words meanwhile; gives them as they are now.

        Raises :class:`ProjectError` where they are not to be changed, or another program
        writes for too long.
        """
        with self._words:
            if not self.editable:
                raise ProjectError(
                    _READ_ONLY, remedy="Make your own copy first, on the page of translations."
                )
            try:
                with FileLock(cache_path(self.root / "locales", "lock"), timeout=_LONGEST_WAIT):
                    yield Project(self.root)
            except Timeout:
                raise ProjectError(
                    "another program is changing the words",
                    remedy="Wait a moment, then press the button again.",
                ) from None

    def copy_words(self) -> None:
        """Put a copy of the program's words into the workspace, to be changed there; whole or not at all."""
        with self._words:
            if self.editable:
                return
            target = self.folder / "locales"
            try:
                with tempfile.TemporaryDirectory(dir=self.folder, prefix=".studio-") as folder:
                    made = Path(folder) / "locales"
                    shutil.copytree(self.project().locales, made)
                    made.rename(target)
            except OSError as error:
                raise ProjectError(
                    f"the words cannot be copied: {error.strerror or error}",
                    path=target,
                    remedy="Check that you may write to the folder, and the free space.",
                ) from None


def _states(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Everything in a folder and below, in a fixed order. It is asked for many times a second,
    so it does without ``Path``, which takes five times as long."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        try:
            # Not entry.stat(): on Windows it can be older than the file, and knows no st_ino.
            yield entry.path, os.stat(entry.path)  # noqa: PTH116
            inside = entry.is_dir()
        except OSError:
            continue
        if inside:
            yield from _states(entry.path)
