"""The ledger: one JSON line for every verdict on the exact words of one message.

A ledger lies beside its PO file, as ``DOMAIN.ledger.jsonl``. Before the records of a
message stands a line that only names it, whether it has records or not: so two people
who reviewed neighbouring messages never change adjoining lines, and git merges them.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from parentguide.errors import SourceError


class Kind(StrEnum):
    """What a record says. The first three are sign-offs, from weak to strong.

    ``machine``: an engine drafted the words; the record's role names it, with its version.
    """

    CHECKED = "checked"
    PROFESSIONAL = "professional"
    TESTED = "tested"
    CHANGE = "change"
    UNSURE = "unsure"
    COMMENT = "comment"
    MACHINE = "machine"


SIGN_OFFS: Sequence[Kind] = (Kind.CHECKED, Kind.PROFESSIONAL, Kind.TESTED)


@dataclass(frozen=True, slots=True, order=True)
class Record:
    """One verdict. ``english`` and ``translation`` are the words that were judged.

    ``role`` is what the person does; ``reviewer`` a name or initials, held only where
    the person agreed to be shown to families. ``suggestion`` are better words that were
    not taken in. ``wording_of`` is the digest of the sign-off that this one carries over
    a change of English which left the meaning alone; ``wording_role`` and
    ``wording_date`` say who judged so, and when.
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

    @property
    def signs(self) -> bool:
        return self.kind in SIGN_OFFS

    @property
    def signature(self) -> str:
        """What families are shown: the role, with the name if there is one."""
        return f"{self.reviewer} ({self.role})" if self.reviewer else self.role


def digest(context: str, locale: str, english: str, translation: str) -> str:
    """SHA-256 of the four, as hexadecimal; no two lists of four give the same text to hash."""
    canonical = json.dumps([context, locale, english, translation], ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode("utf-8")).hexdigest()


def read_ledger(data: bytes, locale: str, path: Path) -> tuple[Record, ...]:
    """A ledger's records. Raises :class:`SourceError` with the line for one that is broken,
    belongs to another language, or whose words are not those it was made for."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _broken(f"not UTF-8 at byte {error.start}", path, 0) from None
    records = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            raise _broken("an unfinished merge", path, number)
        try:
            table = json.loads(line)
        except ValueError:
            raise _broken("no JSON", path, number) from None
        if not isinstance(table, dict):
            raise _broken("no JSON object", path, number)
        if table.keys() == {"context"}:
            continue
        records.append(_record(table, locale, path, number))
    return tuple(sorted(set(records)))


def _record(table: dict[str, Any], locale: str, path: Path, line: int) -> Record:
    known = {field.name for field in fields(Record)}
    if not table.keys() <= known:
        raise _broken(f"unknown: {', '.join(sorted(table.keys() - known))}", path, line)
    if not all(isinstance(value, str) for value in table.values()):
        raise _broken("a value is no text", path, line)
    try:
        record = Record(**table | {"kind": Kind(table["kind"]), "date": date.fromisoformat(table["date"])})
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(f"not a record: {error}", path, line) from None
    if record.digest != digest(record.context, locale, record.english, record.translation):
        raise _broken("the words are not the ones that were judged, or are another language's", path, line)
    return record


def _broken(problem: str, path: Path, line: int) -> SourceError:
    return SourceError(
        problem,
        path=path,
        line=line,
        remedy="Take the last good version of the file; nobody edits a ledger by hand.",
    )


def ledger_bytes(records: Iterable[Record], contexts: Iterable[str]) -> bytes:
    """Records -> a ledger with a line for each of ``contexts``; the same records, the same bytes."""
    by_context: dict[str, set[Record]] = {context: set() for context in contexts}
    for record in records:
        by_context.setdefault(record.context, set()).add(record)
    lines = []
    for context in sorted(by_context):
        lines.append(_line({"context": context}))
        lines += [_line(_table(record)) for record in sorted(by_context[context])]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _table(record: Record) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(record).items() if value}


def _line(table: dict[str, str]) -> str:
    return json.dumps(table, ensure_ascii=False)
