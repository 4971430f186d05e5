"""Keep what somebody made when something else takes its place: the file or folder gets another name."""

import errno
from datetime import date
from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.infra.atomic import write_file
from parentguide.infra.files import read_bytes
from parentguide.infra.leftovers import shortened


def free_name(path: Path, why: str) -> Path:
    """A name beside ``path`` that nothing has: ``index (changed 2026-11-28).html``.

    ``why`` is a word such as *changed*. A folder's name has no ending.
    """
    stem, ending = (path.name, "") if path.is_dir() else (path.stem, path.suffix)
    label = f"{shortened(stem)} ({why} {date.today()}"
    found, number = path.with_name(f"{label}){ending}"), 1
    while found.exists() or found.is_symlink():
        number += 1
        found = path.with_name(f"{label}, {number}){ending}")
    return found


def keep_earlier(path: Path) -> Path | None:
    """Copy the file ``path``, which will be replaced; returns the name of the copy, or None without a file.

    A copy leaves the file in its place until the new one is complete. Raises :class:`ProjectError`.
    """
    if not path.is_file():
        return None
    data = read_bytes(path)
    for copy in path.parent.glob(f"*(before *{path.suffix}"):
        if copy.name.startswith(f"{shortened(path.stem)} (before") and read_bytes(copy) == data:
            return copy  # of a command that was stopped
    kept = free_name(path, "before")
    write_file(kept, data)
    return kept


def check_new_file(path: Path) -> None:
    """Raise :class:`ProjectError` if no file can be made at ``path``: before somebody has worked for it."""
    try:
        if path.is_dir():
            raise ProjectError(
                "this is a folder, not a file", path=path, remedy="Name a file in it with --out."
            )
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        _check_folder(path)
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from None


def _check_folder(path: Path) -> None:
    for folder in path.absolute().parents:
        if folder.exists():
            if not folder.is_dir():
                raise ProjectError(
                    f"“{folder}” is a file, not a folder", path=path, remedy="Choose another name with --out."
                )
            return


def _unusable(path: Path, error: OSError | ValueError) -> ProjectError:
    loop = getattr(error, "errno", 0) == errno.ELOOP
    why = "links lead round in a circle" if loop else getattr(error, "strerror", None) or str(error)
    shown = path if len(str(path)) < 200 else Path(f"{str(path)[:40]}…")
    return ProjectError(f"this cannot be a file: {why}", path=shown, remedy="Choose another name with --out.")
