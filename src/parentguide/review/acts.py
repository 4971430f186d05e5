"""What the records of one message amount to: which acts are in force, which approvals count, what is open.

Pure functions of the set of records, whatever their order, so that two people's ledgers can be merged
line by line.

- A record is in force unless a record in force withdraws it.
- A request is open until a record in force answers it, whatever happens to the words meanwhile.
- A sign-off counts if it is in force and was made after every request on the same words. Whoever asks for
  a change, or is not sure, takes back what was approved before.
- A sign-off that was kept after a change of the English counts only while the one that it keeps does.

Decision: docs/decisions/0029-acts-answer-acts.md.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from parentguide.review.ledger import Record


class Acts:
    """The records of one message, in the order in which they were made."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records: Sequence[Record] = tuple(sorted(records, key=lambda record: (_moment(record), record)))
        self._by_id = {record.id: record for record in self.records}

    @cached_property
    def in_force(self) -> tuple[Record, ...]:
        """The records that nobody has taken back."""
        withdrawn = self._withdrawn
        return tuple(record for id_, record in self._by_id.items() if id_ not in withdrawn)

    @cached_property
    def _withdrawn(self) -> frozenset[str]:
        """The ids of the records that were taken back.

        An id is the digest of the record's content, so no record can withdraw one that withdraws it:
        whatever withdraws a record was made from its id. So the latest in such a chain decides first.
        """
        by: dict[str, list[str]] = {}
        for id_, record in self._by_id.items():
            for target in record.withdraws:
                by.setdefault(target, []).append(id_)
        decided: dict[str, bool] = {}

        def taken_back(first: str) -> bool:
            stack = [first]
            while stack:
                current = stack[-1]
                waiting = [one for one in by.get(current, ()) if one not in decided]
                if waiting:
                    stack += waiting
                else:
                    decided[current] = any(not decided[one] for one in by.get(current, ()))
                    stack.pop()
            return decided[first]

        return frozenset(id_ for id_ in self._by_id if taken_back(id_))

    @cached_property
    def open_requests(self) -> tuple[Record, ...]:
        """The requests that nobody has answered."""
        answered = {id_ for record in self.in_force for id_ in record.answers}
        return tuple(
            record
            for record in self.in_force
            if record.requests and record.id not in answered and not self._answered_before(record)
        )

    def _answered_before(self, request: Record) -> bool:
        """Whether a sign-off of a later day answers a request of an early version.

        Versions before December 2026 did not say which request a sign-off answers.
        """
        return not request.at and any(
            record.signs
            and not record.wording_of
            and record.digest == request.digest
            and record.date > request.date
            for record in self.in_force
        )

    def counts(self, sign_off: Record) -> bool:
        """Whether the approval stands for its own words, and nobody has asked about them since."""
        seen = set()
        current: Record | None = sign_off
        while current is not None:
            if current.id in seen or current not in self.in_force or not current.signs:
                return False
            seen.add(current.id)
            if self._questioned(current):
                return False
            if not current.wording_of:
                return True
            current = self._kept_by(current)
        return False

    def _questioned(self, sign_off: Record) -> bool:
        """Whether somebody has asked for a change of the same words, or was not sure, after the approval."""
        return any(
            request.requests
            and request.digest == sign_off.digest
            and request.id not in sign_off.answers
            and not _after(sign_off, request)
            for request in self.in_force
        )

    def _kept_by(self, carried: Record) -> Record | None:
        """The sign-off that ``carried`` keeps after a change of the English; None if the ledger lacks it."""
        if carried.carries:
            return self._by_id.get(carried.carries)
        # Versions before December 2026 named the words only.
        same = [r for r in self.in_force if r.signs and r.digest == carried.wording_of]
        return min(same, key=lambda record: bool(record.wording_of), default=None)


def _moment(record: Record) -> str:
    return record.at or str(record.date)


def _after(record: Record, other: Record) -> bool:
    """Whether ``record`` was made after ``other``. Early versions recorded only the day."""
    if record.at and other.at:
        return record.at > other.at
    # An early version gave a kept sign-off the day of the first one, which says nothing here.
    return not (record.wording_of and not record.at) and record.date > other.date
