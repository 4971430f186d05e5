"""What the form of the cards asks for, as a new text of the guide; nothing is saved here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from parentguide.errors import SourceError
from parentguide.model.markup import plain
from parentguide.newsletter.limits import checked_length
from parentguide.project.cards import edits
from parentguide.project.cards.card import USUAL, Card, Kind, card_with
from parentguide.project.cards.reading import cards_of
from parentguide.project.cards.rows import one_line
from parentguide.project.cards.writing import with_cards
from parentguide.project.front_matter import parse_front_matter
from parentguide.project.front_matter_edits import with_reason, with_title, without_reason
from parentguide.project.project import Project
from parentguide.project.title_elsewhere import renamed
from parentguide.studio.security.forms import Form, small_number
from parentguide.studio.services.card_view import ids_had

Cards: TypeAlias = tuple[Card, ...]
_NO_SENTENCES = (Kind.HEADING, Kind.SUBHEADING)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
# A sentence ends, also one in quotation marks.
_END = re.compile(r"[.!?…:][”’\"')]*$")
# About a sentence of the newsletter: what to do, and its number.
_SENTENCE = re.compile(r"(leave|back)-(\d{1,6})")


class HalfSentenceError(SourceError):
    """A split would leave a part that is no whole sentence; somebody may want that."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A guide after an act: the card to open next, and the id of the place on the page to show, if it is not
    that card."""

    text: str
    card: str = ""
    place: str = ""


def changed_text(project: Project, slug: str, text: str, form: Form, *, keeps: bool = False) -> Changed:
    """What a form asks for. With ``keeps`` the words of the form count, and no other action.

    Raises :class:`SourceError` for what cannot be done.
    """
    action, identity = form.text("action"), form.line("card")
    if action == "all":
        # What was typed before, as it is.
        return Changed(text, identity)
    if action == "rename":
        everywhere = form.line("everywhere") == "yes"
        return Changed(renamed(text, form.line("title"), everywhere=everywhere))
    before = cards_of(text)
    cards, identity = _written(project, slug, before, form, keeps=keeps)
    if keeps:
        return Changed(_with_cards(text, before, cards), identity)
    moved = form.line("moved")
    if action == "move" and moved:
        cards = edits.move_after(cards, moved, form.line("drop"))
        return Changed(_with_cards(text, before, cards), identity, f"card-{moved}")
    asked = _SENTENCE.fullmatch(action)
    if asked is not None:
        if asked[1] == "leave":
            cards = _uncovered(cards, identity, int(asked[2]))
        new = _with_cards(text, before, cards)
        return Changed(_about_sentence(new, asked, form), identity, f"sentence-{asked[2]}")
    if action == "move":
        cards = edits.move_after(cards, identity, form.line("after"))
    else:
        act, written = _ACTIONS.get(action, _only_saved), checked_length(form.text("words"))
        cards, identity = act(cards, identity, written, ids_had(project, slug))
    return Changed(_with_cards(text, before, cards), identity)


def _written(project: Project, slug: str, cards: Cards, form: Form, *, keeps: bool) -> tuple[Cards, str]:
    """The cards with what was typed, and the id of the card that has it. A new block whose words were typed
    is not lost, whatever button is pressed."""
    identity, written = form.line("card"), checked_length(form.text("words"))
    adds = "adds" in form.fields
    if form.text("action") == "insert" or (adds and written.strip() and not keeps):
        kind = _kind(form.text("kind"), Kind.PARAGRAPH)
        cards, identity = edits.add_after(cards, identity, kind, one_line(written), ids_had(project, slug))
        return _with_fields(cards, identity, form), identity
    if "words" not in form.fields or adds:
        return cards, "" if adds else identity
    cards = edits.change_words(cards, identity, written)
    card = card_with(cards, identity)
    if card and card.is_usual:
        cards = edits.change_kind(cards, identity, _kind(form.text("kind"), card.kind))
    return _with_fields(cards, identity, form), identity


def _with_cards(text: str, before: Cards, cards: Cards) -> str:
    """``text`` with other cards. A guide whose lists call it by its heading is called by the new one."""
    new = with_cards(text, cards)
    old_title, title = plain(before[0].words), plain(cards[0].words)
    if old_title != title and parse_front_matter(new).title == old_title:
        return with_title(new, title)
    return new


def _about_sentence(text: str, asked: re.Match[str], form: Form) -> str:
    """Leave a sentence of the newsletter out for a reason, or put it back."""
    number = int(asked[2])
    if asked[1] == "back":
        return without_reason(text, number)
    return with_reason(text, number, form.line(f"reason-{number}"))


def _uncovered(cards: Cards, identity: str, number: int) -> Cards:
    """The cards, without the sentence ``number`` in the open block, if no other block covers it."""
    blocks = [card for card in cards if number in card.covers]
    if [card.id for card in blocks] != [identity]:
        return cards
    return edits.change_covers(cards, identity, [n for n in blocks[0].covers if n != number])


def _with_fields(cards: Cards, identity: str, form: Form) -> Cards:
    """Note, sentences and source as the form says them."""
    cards = edits.change_note(cards, identity, form.text("note"))
    if "listed" in form.fields:
        # Without the list, nobody has ticked or unticked anything.
        numbers = map(small_number, form.all("covers"))
        cards = edits.change_covers(cards, identity, [n for n in numbers if n is not None])
    return edits.change_source(cards, identity, form.text("source"))


def _kind(name: str, usual: Kind) -> Kind:
    return Kind(name) if name in set(USUAL) else usual


_Action: TypeAlias = Callable[[Cards, str, str, frozenset[str]], tuple[Cards, str]]


def _only_saved(cards: Cards, identity: str, _: str, __: frozenset[str]) -> tuple[Cards, str]:
    return cards, identity


def _split(cards: Cards, identity: str, written: str, taken: frozenset[str]) -> tuple[Cards, str]:
    """The page's script puts an empty line where the cursor is; without it a person does."""
    gap = _EMPTY_LINE.search(written.strip())
    if gap is None:
        raise SourceError(
            "Studio does not know where the second block begins",
            remedy="Put the cursor there; or leave an empty line before it, then press “Split here” again.",
        )
    return edits.split_at(cards, identity, len(one_line(written.strip()[: gap.start()])), taken)


def _split_whole(cards: Cards, identity: str, written: str, taken: frozenset[str]) -> tuple[Cards, str]:
    """As :func:`_split`, but only where each part has a whole sentence. Headings and labels have none."""
    new, second = _split(cards, identity, written, taken)
    whole, parts = card_with(cards, identity), (card_with(new, identity), card_with(new, second))
    if whole and whole.kind not in _NO_SENTENCES and _END.search(plain(whole.words)):
        for part in parts:
            if part and not _END.search(plain(part.words)):
                raise HalfSentenceError(
                    f"“{plain(part.words)}” would be a block, and is not a whole sentence",
                    remedy="Move the empty line, or press “Split it anyway”.",
                )
    return new, second


def _join(cards: Cards, identity: str, _: str, __: frozenset[str]) -> tuple[Cards, str]:
    return edits.join_with_next(cards, identity), identity


def _up(cards: Cards, identity: str, _: str, __: frozenset[str]) -> tuple[Cards, str]:
    return edits.move(cards, identity, -1), identity


def _down(cards: Cards, identity: str, _: str, __: frozenset[str]) -> tuple[Cards, str]:
    return edits.move(cards, identity, 1), identity


def _remove(cards: Cards, identity: str, _: str, __: frozenset[str]) -> tuple[Cards, str]:
    return edits.remove(cards, identity), ""


_ACTIONS: Mapping[str, _Action] = {
    "split": _split_whole,
    "split-anyway": _split,
    "join": _join,
    "up": _up,
    "down": _down,
    "remove": _remove,
}
