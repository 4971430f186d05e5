"""Write the acts of reviewers: in the ledger first, then in the catalog.

If the program stops between the two writes, no sign-off counts for a text that was not signed:
a record counts only while the catalog holds exactly its texts.

Decision: docs/decisions/0010-ledger-bound-to-words.md.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.infra.files import encoded_as, read_bytes
from parentguide.model.labels import RECORD_LABELS
from parentguide.model.language import Language
from parentguide.model.shown_words import words_digest
from parentguide.project.catalog_files import catalogs_for
from parentguide.project.pot import pot_bytes
from parentguide.project.project import Project
from parentguide.project.recorded import write_recorded
from parentguide.review.ledger import Kind, Record, ledger_bytes
from parentguide.review.status import MessageReview, ledger, ledger_path
from parentguide.translation import po
from parentguide.translation.po import Message

_LONGEST_NAME = 80
# Control characters, and characters that change the direction of the text around them (UAX #9).
_NOT_PLAIN = re.compile(r"[\x00-\x1f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviewed, when and as what. ``name`` is empty unless the person agreed that families see it.

    ``account`` is the account of whoever records it behind a login; empty on one's own computer.
    """

    role: str
    date: date
    kind: Kind = Kind.CHECKED
    name: str = ""
    account: str = ""


def checked_reviewer(
    kind: str, role: str, name: str, *, public: bool, on: date, today: date, account: str = ""
) -> Reviewer:
    """The reviewer, from what somebody typed. ``name`` is dropped unless it may be ``public``.

    Raises :class:`ProjectError` for a day after ``today``, a missing role, or a role or name
    that is too long or has control characters.
    """
    if on > today:
        raise ProjectError(f"{on} is in the future", remedy="Give the day of the review.")
    for word, text in (("role", role), ("name", name)):
        if len(text) > _LONGEST_NAME or _NOT_PLAIN.search(text):
            raise ProjectError(
                f"the {word} is longer than {_LONGEST_NAME} characters or has control characters",
                remedy=f"Give another {word}.",
            )
    if not role:
        raise ProjectError(
            "there is no role, so nobody knows who reviewed",
            remedy="Write it on the sheet's first tab, or give the role.",
        )
    return Reviewer(role=role, date=on, kind=Kind(kind), name=name if public else "", account=account)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What will be written for one message: a record, and a new translation if ``text`` is not None."""

    domain: str
    record: Record
    text: str | None = None


def make_record(
    message: MessageReview,
    locale: str,
    reviewer: Reviewer,
    kind: Kind,
    *,
    translation: str | None = None,
    comment: str = "",
    suggestion: str = "",
    answers: Iterable[str] = (),
    withdraws: Iterable[str] = (),
) -> Record:
    """A record on the message's present translation, or on ``translation`` in its place."""
    words = message.translation if translation is None else translation
    return Record(
        context=message.context,
        date=reviewer.date,
        kind=kind,
        english=message.english,
        translation=words,
        digest=words_digest(message.context, locale, message.english, words),
        role=reviewer.role,
        reviewer=reviewer.name,
        comment=comment,
        suggestion=suggestion,
        at=now(),
        account=reviewer.account,
        answers=tuple(answers),
        withdraws=tuple(withdraws),
    )


def now() -> str:
    """The present moment as records have it: ISO 8601 in UTC, with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def write_entries(
    project: Project, language: Language, entries: Iterable[LedgerEntry], *, fuzzy: bool = False
) -> list[str]:
    """Write the ledgers, then the catalogs, all of them or none; returns the paths of what changed.

    ``fuzzy``: mark new translations fuzzy, because no person has accepted them.
    """
    by_domain: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        by_domain.setdefault(entry.domain, []).append(entry)
    files: dict[Path, bytes] = {}
    for domain, group in by_domain.items():
        path = ledger_path(project, language, domain)
        records = with_entries(ledger(project, language, domain), group)
        before = read_bytes(path) if path.exists() else b""
        text = ledger_bytes(records, project.source_messages(domain)).decode("utf-8")
        files[path] = encoded_as(text, before)
    for domain, group in by_domain.items():
        texts = {entry.record.context: entry.text for entry in group if entry.text is not None}
        if texts:
            path = project.catalog_path(language, domain)
            data, made = _catalog_with(project, language, domain, texts)
            files |= made
            files[path] = po.with_translations(data, texts, path, fuzzy=fuzzy)
    records = [entry.record for group in by_domain.values() for entry in group]
    what = f"{language.english_name}: {_said(records)}"
    write_recorded(project.root, what, files, who=_signatures(records))
    return [str(path) for path in files]


def _catalog_with(
    project: Project, language: Language, domain: str, contexts: Iterable[str]
) -> tuple[bytes, dict[Path, bytes]]:
    """The catalog with entries for ``contexts``, brought up to date if it lacks one, and the POT file that
    belongs to it if that has to be written too."""
    path, catalog = project.catalog_path(language, domain), project.catalog(language, domain)
    template = project.source_messages(domain)
    if all(_has_entry(catalog.get(context), template[context].english) for context in contexts):
        return read_bytes(path), {}
    pot, pot_path = pot_bytes(project, domain), project.pot_path(domain)
    is_old = not pot_path.exists() or read_bytes(pot_path) != pot
    before = read_bytes(path) if path.exists() else b""
    data = catalogs_for(project, domain, pot, (language,)).get(path, before)
    return data, {pot_path: pot} if is_old else {}


def _has_entry(entry: Message | None, english: str) -> bool:
    """Whether a translation can be written into an entry; an empty one has to have the present English."""
    return entry is not None and (entry.english == english or bool(entry.text.strip()))


def _said(records: Sequence[Record]) -> str:
    """What records say, such as: approved (professional), 2 messages."""
    counts = Counter(RECORD_LABELS[record.kind] for record in records)
    return "; ".join(
        f"{label}, {count} {'message' if count == 1 else 'messages'}" for label, count in counts.items()
    )


def _signatures(records: Iterable[Record]) -> str:
    """Who made the records, as families see it, and the account that recorded them."""
    return ", ".join(
        dict.fromkeys(
            f"{record.signature}, account {record.account}" if record.account else record.signature
            for record in records
        )
    )


def with_entries(records: Iterable[Record], entries: Iterable[LedgerEntry]) -> list[Record]:
    """The records of a ledger with those of new entries."""
    found = list(records)
    for entry in entries:
        found.append(_after_all(entry.record, found))
    return found


def _after_all(record: Record, earlier: Iterable[Record]) -> Record:
    """The record with a moment after those of the message's earlier records.

    Otherwise a computer whose clock is slow would record an approval as if it were made before the
    request that it answers, and the approval would not count.
    """
    latest = max((one.at for one in earlier if one.context == record.context), default="")
    if not record.at or record.at > latest:
        return record
    return replace(record, at=_next_moment(latest))


def _next_moment(at: str) -> str:
    following = datetime.fromisoformat(at) + timedelta(microseconds=1)
    return following.isoformat(timespec="microseconds")
