"""The ledger: one JSON line for each act on the exact text of one message.

A ledger is the file ``DOMAIN.ledger.jsonl`` beside its PO file. For every message there is a
line that only names it, followed by its records. So two people who review neighbouring messages
never change adjacent lines, and git can merge their work.

A record is never changed or removed. Who takes an act back adds a record that withdraws it, so the
ledger of two people who worked at the same time is the union of both.

Decisions: docs/decisions/0010-ledger-bound-to-words.md, docs/decisions/0029-acts-answer-acts.md.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from parentguide.errors import SourceError
from parentguide.infra.files import decoded
from parentguide.infra.json_text import parse_json
from parentguide.infra.within_limits import within_limits
from parentguide.model.review_state import ReviewState
from parentguide.model.shown_words import words_digest

_LISTS = ("answers", "withdraws")
_SHORT = 200_000  # bytes: some hundred records


class Kind(StrEnum):
    """What a record says. The first three are sign-offs; each gives the review state of that name.

    ``change`` and ``unsure`` are requests, which stay open until a record answers them. ``answer``
    answers requests and approves nothing; ``withdraw`` takes other records back. ``machine``: an engine
    drafted the text; the record's role names it, with its version.
    """

    CHECKED = ReviewState.CHECKED.value
    PROFESSIONAL = ReviewState.PROFESSIONAL.value
    TESTED = ReviewState.TESTED.value
    CHANGE = "change"
    UNSURE = "unsure"
    COMMENT = "comment"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    MACHINE = "machine"


SIGN_OFFS: Sequence[Kind] = (Kind.CHECKED, Kind.PROFESSIONAL, Kind.TESTED)
REQUESTS: Sequence[Kind] = (Kind.CHANGE, Kind.UNSURE)


@dataclass(frozen=True, slots=True, order=True)
class Record:
    """One record. ``english`` and ``translation`` are the texts that it is about.

    ``role`` is what the person does. ``reviewer`` is a name or initials, kept only if the person
    agreed that families may see it. ``suggestion`` is a better text that was not adopted.
    ``wording_of`` is the digest of the words of an earlier sign-off that this one keeps after a change
    of the English that did not change the meaning, and ``carries`` is the id of that sign-off;
    ``wording_role`` and ``wording_date`` say who decided that, and when.

    ``date`` is the day of the review, which may be earlier than the moment ``at`` when it was recorded
    (ISO 8601, UTC; empty in records of versions before December 2026). ``account`` is the account of
    whoever recorded it behind a login. ``answers`` has the ids of the requests that this record
    answers, ``withdraws`` those of the records that it takes back.
    """

    context: str
    date: date
    kind: Kind
    english: str
    translation: str
    digest: str
    role: str
    reviewer: str = ""
    comment: str = ""
    suggestion: str = ""
    wording_of: str = ""
    wording_role: str = ""
    wording_date: str = ""
    carries: str = ""
    at: str = ""
    account: str = ""
    answers: tuple[str, ...] = ()
    withdraws: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Tells the record from all others of its ledger: 16 hexadecimal digits of its content's digest."""
        return sha256(_line(_table(self)).encode("utf-8")).hexdigest()[:16]

    @property
    def requests(self) -> bool:
        """Whether it asks for something that somebody has to answer."""
        return self.kind in REQUESTS

    @property
    def state(self) -> ReviewState:
        """The state that the record gives to its text: a draft unless it is a sign-off."""
        return ReviewState(self.kind) if self.signs else ReviewState.DRAFT

    @property
    def signs(self) -> bool:
        return self.kind in SIGN_OFFS

    @property
    def signature(self) -> str:
        """What families see: the role, with the name if there is one."""
        return f"{self.reviewer} ({self.role})" if self.reviewer else self.role


def read_ledger(data: bytes, locale: str, path: Path) -> tuple[Record, ...]:
    """The ledger's records, sorted. Raises :class:`SourceError` with the line of a record that is
    broken, belongs to another language, or whose digest does not fit its texts. A long ledger is read in
    another process."""
    return within_limits(_records, data, locale, path, short=_SHORT, path=path)


def _records(data: bytes, locale: str, path: Path) -> tuple[Record, ...]:
    try:
        text = decoded(data, path)
    except SourceError as error:
        raise _broken(error.problem, path, 0) from None
    records = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            raise _broken("an unfinished merge", path, number)
        try:
            table = parse_json(line)
        except ValueError:
            raise _broken("not JSON", path, number) from None
        if not isinstance(table, dict):
            raise _broken("not a JSON object", path, number)
        if table.keys() == {"context"}:
            continue
        records.append(_record(table, locale, path, number))
    return tuple(sorted(set(records)))


def _record(table: dict[str, Any], locale: str, path: Path, line: int) -> Record:
    known = {field.name for field in fields(Record)}
    if not table.keys() <= known:
        raise _broken(f"unknown key: {', '.join(sorted(table.keys() - known))}", path, line)
    lists = {name: table.get(name, []) for name in _LISTS}
    texts = [value for name, value in table.items() if name not in _LISTS]
    if not all(isinstance(found, list) for found in lists.values()):
        raise _broken("“answers” or “withdraws” is not a list", path, line)
    if not all(isinstance(value, str) for value in (*texts, *chain(*lists.values()))):
        raise _broken("a value is not a text", path, line)
    try:
        record = Record(
            # Earlier versions left an empty translation out.
            **{"translation": ""}
            | table
            | {"kind": Kind(table["kind"]), "date": date.fromisoformat(table["date"])}
            | {name: tuple(ids) for name, ids in lists.items()}
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(f"not a record: {error}", path, line) from None
    if record.digest != words_digest(record.context, locale, record.english, record.translation):
        raise _broken(
            "the texts are not the ones that were reviewed, or belong to another language", path, line
        )
    return record


def _broken(problem: str, path: Path, line: int) -> SourceError:
    return SourceError(
        problem,
        path=path,
        line=line,
        remedy="Restore the last good version of the file. A ledger is never edited by hand.",
    )


def ledger_bytes(records: Iterable[Record], contexts: Iterable[str]) -> bytes:
    """A ledger with a line for each of ``contexts``. The same records always give the same bytes."""
    by_context: dict[str, set[Record]] = {context: set() for context in contexts}
    for record in records:
        by_context.setdefault(record.context, set()).add(record)
    lines = []
    for context in sorted(by_context):
        lines.append(_line({"context": context}))
        lines += [_line(_table(record)) for record in sorted(by_context[context])]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _table(record: Record) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else str(value)
        for name, value in asdict(record).items()
        # A record on a message that nobody has translated has an empty translation.
        if value or name == "translation"
    }


def _line(table: Mapping[str, Any]) -> str:
    return json.dumps(table, ensure_ascii=False)
