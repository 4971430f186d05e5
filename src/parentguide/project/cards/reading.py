"""``guide.md`` -> cards."""

from parentguide.project.cards.card import Card
from parentguide.project.cards.rows import rows_of


def cards_of(text: str) -> tuple[Card, ...]:
    """The blocks of a ``guide.md`` in their order, each frame with its beginning and its end.

    Raises :class:`SourceError` for a text whose blocks cannot be read as a guide's.
    """
    return rows_of(text).cards
