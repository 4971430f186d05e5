"""A statement whose lines are known, but not yet joined."""

from dataclasses import dataclass

from parentguide.model.statement import StatementKind


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """``line`` is the number of its first line in the newsletter, from 1; ``parts`` are its lines' texts."""

    kind: StatementKind
    line: int
    parts: tuple[str, ...]
