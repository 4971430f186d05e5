"""The newsletter beside the cards: each sentence, the blocks that stand for it, or why it is left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from parentguide.errors import SourceError
from parentguide.model.markup import filled, plain
from parentguide.model.statement import Statement
from parentguide.project.cards.card import Card, Kind
from parentguide.project.front_matter import parse_front_matter
from parentguide.review.guide_draft import GuideDraftReport

_LONGEST_NAME = 45  # characters of a block in a link


class Place(StrEnum):
    """What became of a sentence. ``SOME``: only some schools show a block that stands for it."""

    COVERED = "covered"
    SOME = "some"
    LEFT_OUT = "left out"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One sentence of the newsletter. ``blocks`` are the ids of the blocks that stand for it, each with the
    beginning of its words; ``below`` is the id of the card below which a new block for it belongs."""

    sentence: Statement
    place: Place
    blocks: tuple[tuple[str, str], ...]
    reason: str
    below: str

    @property
    def is_waiting(self) -> bool:
        return self.place in (Place.OPEN, Place.SOME)

    def is_only_in(self, card: str) -> bool:
        """Whether the block ``card`` is the only one that stands for the sentence."""
        return self.place is Place.COVERED and [name for name, _ in self.blocks] == [card]


def panel_of(
    reasons: Mapping[int, str], cards: Sequence[Card], report: GuideDraftReport | None
) -> list[PanelRow]:
    """Every sentence of the newsletter in its order. None for a guide that cannot be read.

    ``reasons`` as :func:`reasons_of` gives them.
    """
    if report is None or not cards:
        return []
    waiting = dict(report.left_out)
    return [_row(sentence, cards, reasons, waiting, report.numbers) for sentence in report.statements]


def reasons_of(text: str) -> dict[int, str]:
    """Why sentences are left out, by their numbers. None for a guide that cannot be read."""
    try:
        return dict(sorted(parse_front_matter(text).exclude.items()))
    except SourceError:
        return {}


def waiting_sentences(rows: Iterable[PanelRow]) -> int:
    """How many sentences have no block for each school, and no reason."""
    return sum(row.is_waiting for row in rows)


def _row(
    sentence: Statement,
    cards: Sequence[Card],
    reasons: Mapping[int, str],
    waiting: Mapping[int, bool],
    numbers: Mapping[str, str],
) -> PanelRow:
    number = sentence.number
    blocks = tuple((card.id, _name(card, numbers)) for card in cards if number in card.covers)
    if number in reasons:
        place = Place.LEFT_OUT
    elif number not in waiting:
        place = Place.COVERED
    else:
        place = Place.SOME if waiting[number] else Place.OPEN
    return PanelRow(sentence, place, blocks, reasons.get(number, ""), _below(cards, number))


def _name(card: Card, numbers: Mapping[str, str]) -> str:
    """The beginning of a block's words, with the numbers that people read."""
    if card.kind is Kind.OFFICIAL:
        return "Official words"
    words = filled(plain(card.words), numbers)
    return words if len(words) <= _LONGEST_NAME else f"{words[:_LONGEST_NAME].rsplit(' ', 1)[0]}…"


def _below(cards: Sequence[Card], number: int) -> str:
    """The last block for the sentence itself or the nearest one before it; the title if there is none."""
    nearest = max((n for card in cards for n in card.covers if n <= number), default=0)
    return next((card.id for card in reversed(cards) if nearest in card.covers), cards[0].id)
