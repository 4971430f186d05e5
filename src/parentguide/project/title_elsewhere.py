"""The title of a guide in its other words, such as the text message to families."""

from parentguide.errors import SourceError
from parentguide.model.markup import plain
from parentguide.project.cards import edits
from parentguide.project.cards.card import Card
from parentguide.project.cards.reading import cards_of
from parentguide.project.cards.writing import with_cards
from parentguide.project.front_matter import parse_front_matter
from parentguide.project.front_matter_edits import with_title

_ENDS = (".", "!", "?")


def title_elsewhere(text: str) -> tuple[Card, ...]:
    """The blocks of ``text``, a ``guide.md``, that have the title in their words, without the title itself.

    None for a guide that begins with other words than its title: families read those, and they stay when the
    guide gets another title. None for a guide that cannot be read.
    """
    try:
        cards = cards_of(text)
        title = parse_front_matter(text).title
    except SourceError:
        return ()
    if not cards or plain(cards[0].words) != title:
        return ()
    return tuple(card for card in cards[1:] if title in card.words)


def renamed(text: str, title: str, *, everywhere: bool = False) -> str:
    """``text`` with another title in lists and, if the guide begins with the old one, for families.

    ``everywhere`` changes it in the blocks of :func:`title_elsewhere` too. Raises :class:`SourceError` for a
    title that cannot be one, and for a guide that cannot be read.
    """
    cards = cards_of(text)
    title, old = " ".join(title.split()), parse_front_matter(text).title
    new = with_title(text, title)
    if plain(cards[0].words) != old:
        return new
    changed = edits.change_words(cards, cards[0].id, title)
    for card in title_elsewhere(text) if everywhere else ():
        changed = edits.change_words(changed, card.id, _put(card.words, old, title))
    return with_cards(new, changed)


def _put(words: str, old: str, title: str) -> str:
    """No sentence gets two full stops."""
    if title.endswith(_ENDS) and not old.endswith(_ENDS):
        words = words.replace(f"{old}.", title)
    elif old.endswith(_ENDS) and not title.endswith(_ENDS):
        return words.replace(old, f"{title}.")
    return words.replace(old, title)
