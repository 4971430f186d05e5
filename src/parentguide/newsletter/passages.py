"""What a reader of one file type finds in a newsletter, before statements are made of it.

Each file type has a reader (text, Word, OpenDocument, PDF, saved web page) that returns a
:class:`Document`. ``statements.py`` makes numbered statements of any of them by the same rules.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a file says about a passage. A plain text says nothing: its passages have no role."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


class Passage(NamedTuple):
    """A paragraph, a list item, a table row, or in a plain text a line.

    ``text`` has no list mark if ``role`` is ``ITEM``; the cells of a ``ROW`` are joined by `` | ``.
    ``line`` is the number of the line (text) or paragraph (other files), from 1. ``page`` is the page
    from 1, and None for files without pages. ``size`` is the type size in points, and None if the file
    does not say. ``bold``: all of its words are bold. ``doubt`` says why the reader is not sure of it;
    it is empty if the reader is sure.
    """

    text: str
    role: Role | None = None
    line: int = 0
    page: int | None = None
    size: float | None = None
    bold: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text that is not part of the newsletter's statements, and the ``reason``, such as “running head”."""

    text: str
    reason: str
    line: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A newsletter as one file gives it: ``passages`` in reading order, and what was ``left_out``."""

    passages: tuple[Passage, ...]
    left_out: tuple[LeftOut, ...] = ()
