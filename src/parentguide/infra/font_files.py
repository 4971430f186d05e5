"""Find font files that are empty, cut off or overwritten, before Typst leaves them out without a word.

A font file says in its first bytes where its tables are (OpenType 1.9.1, “Organization of an OpenType font”).
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from parentguide.errors import LayoutError

_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_COLLECTION = b"ttcf"
_FONTS = (b"\0\1\0\0", b"OTTO", b"true")


def refuse_damaged_fonts(folder: Path) -> None:
    """Raises :class:`LayoutError` with every damaged font file of ``folder``, and if there is none at all."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)
    damaged = [path for path in paths if not _is_whole(path)]
    if damaged or not paths:
        names = ", ".join(path.name for path in damaged[:5])
        raise LayoutError(
            f"font files are empty or damaged: {names}" if paths else "the font files are missing",
            path=folder,
            remedy="Install the fonts again: pip install --force-reinstall with the name of their package.",
        )


def _is_whole(path: Path) -> bool:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            ends = list(_ends_of_tables(stream))
        return bool(ends) and max(ends) <= size
    except (OSError, struct.error):
        return False


def _ends_of_tables(stream: IO[bytes]) -> Iterator[int]:
    """Where each table of each font of the file ends; nothing if it is not a font."""
    tag = stream.read(4)
    starts: tuple[int, ...] = (0,)
    if tag == _COLLECTION:
        (count,) = struct.unpack(">4xI", stream.read(8))
        starts = struct.unpack(f">{count}I", stream.read(4 * count))
    for start in starts:
        stream.seek(start)
        if stream.read(4) not in _FONTS:
            return
        (count,) = struct.unpack(">H6x", stream.read(8))
        for _ in range(count):
            offset, length = struct.unpack(">8xII", stream.read(16))
            yield offset + length
