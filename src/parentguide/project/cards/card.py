"""One card: a block of ``guide.md`` with its words, its note and what it covers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a block is. ``FRAME`` and ``FRAME_END`` are the two lines ``:::`` around other blocks."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    STEP = "step"
    PHRASE = "phrase"
    OFFICIAL = "official"
    PLACE = "place"
    FRAME = "frame"
    FRAME_END = "end"


# What a person may turn into one another, split and join.
USUAL = (Kind.PARAGRAPH, Kind.HEADING, Kind.SUBHEADING, Kind.ITEM, Kind.STEP, Kind.PHRASE)
IN_LISTS = (Kind.ITEM, Kind.STEP)


@dataclass(frozen=True, slots=True)
class Card:
    """One block.

    ``id`` is the block's id; frames, which have none in the text, get names with a space, such as
    ``frame 1``. ``words`` is one line with ``**bold**`` and ``{field}``. ``covers`` are the numbers of the
    newsletter's statements. ``when`` and ``unless`` are names of facts, as the block itself and its list
    have them; a frame has its own. ``classes`` are ``.say``, ``.policy``, ``.leaf`` or a place.
    ``frame`` is the name of a frame, such as ``contacts``. ``slice`` is the exact text of the block, and
    empty for a new one; it does not count when cards are compared.
    """

    kind: Kind
    id: str
    words: str = ""
    note: str = ""
    covers: tuple[int, ...] = ()
    source: str = ""
    verified_on: str = ""
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    frame: str = ""
    slice: str = field(default="", compare=False)

    @property
    def has_words(self) -> bool:
        """Whether it is a block with words, and not the beginning or end of a frame."""
        return self.kind not in (Kind.FRAME, Kind.FRAME_END)

    @property
    def is_usual(self) -> bool:
        """Whether it may be split, joined, moved, removed and turned into another kind."""
        return self.kind in USUAL


def card_with(cards: Iterable[Card], identity: str) -> Card | None:
    """The card with an id; None if there is none."""
    return next((card for card in cards if card.id == identity), None)
