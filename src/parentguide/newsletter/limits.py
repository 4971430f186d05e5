"""How large a newsletter may be, and what a person can do with a file that cannot be read."""

from parentguide.errors import SourceError

MOST_TEXT = 5_000_000  # characters; a newsletter has under 10,000
# A longer text is read in a worker (parentguide.infra.within_limits).
SHORT = 20_000  # bytes or characters
# A text of a megabyte is read in under a second if it has no more lines than this, or longer ones.
MOST_LINES = 40_000
_USUAL_LINE = 30  # characters
_ONLY_A_PART = "Paste only the part that the guide is to be about."
PASTE = "Open it, copy the newsletter's text, and paste it into the box in Studio or into a text file."


def checked_length(text: str) -> str:
    """``text``. Raises :class:`SourceError` if it has more than :data:`MOST_TEXT` characters."""
    if len(text) > MOST_TEXT:
        raise SourceError(
            f"this has {len(text):,} characters, far more than a newsletter",
            remedy=_ONLY_A_PART,
        )
    return text


def checked_lines(rows: list[str], characters: int) -> list[str]:
    """``rows``. Raises :class:`SourceError` if far more of them have text than those of a newsletter."""
    count = sum(map(bool, rows))
    if count > max(MOST_LINES, characters // _USUAL_LINE):
        raise SourceError(f"this has {count:,} lines, far more than a newsletter", remedy=_ONLY_A_PART)
    return rows
