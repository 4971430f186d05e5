"""The text of an OpenDocument file."""

from parentguide.errors import SourceError
from parentguide.newsletter.limits import PASTE
from parentguide.newsletter.passages import Document


def read_odt(data: bytes) -> Document:
    """Raises :class:`SourceError`."""
    raise SourceError(
        "this is an OpenDocument file", remedy="Save it as .docx or as plain text. Or: " + PASTE
    )
