"""What the page of cards says after an act, and at which place: “Saved: ‘Who can help’”, with a way back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parentguide.errors import SourceError
from parentguide.model.markup import plain
from parentguide.project.cards.card import Card
from parentguide.project.cards.reading import cards_of
from parentguide.project.front_matter import parse_front_matter

_LONGEST = 60  # characters of a block
_WITH_WORDS: Mapping[str, str] = {
    "saved": "Saved: {words}",
    "added": "Added: {words}",
    "split": "Split: the second block is {words}",
    "joined": "Joined: {words}",
    "moved": "Moved: {words}",
    "undone": "Undone: the change of {words}",
    "redone": "Done again: the change of {words}",
    "left": "Left out: sentence {words}",
    "back": "Put back: sentence {words}",
}
_WITHOUT: Mapping[str, str] = {
    "saved": "The guide is saved.",
    "removed": "The block is removed.",
    "undone": "The change is undone.",
    "redone": "The change is made again.",
    "kept": "What you typed is kept. It is not saved yet.",
}
_DID: Mapping[str, str] = {
    "insert": "added",
    "split": "split",
    "split-anyway": "split",
    "join": "joined",
    "up": "moved",
    "down": "moved",
    "move": "moved",
    "remove": "removed",
}
_BACK: Mapping[str, str] = {"undone": "redo", "kept": ""}


@dataclass(frozen=True, slots=True)
class Told:
    """What was done, the id of the place on the page that says it (empty for the top), and the button beside
    it: “undo”, “redo” or none."""

    text: str
    place: str
    turn: str


@dataclass(frozen=True, slots=True)
class Place:
    """The id of a place on the page. ``words``: whether the change is of what stands there, or else of what
    stood below it."""

    id: str = ""
    words: bool = True


def did(action: str) -> str:
    """The name of an act for the address of the page that follows."""
    name, _, number = action.partition("-")
    if number.isdecimal():
        return {"leave": "left", "back": "back"}.get(name, "saved")
    return _DID.get(action, "saved")


def told(query: Mapping[str, str], cards: Iterable[Card], news: Iterable[str]) -> Told | None:
    """What the address of the page says was done; None if it says nothing, or something unknown."""
    name, place = query.get("did", ""), query.get("at", "")
    if name not in _WITHOUT and name not in _WITH_WORDS:
        return None
    words = ""
    kind, _, identity = place.partition("-")
    if kind == "card":
        card = next((one for one in cards if one.id == identity), None)
        shown = plain(card.words) if card else ""
        words = f"“{shown if len(shown) <= _LONGEST else f'{shown[:_LONGEST]}…'}”" if shown else ""
        place = place if card else ""
    elif kind == "sentence" and identity.isdecimal():
        words = f"sentence {identity}" if name in ("undone", "redone") else identity
    elif kind != "new" or identity not in news:
        place = ""
    turn = _BACK.get(name, "undo")
    if words and name in _WITH_WORDS and query.get("below") != "yes":
        return Told(_WITH_WORDS[name].format(words=words), place, turn)
    return Told(_WITHOUT.get(name, _WITHOUT["saved"]), place, turn)


def changed_place(before: str, after: str) -> Place:
    """Where two texts of a guide differ first: a block that is other or elsewhere, the block above one that
    is gone, or a sentence that is left out or no longer left out."""
    try:
        old, new = cards_of(before), cards_of(after)
        reasons, now = parse_front_matter(before).exclude, parse_front_matter(after).exclude
    except SourceError:
        return Place()
    had = {card.id: card for card in old}
    ids = {card.id for card in new}
    for card in new:
        if card.has_words and had.get(card.id) != card:
            return Place(f"card-{card.id}")
    for at, card in enumerate(old):
        if card.has_words and card.id not in ids:
            return Place(_above(old[:at], ids), words=False)
    sentences = sorted({*reasons.items()} ^ {*now.items()})
    if sentences:
        return Place(f"sentence-{sentences[0][0]}")
    moved = _moved([card for card in old if card.has_words], [card for card in new if card.has_words])
    return Place(f"card-{moved}" if moved else "")


def _above(cards: Sequence[Card], ids: set[str]) -> str:
    return next((f"card-{card.id}" for card in reversed(cards) if card.has_words and card.id in ids), "")


def _moved(old: Sequence[Card], new: Sequence[Card]) -> str:
    """The block without which both orders are the same; else the first that stands elsewhere."""
    before, after = [card.id for card in old], [card.id for card in new]
    pairs = zip(before, after, strict=True)
    first = next((at for at, (one, other) in enumerate(pairs) if one != other), None)
    if first is None:
        return ""
    for name in (after[first], before[first]):
        if [one for one in before if one != name] == [one for one in after if one != name]:
            return name
    return after[first]
