"""The states of review, in order."""

from enum import StrEnum
from typing import Final


class ReviewState(StrEnum):
    """How far a text has been reviewed, from the lowest state to the highest; compare with ``<`` and ``>=``.

    The values are those in files, in ``manifest.json`` and on the command line. ``ORIGINAL`` is the
    state of the source language, which nobody has to review; a translation never has it.
    """

    DRAFT = "draft"
    CHECKED = "checked"
    PROFESSIONAL = "professional"
    TESTED = "tested"
    ORIGINAL = "original"

    @property
    def rank(self) -> int:
        """The position in the order, from 0."""
        return list(ReviewState).index(self)

    # A member is also a str, whose own comparison would be alphabetical.
    def __lt__(self, other: str, /) -> bool:
        return self.rank < ReviewState(other).rank

    def __le__(self, other: str, /) -> bool:
        return self.rank <= ReviewState(other).rank

    def __gt__(self, other: str, /) -> bool:
        return self.rank > ReviewState(other).rank

    def __ge__(self, other: str, /) -> bool:
        return self.rank >= ReviewState(other).rank


# The states that a translation can have.
TRANSLATION_STATES: Final = tuple(state for state in ReviewState if state is not ReviewState.ORIGINAL)
# The status of an edition that shows parts in English because their translation is not ready.
INCOMPLETE: Final = "incomplete"
