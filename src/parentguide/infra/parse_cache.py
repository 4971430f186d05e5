"""A cache of parsed files, keyed by path and content: a changed file costs one parse.

Threads share the parsed values, so nobody may change one.

Decision: docs/decisions/0020-caches-by-content.md.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class ParseCache:
    """The last parsed value of each file. Several threads may use one cache."""

    def __init__(self) -> None:
        self._kept: dict[Path, tuple[tuple[bytes, ...], Any]] = {}

    def get_or_parse(self, path: Path, data: tuple[bytes, ...], parse: Callable[[], T]) -> T:
        """The value that ``parse`` returns for ``data``.

        ``data`` holds the bytes of the file ``path`` and of all other files that ``parse`` reads.
        ``parse`` is called only if ``data`` differs from the last call's. An error that it raises is
        passed on and not kept.
        """
        kept = self._kept.get(path)
        if kept is None or kept[0] != data:
            kept = (data, parse())
            self._kept[path] = kept
        found: T = kept[1]
        return found
