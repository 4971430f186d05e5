"""Changes of cards: each returns new cards, or raises :class:`SourceError` in words for the writer.

``identity`` is the id of the card that is changed. Moved and edited blocks keep their ids, because the
translations hang on them.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from parentguide.errors import SourceError
from parentguide.project.block_ids import new_id
from parentguide.project.cards.card import USUAL, Card, Kind, card_with
from parentguide.project.cards.words import checked_note, checked_source, checked_words, halves

Cards = tuple[Card, ...]
WRITTEN_HERE = "written for this guide"
_CLASS_OF = {Kind.PHRASE: "say"}
# The kinds that may have a class: others lose it.
_KEEPS = {"policy": (Kind.PARAGRAPH,), "leaf": (Kind.HEADING, Kind.SUBHEADING), "say": (Kind.PHRASE,)}
_LAST = "elsewhere"


def change_words(cards: Sequence[Card], identity: str, words: str) -> Cards:
    """Other words; white space becomes single spaces."""
    card = _found(cards, identity)
    return _replaced(cards, checked_words(replace(card, words=words)))


def change_note(cards: Sequence[Card], identity: str, note: str) -> Cards:
    """Another note for translators, or none."""
    return _replaced(cards, replace(_found(cards, identity), note=checked_note(note)))


def change_source(cards: Sequence[Card], identity: str, source: str) -> Cards:
    """Where the words come from if they go beyond the newsletter; empty where they do not."""
    card = replace(_found(cards, identity), source=checked_source(source))
    return _replaced(cards, _with_source(card if card.source else replace(card, verified_on="")))


def change_covers(cards: Sequence[Card], identity: str, covers: Iterable[int]) -> Cards:
    """The numbers of the newsletter's sentences that the block covers.

    Those that it stood for before stay in their order.
    """
    card, wanted = _found(cards, identity), set(covers)
    if wanted == set(card.covers):
        return tuple(cards)
    kept = tuple(number for number in card.covers if number in wanted)
    changed = replace(card, covers=(*kept, *sorted(wanted - set(kept))))
    return _replaced(cards, changed if card.kind is Kind.OFFICIAL else _with_source(changed))


def change_kind(cards: Sequence[Card], identity: str, kind: Kind) -> Cards:
    """The same words as a block of another kind."""
    card = _found(cards, identity)
    if kind is card.kind:
        return tuple(cards)
    if not card.is_usual or kind not in USUAL:
        raise SourceError(
            "this block cannot become another kind of block", remedy="Add a new block and remove this one."
        )
    return _replaced(cards, checked_words(_as_kind(card, kind)))


def add_after(
    cards: Sequence[Card], identity: str, kind: Kind, words: str, taken: Collection[str] = ()
) -> tuple[Cards, str]:
    """A new block below another, or as the first or next one of a frame; and its id.

    ``taken`` are ids that the guide had before: a new block never gets one of those.
    """
    above = _found(cards, identity, frames=True)
    if kind not in USUAL:
        raise SourceError("this kind of block cannot be added", remedy="Choose one of the list.")
    if _in_last_frame(cards, above):
        raise SourceError(
            "the words for other places have no blocks of text between them",
            remedy="Add the block further up.",
        )
    name = new_id(words, {card.id for card in cards} | set(taken))
    new = checked_words(_with_source(_as_kind(Card(Kind.PARAGRAPH, name, words), kind)))
    at = cards.index(above) + 1
    return (*cards[:at], new, *cards[at:]), name


def split_at(cards: Sequence[Card], identity: str, at: int, taken: Collection[str] = ()) -> tuple[Cards, str]:
    """A block in two, before the character ``at`` of its words; and the id of the second.

    The first part keeps the id; note, sentences covered, source and conditions go to both. What follows
    a heading becomes a paragraph.
    """
    card = _found(cards, identity)
    if not card.is_usual:
        raise SourceError("this block cannot be split", remedy="Add a new block for what you want to say.")
    first, second = halves(card.words, at)
    name = new_id(second, {card.id for card in cards} | set(taken))
    kind = Kind.PARAGRAPH if card.kind in (Kind.HEADING, Kind.SUBHEADING) else card.kind
    one = replace(card, words=first, classes=tuple(name for name in card.classes if name != "policy"))
    classes = tuple(name for name in card.classes if kind in _KEEPS.get(name, ()))
    two = replace(card, kind=kind, id=name, words=second, classes=classes, slice="")
    position = cards.index(card)
    return (*cards[:position], checked_words(one), checked_words(two), *cards[position + 1 :]), name


def join_with_next(cards: Sequence[Card], identity: str) -> Cards:
    """A block and the next one as one, which keeps the id, kind and conditions of the first."""
    card = _found(cards, identity)
    position = cards.index(card)
    following = cards[position + 1] if position + 1 < len(cards) else None
    if not card.is_usual or following is None or not following.is_usual:
        raise SourceError(
            "there is no block right below this one that it can be joined with",
            remedy="Only two blocks of text without a frame between them can be joined.",
        )
    if (card.when, card.unless) != (following.when, following.unless):
        raise SourceError(
            "the two blocks are not for the same schools", remedy="Blocks for the same schools can be joined."
        )
    more = tuple(number for number in following.covers if number not in card.covers)
    classes = tuple(dict.fromkeys((*card.classes, *following.classes)))
    joined = replace(
        card,
        words=f"{card.words} {following.words}",
        note=_both(" ", card.note, following.note),
        covers=(*card.covers, *more),
        source=_both("; ", card.source, following.source),
        verified_on=_weaker(card, following),
        classes=tuple(name for name in classes if card.kind in _KEEPS.get(name, ())),
    )
    return (*cards[:position], checked_words(joined), *cards[position + 2 :])


def remove(cards: Sequence[Card], identity: str) -> Cards:
    """Without a block, and without a frame that has nothing in it then."""
    card = _found(cards, identity)
    if card.kind is Kind.TITLE:
        raise SourceError("a guide needs its title", remedy="Change its words instead.")
    return _without_empty_frames([other for other in cards if other is not card])


def move(cards: Sequence[Card], identity: str, by: int) -> Cards:
    """A block one place up (-1) or down (1). The beginning or end of a frame is a place too, so that blocks
    can leave frames and go into them."""
    card = _found(cards, identity)
    position = cards.index(card)
    return _moved(cards, card, position + by)


def move_after(cards: Sequence[Card], identity: str, other: str) -> Cards:
    """A block to the place below another card."""
    card, above = _found(cards, identity), _found(cards, other, frames=True)
    if card is above:
        return tuple(cards)
    position, target = cards.index(card), cards.index(above)
    return _moved(cards, card, target if target > position else target + 1)


def _moved(cards: Sequence[Card], card: Card, target: int) -> Cards:
    if not (card.is_usual or card.kind is Kind.OFFICIAL):
        raise SourceError("this block has a fixed place", remedy="Move other blocks instead.")
    rest = [other for other in cards if other is not card]
    if target < 1:
        raise SourceError("the title stays first", remedy="Move this block no further up.")
    if target > len(rest) or (target and _in_last_frame(rest, rest[target - 1])):
        raise SourceError("this block is the last one", remedy="Move it no further down.")
    rest.insert(target, card)
    inside = bool(_frames_around(rest, target))
    if inside and card.kind is Kind.OFFICIAL:
        raise SourceError("official words cannot be in another frame", remedy="Move them past the frame.")
    if inside and "leaf" in card.classes:
        raise SourceError(
            "this heading begins the second leaf of the handout, so it cannot be in a frame",
            remedy="Move it past the frame.",
        )
    return _without_empty_frames(rest)


def _found(cards: Sequence[Card], identity: str, *, frames: bool = False) -> Card:
    card = card_with(cards, identity)
    if card is None or not (card.has_words or frames):
        raise SourceError(
            "this block is not in the guide any more", remedy="Look at the guide as it is now, and try again."
        )
    return card


def _replaced(cards: Sequence[Card], card: Card) -> Cards:
    return tuple(card if other.id == card.id else other for other in cards)


def _with_source(card: Card) -> Card:
    """Words that stand for no sentence of the newsletter say where they come from."""
    return card if card.covers or card.source else replace(card, source=WRITTEN_HERE)


def _as_kind(card: Card, kind: Kind) -> Card:
    classes = [name for name in card.classes if kind in _KEEPS.get(name, ())]
    own = _CLASS_OF.get(kind)
    return replace(card, kind=kind, classes=(*([own] if own else []), *classes))


def _both(between: str, *texts: str) -> str:
    return between.join(dict.fromkeys(text for text in texts if text))


def _weaker(card: Card, other: Card) -> str:
    """When both were read on their source's page: the earlier day, and “not yet” before any."""
    days = [one.verified_on for one in (card, other) if one.verified_on]
    return next((day for day in days if not day[:1].isdigit()), min(days, default=""))


def _in_last_frame(cards: Sequence[Card], card: Card) -> bool:
    """Whether what follows ``card`` is among the words for places outside the text."""
    frames = _frames_around(cards, cards.index(card) + 1)
    return _LAST in frames or (card.kind is Kind.FRAME_END and card.frame == _LAST)


def _frames_around(cards: Sequence[Card], position: int) -> list[str]:
    """The names of the frames around a place, from outside."""
    found: list[str] = []
    for card in cards[:position]:
        if card.kind is Kind.FRAME:
            found.append(card.frame)
        elif card.kind is Kind.FRAME_END:
            found.pop()
    return found


def _without_empty_frames(cards: Sequence[Card]) -> Cards:
    kept: list[Card] = []
    for card in cards:
        if card.kind is Kind.FRAME_END and kept and kept[-1].kind is Kind.FRAME:
            kept.pop()
        else:
            kept.append(card)
    return tuple(kept)
