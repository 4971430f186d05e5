"""Which entry of a list in ``school.toml`` each row of a form is about. Pure.

A row knows which entry it showed, so a contact that is renamed keeps what the form does not show, and a
contact that somebody else added meanwhile stays. A contact that was typed into another row is recognised
by its name.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

# What an entry of a list says, by key; an empty value means that the entry does not have the key.
Entry: TypeAlias = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One row: ``was`` is the id of the entry that it showed, empty if it was empty; ``entry`` is what it
    says now, None if it was emptied."""

    was: str
    entry: Entry | None

    @property
    def name(self) -> str:
        return str(self.entry.get("name", "")) if self.entry else ""


def entry_ids(entries: Sequence[Mapping[str, object]]) -> list[str]:
    """An id for each entry: the digest of what it says, and for equal entries which of them it is."""
    seen: Counter[str] = Counter()
    ids = []
    for entry in entries:
        content = json.dumps(entry, sort_keys=True, ensure_ascii=False, default=str)
        digest = sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        seen[digest] += 1
        ids.append(f"{digest}-{seen[digest]}")
    return ids


def matched(
    ids: Sequence[str], names: Sequence[str], changes: Sequence[EntryChange]
) -> tuple[list[int | None], list[int]]:
    """For each change the position of the entry that it is about, or None for a new one; and the
    positions of the entries that no row showed. ``ids`` and ``names`` are those of the entries."""
    position = {id_: at for at, id_ in enumerate(ids)}
    shown = [position.get(change.was) for change in changes]
    free = {at for at in shown if at is not None}
    found: list[int | None] = [None] * len(changes)

    def claim(row: int, at: int | None) -> None:
        if changes[row].entry and found[row] is None and at is not None and at in free:
            found[row] = at
            free.discard(at)

    rows = range(len(changes))
    for row in rows:
        at = shown[row]
        if at is not None and names[at] == changes[row].name:
            claim(row, at)
    for row in rows:
        same_name = (at for at in sorted(free) if names[at] and names[at] == changes[row].name)
        claim(row, next(same_name, None))
    for row in rows:
        claim(row, shown[row])
    not_shown = [at for at in range(len(ids)) if at not in shown]
    return found, not_shown
