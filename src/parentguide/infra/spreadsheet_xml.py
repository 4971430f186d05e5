"""XML of spreadsheets as a stream of elements, without document types and entities."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse


class SpreadsheetXmlError(ValueError):
    """The XML is broken, or has a document type or entities."""


def elements(content: bytes) -> Iterator[tuple[bool, str, Element]]:
    """Each element twice: at its start (True) and at its end, with its name without namespace.

    The caller clears what it has read, so that memory stays bounded. Raises
    :class:`SpreadsheetXmlError`.
    """
    try:
        for event, element in iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True):
            yield event == "start", local_name(element.tag), element
    except (ParseError, DefusedXmlException) as error:
        raise SpreadsheetXmlError(f"its XML is broken or not allowed: {type(error).__name__}") from None


def local_name(name: str) -> str:
    """The name without its namespace: transitional and strict Office Open XML differ only in that."""
    return name.rpartition("}")[2]


def attributes_of(element: Element) -> Mapping[str, str]:
    """The attributes by their names without namespace."""
    return {local_name(key): value for key, value in element.attrib.items()}
