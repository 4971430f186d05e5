"""The text of a saved web page."""

from parentguide.errors import SourceError
from parentguide.newsletter.limits import PASTE
from parentguide.newsletter.passages import Document


def read_html(data: bytes) -> Document:
    """Raises :class:`SourceError`."""
    raise SourceError("this is a saved web page", remedy=PASTE)
