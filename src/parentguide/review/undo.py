"""Undo and redo an act: words are put back, and records on the ledgers are withdrawn.

A ledger is never put back. It is the union of everybody's records, so an undo adds a record that
withdraws exactly those that the act added, and redo withdraws the withdrawal. Both stay on record.

Decisions: docs/decisions/0036-history-of-plain-files.md, docs/decisions/0029-acts-answer-acts.md.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.infra.files import decoded
from parentguide.infra.history import History
from parentguide.infra.history_acts import Act, FileChange
from parentguide.model.language import Language
from parentguide.project.project import Project
from parentguide.project.put_back import domain_of, earlier_versions, guide_of, is_ledger, write_versions
from parentguide.project.recorded import recorded
from parentguide.project.revise import revise_guide
from parentguide.review.approvals import withdrawal
from parentguide.review.ledger import Kind, Record, read_ledger
from parentguide.review.sign_off import LedgerEntry, Reviewer, write_entries
from parentguide.review.status import language_review

_UNDO, _REDO = "Undo: ", "Redo: "


def has_records(act: Act) -> bool:
    """Whether the act put something on record in a ledger, so that a person has to take it back."""
    return any(is_ledger(change.path) for change in act.files)


def reverse(history: History, act: Act, reviewer: Reviewer | None = None) -> tuple[str, ...]:
    """Undo ``act``, or redo what it undid if it is an undo itself; returns the paths that changed.

    ``reviewer`` is who takes approvals and other records back. Raises :class:`ProjectError` without one
    where the act has such records, and for a file that somebody has changed since in another way; then
    nothing is written.
    """
    changed = [c for c in act.files if not is_ledger(c.path) and _digest(history, c.path) != c.after]
    keeps_later_work = _follow_the_guide(act, changed)
    if changed and not keeps_later_work:
        raise _changed_since(history, act, changed)
    withdrawals = list(_withdrawals(history, act, reviewer))
    before = {change.path: history.present(change.path) for change in act.files}
    versions = earlier_versions(history, act)
    what = f"{_REDO}{act.what.removeprefix(_UNDO)}" if act.reverses else f"{_UNDO}{act.what}"
    who = "" if reviewer is None or not withdrawals else reviewer.role
    with recorded(history.root, what, who=who, reverses=act.name):
        for language, entries in withdrawals:
            write_entries(Project(history.root), language, entries)
        if keeps_later_work:
            _revise(history, versions)
        else:
            write_versions(history, versions)
    return tuple(path for path, data in before.items() if history.present(path) != data)


def _digest(history: History, path: str) -> str:
    data = history.present(path)
    return "" if data is None else sha256(data).hexdigest()


def _follow_the_guide(act: Act, changed: Iterable[FileChange]) -> bool:
    """Whether all that has changed since are catalogs of a guide that the act changed.

    Then the guide's earlier text is saved as any other: the later work in the catalogs stays.
    """
    found = {domain_of(change.path) for change in changed}
    guides = {guide_of(c.path) for c in act.files if guide_of(c.path) and c.before and c.after}
    return bool(found) and "" not in found and found <= guides


def _changed_since(history: History, act: Act, changed: Iterable[FileChange]) -> ProjectError:
    first = next(iter(changed))
    return ProjectError(
        f"has been changed since (act {act.number}, {act.moment}), so this act cannot be undone",
        path=history.root / first.path,
        remedy=f"“parentguide history show {act.number}” shows what it was. “parentguide history put-back"
        f" {act.number} {first.path}” puts that back; the present version stays in the history.",
    )


def _revise(history: History, versions: dict[str, bytes | None]) -> None:
    rest = {}
    for name, data in versions.items():
        if guide_of(name) and data is not None:
            text = decoded(data, history.root / name)
            revise_guide(Project(history.root), guide_of(name), text)
        elif not domain_of(name):
            rest[name] = data
    write_versions(history, rest)


def _withdrawals(
    history: History, act: Act, reviewer: Reviewer | None
) -> Iterator[tuple[Language, list[LedgerEntry]]]:
    for change in act.files:
        if not is_ledger(change.path):
            continue
        project = Project(history.root)
        language, domain = _language_of(project, change.path)
        added = _added(history, act, change, language)
        if not added:
            continue
        if reviewer is None:
            raise ProjectError(
                f"act {act.number} put {len(added)} {'record' if len(added) == 1 else 'records'} on the"
                f" ledger of {language.english_name}, and somebody has to take them back",
                remedy="Say with --role what you do, such as “teacher”; or take single approvals back with"
                f" “parentguide review withdraw {language.tag}”. The ledger keeps both.",
            )
        yield language, _entries(project, language, domain, added, reviewer)


def _language_of(project: Project, path: str) -> tuple[Language, str]:
    locale, name = Path(path).parts[1], Path(path).name
    for language in project.languages.values():
        if language.locale == locale:
            return language, name.removesuffix(".ledger.jsonl")
    raise ProjectError(
        f"there is no language for “{locale}” any more",
        path=project.root / path,
        remedy="Put its table in languages.toml back first.",
    )


def _added(history: History, act: Act, change: FileChange, language: Language) -> tuple[Record, ...]:
    """The records that an act added, without those of machines, which approve nothing."""
    path = history.root / change.path
    after = _after(history, act, change)
    before = history.earlier(act, change.path) or b""
    known = {_key(record) for record in read_ledger(before, language.locale, path)}
    return tuple(
        record
        for record in read_ledger(after, language.locale, path)
        if _key(record) not in known and record.kind is not Kind.MACHINE
    )


def _key(record: Record) -> tuple[str, ...]:
    """Tells a record from others, whether or not a name was removed from it."""
    return (record.context, record.kind, str(record.date), record.at, record.digest)


def _after(history: History, act: Act, change: FileChange) -> bytes:
    """The ledger as the act left it: the present one, or as a later act found it."""
    present = history.present(change.path) or b""
    if sha256(present).hexdigest() == change.after:
        return present
    for later in history.acts():
        found = later.file(change.path)
        if later.number > act.number and found is not None and found.before == change.after:
            return history.earlier(later, change.path) or b""
    raise ProjectError(
        "has been changed since by another program, so the history cannot tell what this act put on record",
        path=history.root / change.path,
        remedy="Take single approvals back with “parentguide review withdraw”.",
    )


def _entries(
    project: Project, language: Language, domain: str, added: Iterable[Record], reviewer: Reviewer
) -> list[LedgerEntry]:
    """A withdrawal for each message that the records are about, of what nobody has taken back yet."""
    ids = {_key(record) for record in added}
    entries = []
    for message in language_review(project, language, [domain]).messages:
        acts = [record for record in message.acts.in_force if _key(record) in ids]
        if acts:
            entries.append(withdrawal(message, acts, language.locale, reviewer))
    return entries
