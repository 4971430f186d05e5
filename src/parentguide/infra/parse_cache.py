"""What files say, parsed once for the same bytes, so that one changed file costs one parse.

The parsed values are immutable, or nobody changes them; threads may share them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class ParseCache:
    """The last reading of each file. Safe to use from several threads."""

    def __init__(self) -> None:
        self._kept: dict[Path, tuple[tuple[bytes, ...], Any]] = {}

    def get_or_parse(self, path: Path, data: tuple[bytes, ...], parse: Callable[[], T]) -> T:
        """What ``parse`` makes of ``data``, the bytes of the file ``path`` and of those it needs.

        ``parse`` is called only if the bytes are not those of the last reading; what it
        raises is not kept.
        """
        kept = self._kept.get(path)
        if kept is None or kept[0] != data:
            kept = (data, parse())
            self._kept[path] = kept
        found: T = kept[1]
        return found
