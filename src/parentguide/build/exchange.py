"""Put a finished build into its place, in steps that the next command can undo or finish.

A folder beside the target, ``.guides.parentguide-build-…``, has the new build (``new``), the new archive,
and a record of what they replace. What they replace goes into the same folder (``old``). Which of these
exist tells how far an exchange has come; there is no other journal. If ``new`` is still there, the
exchange is undone; otherwise it is finished, and the archive is that of the folder in either case.

What is in ``old`` is removed only with a proof that a build wrote it (its digest). The rest was made by a
person, and is moved to a folder of its own beside the target.
"""

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path

from parentguide.build.previous import MANIFEST, digest_of, plain_bytes
from parentguide.errors import ParentguideError
from parentguide.infra.aside import free_name
from parentguide.infra.atomic import sync_folder, write_file
from parentguide.infra.files import read_text
from parentguide.infra.json_text import parse_json

_AT_FDCWD = -100
_RENAME_EXCHANGE = _RENAME_SWAP = 2


@dataclass(frozen=True, slots=True)
class Record:
    """What an exchange replaces. ``name`` is that of the target folder.

    It has the digests of the new ``files`` and, in ``proofs``, of files of builds.

    ``one_by_one``: the files are moved one by one, because the target has others too. ``new_folders`` are
    those that it does not have yet. ``keep``: all of the old folder is a person's, and gets another name.
    ``aside`` is the folder for single files of a person, ``archive_proofs`` the digests of archives of
    builds.
    """

    name: str
    files: Mapping[str, str]
    proofs: Mapping[str, list[str]]
    archive_proofs: list[str]
    new_folders: list[str]
    aside: str
    one_by_one: bool = False
    keep: bool = False

    def as_bytes(self) -> bytes:
        return json.dumps({f.name: getattr(self, f.name) for f in fields(self)}).encode("utf-8")


class Exchange:
    """One exchange of the folder ``root``, in the folder ``staging``. Its methods raise :class:`OSError`."""

    def __init__(self, root: Path, staging: Path, record: Record) -> None:
        self.root, self.record, self.staging = root, record, staging
        self.new, self.old = staging / "new", staging / "old"
        self.archive, self.archive_in_place = staging / "archive.zip", root.with_name(f"{root.name}.zip")
        self.moved: list[Path] = []

    @classmethod
    def read(cls, root: Path, staging: Path) -> "Exchange | None":
        """The exchange that a program left in ``staging``; None if it had not begun."""
        try:
            record = Record(**parse_json(read_text(staging / "record.json")))
        except (ParentguideError, ValueError, TypeError):
            return None
        return cls(root, staging, record)

    def save(self) -> None:
        """Write the record: from now on, somebody else can finish or undo the exchange."""
        write_file(self.staging / "record.json", self.record.as_bytes())

    def run(self) -> None:
        """Exchange the folders, then the archives. If a step fails, everything is as it was."""
        try:
            if self.record.one_by_one:
                self._move_in()
            else:
                self._exchange()
            self._place_archive()
        except OSError:
            self.undo()
            self._clear()
            raise
        sync_folder(self.root.parent)
        # A file that is open on Windows cannot be removed yet: the next command does it.
        with suppress(OSError):
            self._clear()

    def recover(self) -> None:
        """Finish or undo an exchange that was interrupted."""
        if self._begun_only():
            self.undo()
        else:
            if self.new.exists():
                self.new.replace(self.old)
            self._place_archive()
        self._clear()

    def _begun_only(self) -> bool:
        """Whether ``new`` still holds (some of) the new build."""
        if not self.new.exists():
            return False
        if self.record.one_by_one or self.old.exists() or not self.root.exists():
            return True
        # One step may have exchanged the two, so that “new” is the old folder.
        return not self._is_new(self.root) or self._is_new(self.new)

    def _is_new(self, folder: Path) -> bool:
        paths = [MANIFEST, *self.record.files]
        return all(self._digest(folder, path) == self.record.files[path] for path in paths)

    @staticmethod
    def _digest(folder: Path, path: str) -> str:
        data = plain_bytes(folder, path)
        return "" if data is None else digest_of(data)

    # All files in one step.

    def _exchange(self) -> None:
        if not self.root.exists():
            self.new.replace(self.root)
        elif swapped(self.new, self.root):
            self.new.replace(self.old)
        else:
            self.root.replace(self.old)
            self.new.replace(self.root)

    # File by file.

    def _move_in(self) -> None:
        for path in self._paths():
            target, new = self.root / path, self.new / path
            if self._is_file(path):
                (self.old / path).parent.mkdir(parents=True, exist_ok=True)
                if path in self.record.files and swapped(new, target):
                    new.replace(self.old / path)
                    continue
                target.replace(self.old / path)
            if path in self.record.files:
                target.parent.mkdir(parents=True, exist_ok=True)
                new.replace(target)
        self._remove_empty(folders_of(self.record.proofs))
        shutil.rmtree(self.new)

    def _paths(self) -> list[str]:
        """Every path that changes: new files, and files of builds that the new build does not have."""
        return [*self.record.files, *(path for path in self.record.proofs if path not in self.record.files)]

    def _is_file(self, path: str) -> bool:
        return (self.root / path).is_file() and plain_bytes(self.root, path) is not None

    def _remove_empty(self, folders: Iterable[str]) -> None:
        for folder in sorted(folders, key=len, reverse=True):
            if not any(part.is_symlink() for part in _way(self.root, folder)):
                with suppress(OSError):
                    (self.root / folder).rmdir()

    # Back again.

    def undo(self) -> None:
        """Put back what has been moved so far."""
        if self.record.one_by_one:
            self._move_out()
        elif self.new.exists():
            self._undo_first_step()
        elif self.old.exists():
            if swapped(self.old, self.root):
                self.old.replace(self.new)
            else:
                self.root.replace(self.new)
                self.old.replace(self.root)
        elif self.root.exists():
            self.root.replace(self.new)  # there was no folder before
        self.archive.unlink(missing_ok=True)
        if self.new.exists():
            shutil.rmtree(self.new)

    def _undo_first_step(self) -> None:
        if self.old.exists():
            if not self.root.exists():
                self.old.replace(self.root)
        elif self.root.exists() and self._is_new(self.root) and not self._is_new(self.new):
            swapped(self.new, self.root)

    def _move_out(self) -> None:
        for path in self._paths():
            new, old, target = self.new / path, self.old / path, self.root / path
            expected = self.record.files.get(path, "")
            if new.exists() and self._digest(self.new, path) != expected:
                old.parent.mkdir(parents=True, exist_ok=True)
                new.replace(old)
            if expected and not new.exists() and self._digest(self.root, path) == expected:
                new.parent.mkdir(parents=True, exist_ok=True)
                target.replace(new)
            if old.exists() and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                old.replace(target)
        self._remove_empty(self.record.new_folders)

    # The archive, and the end.

    def _place_archive(self) -> None:
        if not self.archive.exists():
            return
        place = self.archive_in_place
        there = place.exists() or place.is_symlink()
        if there and self._digest(place.parent, place.name) not in self.record.archive_proofs:
            kept = free_name(place, "replaced")
            place.replace(kept)
            self.moved.append(kept)
        self.archive.replace(place)

    def _clear(self) -> None:
        """Remove what is proved to be a build's from ``old``, and move the rest aside."""
        if self.old.exists() and self.record.keep:
            kept = free_name(self.root, "replaced")
            self.old.replace(kept)
            self.moved.append(kept)
        elif self.old.exists():
            for path in list(_files(self.old)):
                if self._digest(self.old, path) in self.record.proofs.get(path, ()):
                    (self.old / path).unlink()
                else:
                    self._move_aside(path)
            shutil.rmtree(self.old)

    def _move_aside(self, path: str) -> None:
        kept = Path(self.record.aside, path)
        if kept.exists() or kept.is_symlink():
            kept = free_name(kept, "changed")
        kept.parent.mkdir(parents=True, exist_ok=True)
        (self.old / path).replace(kept)
        self.moved.append(kept)


def _files(folder: Path) -> Iterator[str]:
    """The relative paths of everything below ``folder`` that is not a folder."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if Path(place, name).is_symlink()]
        for name in (*names, *links):
            yield Path(place, name).relative_to(folder).as_posix()


def _way(root: Path, path: str) -> list[Path]:
    parts = path.split("/")
    return [root.joinpath(*parts[: count + 1]) for count in range(len(parts))]


def folders_of(paths: Iterable[str]) -> set[str]:
    """The folders that hold ``paths``, as relative paths, without the root."""
    return {
        "/".join(parts[:count])
        for parts in (path.split("/") for path in paths)
        for count in range(1, len(parts))
    }


def swapped(one: Path, other: Path) -> bool:
    """Exchange two files or folders in one step. False if the system cannot."""
    a, b = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            return bool(ctypes.CDLL(None).renameat2(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(ctypes.CDLL(None).renamex_np(a, b, _RENAME_SWAP) == 0)
    except (AttributeError, OSError):
        return False
    return False
