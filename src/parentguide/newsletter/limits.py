"""How large a newsletter may be, and what a person can do with a file that cannot be read."""

from parentguide.errors import SourceError

MOST_TEXT = 5_000_000  # characters; a newsletter has under 10,000
PASTE = "Open it, copy the newsletter's text, and paste it into the box in Studio or into a text file."


def checked_length(text: str) -> str:
    """``text``. Raises :class:`SourceError` if it has more than :data:`MOST_TEXT` characters."""
    if len(text) > MOST_TEXT:
        raise SourceError(
            f"this has {len(text):,} characters, far more than a newsletter",
            remedy="Paste only the part that the guide is to be about.",
        )
    return text
