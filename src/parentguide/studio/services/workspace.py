"""The folder that Studio works in: the school's file, finished guides, and editable content if there is any.

No path comes from the browser. A name from outside is only compared with the names that exist.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock, RLock

from parentguide.errors import ProjectError
from parentguide.infra.cache_dir import cache_path
from parentguide.infra.leftovers import sweep, sweep_tree, temporary_folder
from parentguide.infra.locks import process_lock
from parentguide.infra.parse_cache import ParseCache
from parentguide.project.project import Project, default_root

_LONGEST_WAIT = 30  # seconds for another program that writes the same files
_READ_ONLY = "these guides and translations came with parentguide and cannot be changed here"


@dataclass(frozen=True, slots=True)
class UserFiles:
    """The files of one person. On one's own computer they are in the workspace itself."""

    folder: Path

    @property
    def school_file(self) -> Path:
        return self.folder / "school.toml"

    @property
    def draft_file(self) -> Path:
        """What somebody typed that cannot be used yet, so that nothing typed is lost."""
        return self.folder / ".studio-school-draft.json"

    @property
    def newsletter_file(self) -> Path:
        """The newsletter that this person is checking, until its guide is made."""
        return self.folder / ".studio-newsletter.json"

    @property
    def output(self) -> Path:
        return self.folder / "output"


class Workspace:
    """Reads and changes one folder. Safe to use from several threads."""

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
        self._project_root = project_root
        self._lock = Lock()
        self._content_lock = RLock()
        self._current: tuple[str, Project] | None = None
        self._parse_cache = ParseCache()

    @property
    def root(self) -> Path:
        """The folder of the content: the given project, the workspace's own copy, or the program."""
        if self._project_root is not None:
            return self._project_root
        return self.folder if (self.folder / "locales").is_dir() else default_root()

    @property
    def editable(self) -> bool:
        """Whether guides and translations may be changed: they are not the program's own."""
        own = self._project_root is not None or (self.folder / "locales").is_dir()
        return own and not self.project().is_installed_copy

    @property
    def changeable(self) -> bool:
        """Whether a change is possible: the content is editable, or is copied at the first change."""
        return self._project_root is None or self.editable

    def stamp(self) -> str:
        """A digest that changes whenever a content file, a font or a template does."""
        found = sha256(str(self.root).encode())
        own = self.root / "templates"
        for folder in (
            self.root / "locales",
            self.root / "fonts",
            own if own.is_dir() else default_root() / "templates",
        ):
            for path, state in _states(str(folder)):
                found.update(f"{path}\0{state.st_mtime_ns}\0{state.st_size}\0{state.st_ino}\n".encode())
        return found.hexdigest()

    def project(self) -> Project:
        """The content as the files have it now. It is a new object only when a file has changed."""
        return self.current()[1]

    def current(self) -> tuple[str, Project]:
        """:meth:`stamp`, and the content that belongs to it."""
        stamp = self.stamp()
        with self._lock:
            if self._current is None or self._current[0] != stamp:
                self._current = (stamp, Project(self.root, self._parse_cache))
            return self._current

    def user_files(self, user: str) -> UserFiles:
        """The files of ``user``; each signed-in person has a folder of their own."""
        if not user:
            return UserFiles(self.folder)
        readable = re.sub(r"[^a-z0-9]+", "-", user.lower()).strip("-")[:40]
        name = f"{readable}-{sha256(user.encode('utf-8')).hexdigest()[:12]}".lstrip("-")
        folder = self.folder / "people" / name
        folder.mkdir(parents=True, exist_ok=True)
        return UserFiles(folder)

    @contextmanager
    def locked_project(self) -> Iterator[Project]:
        """The content as it is now, locked against changes by others. The program's own content is copied
        into the workspace first.

        Raises :class:`ProjectError` for content that is read-only, or when another program holds
        the lock for too long.
        """
        with self._content_lock:
            if not self.changeable:
                raise ProjectError(_READ_ONLY, remedy="Start Studio with a project of your own.")
            if not self.editable:
                self.copy_content()
            busy = ProjectError(
                "another program is changing the guides or translations",
                remedy="Wait a moment, then press the button again.",
            )
            with process_lock(cache_path(self.root / "locales", "lock"), _LONGEST_WAIT, busy):
                sweep_tree(self.root / "locales")
                yield Project(self.root, self._parse_cache)

    def copy_content(self) -> None:
        """Make the content editable: copy ``locales`` into the workspace, all of it or nothing."""
        with self._content_lock:
            # A copy that was interrupted at its very end is whole, but its temporary folder is still there.
            with suppress(OSError):
                sweep(self.folder)
            if self.editable:
                return
            target = self.folder / "locales"
            try:
                with temporary_folder(self.folder, "studio") as folder:
                    copy = folder / "locales"
                    shutil.copytree(self.project().locales, copy)
                    copy.rename(target)
            except OSError as error:
                raise ProjectError(
                    f"the guides and translations cannot be copied: {error.strerror or error}",
                    path=target,
                    remedy="Check that you may write to the folder, and the free space.",
                ) from None


def _states(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Everything in a folder and below, in a fixed order. Called on every request, so it does not use
    ``Path``, which takes five times as long."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        try:
            # Not entry.stat(): on Windows it can be older than the file, and has no st_ino.
            yield entry.path, os.stat(entry.path)  # noqa: PTH116
            inside = entry.is_dir()
        except OSError:
            continue
        if inside:
            yield from _states(entry.path)
