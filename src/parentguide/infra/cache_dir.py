"""The user's cache folder."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

import platformdirs


def cache_path(root: Path, suffix: str) -> Path:
    """A file of the user's cache folder (of the temporary one where there is none) for ``root``."""
    name = sha256(os.fsencode(root.resolve())).hexdigest()[:32]
    folder = platformdirs.user_cache_path("parentguide", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir())
    return folder / f"parentguide-{name}.{suffix}"
