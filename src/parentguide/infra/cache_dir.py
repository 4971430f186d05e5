"""The user's cache folder."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

import platformdirs

from parentguide.errors import ProjectError


def cache_path(root: Path, suffix: str) -> Path:
    """The path of a file about the folder ``root`` in the user's cache folder.

    Where the cache folder cannot be made, the path is in the system's folder for temporary files.
    """
    name = sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:32]
    return cache_folder() / f"parentguide-{name}.{suffix}"


def cache_folder() -> Path:
    """The user's cache folder of this program. Where it cannot be made or written: a folder of this user
    within the system's folder for temporary files.

    Raises :class:`ProjectError` if that belongs to somebody else.
    """
    folder = platformdirs.user_cache_path("parentguide", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        usable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        usable = False
    return folder if usable else _temporary()


def _temporary() -> Path:
    """Everybody may write into the system's temporary folder, so the program uses one that is its own."""
    user = str(os.getuid()) if hasattr(os, "getuid") else ""
    folder = Path(tempfile.gettempdir()) / f"parentguide-cache-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        own = folder.is_dir() and not folder.is_symlink()
        if own and hasattr(os, "getuid"):
            own = found.st_uid == os.getuid() and not found.st_mode & 0o022
    except OSError:
        own = False
    if not own:
        raise ProjectError(
            "is not a folder that only this user can write to",
            path=folder,
            remedy="Delete it, or make your cache folder writable.",
        )
    return folder
