"""The XML parts of a Word or OpenDocument file, read with limits. Pure: bytes in, elements out.

A DOCX or ODT file is a ZIP archive of XML parts (ECMA-376, Part 2; OpenDocument 1.3, Part 2). Nothing in
it can run: a document type is refused, and no part refers to another file.

Decision: docs/decisions/0026-own-readers-for-word-and-odt.md.
"""

from collections.abc import Callable
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from parentguide.errors import SourceError
from parentguide.infra.zip_errors import ZIP_ERRORS
from parentguide.newsletter.limits import PASTE

_MOST_UNPACKED = 20_000_000  # bytes of all parts that are read; a newsletter has under 2,000,000
_MOST_ELEMENTS = 200_000  # of one part; a newsletter has under 20,000
# A table in a text box in a group in a table is 50 deep. The readers call themselves for each level, so
# the limit also keeps them far below Python's limit of recursion.
MOST_DEPTH = 100


class OfficeArchive:
    """The parts of one file. ``kind`` names it in errors, such as “Word file”.

    ``rename`` makes the tag of an element, and the name of an attribute, of ``{namespace}name``.
    """

    def __init__(self, data: bytes, kind: str, rename: Callable[[str], str]) -> None:
        self._kind, self._rename = kind, rename
        self._left = _MOST_UNPACKED
        self._names: dict[str, str] = {}
        try:
            self._archive = ZipFile(BytesIO(data))
        except ZIP_ERRORS:
            raise self._unreadable() from None

    def needed(self, part: str) -> Element:
        """The root of a part. Raises :class:`SourceError` if it is missing or cannot be read."""
        root = self.optional(part)
        if root is None:
            raise self._unreadable()
        return root

    def optional(self, part: str) -> Element | None:
        """The root of a part, and None if the archive has no such part.

        Raises :class:`SourceError` if the part is broken, or larger or deeper than a newsletter.
        """
        content = self._content(part)
        if content is None:
            return None
        try:
            return self._parsed(content)
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            raise SourceError(f"this {self._kind} is broken, or not allowed", remedy=PASTE) from None

    def _content(self, part: str) -> bytes | None:
        try:
            with self._archive.open(part) as stream:
                # The size that the archive gives may be false, so we read no more than we allow.
                content = stream.read(self._left + 1)
        except KeyError:
            return None
        except ZIP_ERRORS:
            raise self._unreadable() from None
        self._left -= len(content)
        if self._left < 0:
            raise SourceError("this file unpacks to far more than a newsletter", remedy=PASTE)
        return content

    def _parsed(self, content: bytes) -> Element:
        depth = count = 0
        root: Element | None = None
        for event, element in iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True):
            if event == "end":
                depth -= 1
                continue
            depth, count = depth + 1, count + 1
            if depth > MOST_DEPTH or count > _MOST_ELEMENTS:
                raise SourceError(
                    f"this {self._kind} has parts inside parts, or more parts, far beyond a newsletter",
                    remedy=PASTE,
                )
            root = element if root is None else root
            element.tag = self._short(element.tag)
            if element.attrib:
                element.attrib = {self._short(name): value for name, value in element.attrib.items()}
        if root is None:
            raise self._unreadable()
        return root

    def _short(self, name: str) -> str:
        short = self._names.get(name)
        if short is None:
            short = self._names[name] = self._rename(name)
        return short

    def _unreadable(self) -> SourceError:
        return SourceError(f"this is not a {self._kind} that can be read", remedy=PASTE)
