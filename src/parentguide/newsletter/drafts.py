"""A statement whose lines are known, but not yet joined."""

from typing import NamedTuple

from parentguide.model.statement import StatementKind


class StatementDraft(NamedTuple):
    """``line`` is the number of its first line in the newsletter, from 1; ``parts`` are its lines' texts.

    ``is_guess``: nothing but its look and its neighbours say what it is. ``has_gap``: a blank line stands
    above it. ``page``, ``suggest`` and ``unsure`` are those of the statement.
    """

    kind: StatementKind
    line: int
    parts: tuple[str, ...]
    is_guess: bool = False
    has_gap: bool = False
    page: int | None = None
    suggest: str = ""
    unsure: str = ""

    @property
    def first(self) -> str:
        return self.parts[0]

    @property
    def last(self) -> str:
        return self.parts[-1]
