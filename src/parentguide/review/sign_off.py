"""Writing verdicts: the ledger first, then the catalog.

Whatever happens between the two writes, no sign-off comes to stand on words that were not
signed: a record counts only while the catalog holds exactly its words.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from parentguide.errors import ProjectError
from parentguide.infra.atomic import write_file
from parentguide.infra.files import read_bytes
from parentguide.model.language import Language
from parentguide.project.project import Project
from parentguide.review.ledger import Kind, Record, digest, ledger_bytes
from parentguide.review.status import MessageReview, language_review, ledger, ledger_path
from parentguide.translation import po

_LONGEST_NAME = 80
# Control characters, and marks that turn the order of what is shown round.
_NOT_PLAIN = re.compile(r"[\x00-\x1f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviewed, when and as what. ``name`` is empty unless the person agreed to be shown."""

    role: str
    date: date
    kind: Kind = Kind.CHECKED
    name: str = ""


def checked_reviewer(kind: str, role: str, name: str, *, public: bool, on: date, today: date) -> Reviewer:
    """Who reviewed, from what somebody wrote. ``name`` is dropped unless it may be ``public``.

    Raises :class:`ProjectError` for a day after ``today``, a missing role, or a role or name
    that is no plain short text.
    """
    if on > today:
        raise ProjectError(f"{on} is in the future", remedy="Give the day of the review.")
    for word, text in (("role", role), ("name", name)):
        if len(text) > _LONGEST_NAME or _NOT_PLAIN.search(text):
            raise ProjectError(f"the {word} is no plain short text", remedy=f"Give another {word}.")
    if not role:
        raise ProjectError(
            "who reviewed? There is no role", remedy="Write it on the sheet's first tab, or give the role."
        )
    return Reviewer(role=role, date=on, kind=Kind(kind), name=name if public else "")


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What is to be written for one message: a record, and new words where ``text`` is not None."""

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
) -> Record:
    """A verdict on the message's present words, or on ``translation`` in their place."""
    words = message.translation if translation is None else translation
    return Record(
        context=message.context,
        date=reviewer.date,
        kind=kind,
        english=message.english,
        translation=words,
        digest=digest(message.context, locale, message.english, words),
        role=reviewer.role,
        reviewer=reviewer.name,
        comment=comment,
        suggestion=suggestion,
    )


def write_entries(
    project: Project, language: Language, entries: Iterable[LedgerEntry], *, fuzzy: bool = False
) -> list[str]:
    """Write ledgers, then catalogs, each whole or not at all; the paths of what changed.

    New words are marked ``fuzzy`` where no person stands for them.
    """
    by_domain: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        by_domain.setdefault(entry.domain, []).append(entry)
    written = []
    for domain, group in by_domain.items():
        path = ledger_path(project, language, domain)
        records = [*ledger(project, language, domain), *(entry.record for entry in group)]
        write_file(path, ledger_bytes(records, project.source_messages(domain)))
        written.append(str(path))
    for domain, group in by_domain.items():
        texts = {entry.record.context: entry.text for entry in group if entry.text is not None}
        if texts:
            path = project.catalog_path(language, domain)
            write_file(path, po.with_translations(read_bytes(path), texts, path, fuzzy=fuzzy))
            written.append(str(path))
    return written


def sign(
    project: Project, language: Language, domains: Iterable[str], reviewer: Reviewer, only: Iterable[str] = ()
) -> list[LedgerEntry]:
    """Sign-offs of the present words: of every message, or ``only`` of some contexts.

    Raises :class:`ProjectError` for an unknown context, or one with nothing to sign.
    """
    chosen = _chosen(language_review(project, language, domains).messages, only, language)
    for message in chosen:
        if not message.shown:
            raise ProjectError(
                f"“{message.context}” is missing or fuzzy in {language.english_name}",
                remedy="Translate it first; nobody can approve words that are not there.",
            )
    return [
        LedgerEntry(message.domain, make_record(message, language.locale, reviewer, reviewer.kind))
        for message in chosen
    ]


def sign_wording(
    project: Project, language: Language, domains: Iterable[str], reviewer: Reviewer, only: Iterable[str] = ()
) -> list[LedgerEntry]:
    """Sign-offs carried over a change of English that left the meaning alone.

    Carried are the last sign-offs of the very translation that is there now; each new
    record names the old one, and who judged that only the wording changed.
    """
    entries = []
    for message in _chosen(language_review(project, language, domains).messages, only, language):
        last = [
            record
            for record in message.outdated
            if record.translation == message.translation and record.english != message.english
        ]
        if last:
            _refuse_old_msgid(project, language, message)
            entries.append(
                LedgerEntry(
                    message.domain, _carried(last[-1], message, language, reviewer), message.translation
                )
            )
    return entries


def _refuse_old_msgid(project: Project, language: Language, message: MessageReview) -> None:
    """The PO file must hold the new English, or the words would still count as fuzzy."""
    if project.catalog(language, message.domain)[message.context].english != message.english:
        raise ProjectError(
            f"“{message.context}” still stands beside the old English",
            path=project.catalog_path(language, message.domain),
            remedy="Run “parentguide update” first.",
        )


def _carried(old: Record, message: MessageReview, language: Language, reviewer: Reviewer) -> Record:
    return replace(
        old,
        english=message.english,
        digest=digest(message.context, language.locale, message.english, message.translation),
        wording_of=old.digest,
        wording_role=reviewer.role,
        wording_date=str(reviewer.date),
    )


def _chosen(
    messages: Iterable[MessageReview], only: Iterable[str], language: Language
) -> list[MessageReview]:
    by_context: Mapping[str, MessageReview] = {message.context: message for message in messages}
    wanted = list(only)
    for context in wanted:
        if context not in by_context:
            raise ProjectError(
                f"there is no message “{context}”",
                remedy=f"The contexts are the msgctxt lines in {language.locale}/LC_MESSAGES.",
            )
    return [by_context[context] for context in wanted] or list(by_context.values())
