"""Whether a folder may be the target of a build: what it is, and where it is.

A build changes only a folder that is new, empty or its own (see :mod:`parentguide.build.previous`).
"""

import errno
import os
from pathlib import Path

from parentguide.errors import ProjectError

# In bytes: with “.zip” or the name of a temporary folder, it is not longer than the 255 of most systems.
_LONGEST_NAME = 200
_ELSEWHERE = "Choose another folder with --out."


def target_folder(out: Path) -> Path:
    """The absolute path of ``out``. Raises :class:`ProjectError` where no folder can be."""
    try:
        whole = out.resolve()
        _check_above(whole)
    except (OSError, RuntimeError, ValueError) as error:
        raise ProjectError(_why(error), path=_short(out), remedy=_ELSEWHERE) from None
    if whole == whole.parent:
        raise ProjectError("this is the whole disk, not a folder for guides", path=out, remedy=_ELSEWHERE)
    if whole == _home():
        raise ProjectError(
            "this is your home folder, which holds all your files",
            path=out,
            remedy="Name a folder in it with --out, such as guides.",
        )
    if len(os.fsencode(whole.name)) > _LONGEST_NAME:
        raise ProjectError(
            "the name of the folder is too long", path=_short(out), remedy="Choose a shorter one with --out."
        )
    return whole


def _check_above(whole: Path) -> None:
    """Raises :class:`OSError` for a loop or a name that is too long, and for a file in the way."""
    for path in (whole, *whole.parents):
        try:
            folder = path.is_dir()
            path.stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        if not folder:
            raise NotADirectoryError(errno.ENOTDIR, "is a file", str(path))
        return


def _why(error: Exception) -> str:
    if isinstance(error, NotADirectoryError):
        return f"“{error.filename}” is a file, not a folder"
    if isinstance(error, RuntimeError) or getattr(error, "errno", 0) == errno.ELOOP:
        return "the symbolic links on the way to this folder lead round in a circle"
    if getattr(error, "errno", 0) == errno.ENAMETOOLONG:
        return "the name of the folder is too long"
    return f"this cannot be a folder: {getattr(error, 'strerror', None) or error}"


def _short(out: Path) -> Path:
    """The path for a message, of at most one line."""
    text = str(out)
    return out if len(text) <= _LONGEST_NAME else Path(f"{text[:40]}…")


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except (OSError, RuntimeError):
        return None


def in_use_as(whole: Path) -> str:
    """Why the folder must keep its place on the disk; empty if it may be renamed."""
    if whole == Path.cwd() or whole in Path.cwd().parents:
        return "you are working in this folder"
    home = _home()
    if home is not None and (whole == home or whole in home.parents):
        return "your home folder is in this folder"
    if os.path.ismount(whole):
        return "this is a whole disk"
    return ""


def refuse_to_rename(whole: Path, contents: Path) -> None:
    """Raise :class:`ProjectError` if ``--force`` must not rename the folder.

    ``contents`` is the folder of the project that a build reads.
    """
    reason = in_use_as(whole)
    if not reason and (contents == whole or whole in contents.parents or contents in whole.parents):
        reason = "the guides and translations are read from this folder"
    if reason:
        raise ProjectError(
            f"the folder has files of somebody else, and --force cannot rename it: {reason}",
            path=whole,
            remedy="Choose a new or empty folder with --out.",
        )
