"""The user's cache folder."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

import platformdirs


def cache_path(root: Path, suffix: str) -> Path:
    """The path of a file about the folder ``root`` in the user's cache folder.

    Where the cache folder cannot be made, the path is in the system's folder for temporary files.
    """
    name = sha256(os.fsencode(root.resolve())).hexdigest()[:32]
    return cache_folder() / f"parentguide-{name}.{suffix}"


def cache_folder() -> Path:
    """The user's cache folder of this program, or the system's folder for temporary files."""
    folder = platformdirs.user_cache_path("parentguide", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir())
    return folder
