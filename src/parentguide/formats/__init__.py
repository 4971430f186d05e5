"""The editions that a guide can be made in: one file each, and this visible list."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from parentguide.formats.handout import Handout
from parentguide.formats.web import Web
from parentguide.model import Edition


class Format(Protocol):
    """What makes one edition of a guide."""

    name: str

    def __init__(self, templates: Path) -> None: ...

    def file_name(self, guide: str, tag: str) -> str:
        """The file's name below ``<guide>/<tag>/``."""

    def render(self, edition: Edition) -> bytes:
        """The finished file. Raises :class:`~parentguide.errors.LayoutError`."""


FORMATS: Sequence[type[Format]] = (Web, Handout)
EDITIONS: tuple[str, ...] = tuple(kind.name for kind in FORMATS)
