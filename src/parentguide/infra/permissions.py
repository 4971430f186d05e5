"""Who may read what is published: everybody, whatever the umask of the person who builds.

The files go to a website, where another user, the web server, reads them. A folder that was there before
keeps its permissions, so that somebody can still keep a whole build private.
"""

import os
import posixpath
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PUBLIC_FILE, PUBLIC_FOLDER = 0o644, 0o755


def make_public_folder(folder: Path) -> None:
    """Make the folder and those above it that are missing. Raises ``OSError``."""
    if folder.is_dir():
        return
    make_public_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    folder.chmod(PUBLIC_FOLDER)


def write_public_file(path: Path, data: bytes) -> None:
    """Write a file in a folder that exists, and return when its bytes are on the disk. Raises ``OSError``."""
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        path.chmod(PUBLIC_FILE)
        os.fsync(stream.fileno())


def make_readable(root: Path, names: Iterable[str]) -> None:
    """Let everybody read the files ``names`` below ``root``, and enter the folders between. Names have ``/``.

    What belongs to somebody else, and what is not there, stays as it is.
    """
    files = list(names)
    folders: set[str] = set()
    for name in files:
        folder = posixpath.dirname(name)
        while folder not in folders and folder:
            folders.add(folder)
            folder = posixpath.dirname(folder)
    for some, bits in ((files, 0o444), (folders, 0o555)):
        for name in some:
            path = root / name
            with suppress(OSError):
                mode = path.stat().st_mode
                if mode & bits != bits:
                    path.chmod(mode & 0o7777 | bits)
