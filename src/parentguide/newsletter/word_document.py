"""The text of a Word file. Pure: bytes in, passages out.

A Word file is read as an XML part of a ZIP archive (ECMA-376, Part 1, 17.3 and 17.9), so nothing in it
can run.
"""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from parentguide.errors import SourceError
from parentguide.newsletter.limits import PASTE
from parentguide.newsletter.passages import Document
from parentguide.newsletter.text_document import read_text

_MOST_UNPACKED = 20_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"


def read_docx(data: bytes) -> Document:
    """The lines of a DOCX file. Raises :class:`SourceError` for one that is broken, empty or too large."""
    return read_text(_word_text(data))


def _word_text(data: bytes) -> str:
    """Each paragraph on a line of its own, with a blank line between; list items begin with a dash."""
    try:
        with ZipFile(BytesIO(data)) as archive, archive.open(_DOCUMENT) as part:
            # The size that the archive gives for a part may be false, so we read no more than we allow.
            content = part.read(_MOST_UNPACKED + 1)
        if len(content) > _MOST_UNPACKED:
            raise SourceError("this file unpacks to far more than a newsletter", remedy=PASTE)
        body = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise SourceError("this Word file is broken, or not allowed", remedy=PASTE) from None
    except (KeyError, BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise SourceError("this is not a Word file that can be read", remedy=PASTE) from None
    return "\n\n".join(line for paragraph in body.iter(f"{_WORD}p") if (line := _paragraph(paragraph)))


def _paragraph(paragraph: Element) -> str:
    text = "".join(_runs(paragraph)).strip()
    listed = paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None
    return f"- {text}" if listed and text else text


def _runs(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter():
        name = element.tag.removeprefix(_WORD)
        # w:t holds the present text; text that was deleted with changes tracked is in w:delText.
        if name == "t":
            yield element.text or ""
        elif name in ("tab", "br", "cr"):
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
