"""The plain text of a newsletter sent as a file, for the box in Studio."""

from parentguide.newsletter.limits import checked_length
from parentguide.newsletter.reading import document_of

__all__ = ["checked_length", "text_of"]


def text_of(data: bytes) -> str:
    """The text of a newsletter of any file type. Raises :class:`SourceError`."""
    return "\n".join(passage.text for passage in document_of(data).passages)
