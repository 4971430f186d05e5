"""Record sign-offs and other answers of reviewers: in the ledger first, then in the catalog.

If the program stops between the two writes, no sign-off counts for a text that was not signed:
a record counts only while the catalog holds exactly its texts.

Decision: docs/decisions/0010-ledger-bound-to-words.md.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parentguide.checks.translation.message import TranslatedMessage
from parentguide.errors import ProjectError
from parentguide.infra.atomic import write_file
from parentguide.infra.files import read_bytes
from parentguide.model.language import Language
from parentguide.project.project import Project
from parentguide.review.judgement import Fuzzy, LanguageRules, judge, language_rules
from parentguide.review.ledger import Kind, Record, digest, ledger_bytes
from parentguide.review.status import MessageReview, language_review, ledger, ledger_path
from parentguide.translation import po

_LONGEST_NAME = 80
# Control characters, and characters that change the direction of the text around them (UAX #9).
_NOT_PLAIN = re.compile(r"[\x00-\x1f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviewed, when and as what. ``name`` is empty unless the person agreed that families see it."""

    role: str
    date: date
    kind: Kind = Kind.CHECKED
    name: str = ""


def checked_reviewer(kind: str, role: str, name: str, *, public: bool, on: date, today: date) -> Reviewer:
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
    return Reviewer(role=role, date=on, kind=Kind(kind), name=name if public else "")


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
) -> Record:
    """A record on the message's present translation, or on ``translation`` in its place."""
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
    """Write the ledgers, then the catalogs, each file atomically; returns the paths of what changed.

    ``fuzzy``: mark new translations fuzzy, because no person has accepted them.
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


@dataclass(frozen=True, slots=True)
class Refusal:
    """A message that nobody may sign, and all reasons why."""

    message: MessageReview
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"“{self.message.context}”: {'; '.join(self.reasons)}"


def sign(
    project: Project, language: Language, domains: Iterable[str], reviewer: Reviewer, only: Iterable[str] = ()
) -> list[LedgerEntry]:
    """Sign-offs of the present translations: of every message, or ``only`` of some contexts.

    Raises :class:`ProjectError` for unknown contexts, and like :func:`sign_messages`.
    """
    chosen = _chosen(language_review(project, language, domains).messages, only, language)
    return sign_messages(language, chosen, reviewer, language_rules(project, language))


def sign_messages(
    language: Language, messages: Sequence[MessageReview], reviewer: Reviewer, rules: LanguageRules
) -> list[LedgerEntry]:
    """Sign-offs of the messages' present translations.

    Raises :class:`ProjectError` with every message that ``parentguide check`` refuses.
    """
    _raise_refusals(language, refusals(language, messages, rules))
    return [
        LedgerEntry(message.domain, make_record(message, language.locale, reviewer, reviewer.kind))
        for message in messages
    ]


def refusals(
    language: Language, messages: Iterable[MessageReview], rules: LanguageRules
) -> tuple[Refusal, ...]:
    """The messages whose present translations nobody may sign."""
    found = (Refusal(m, refusal_reasons(language, m, m.translation, rules)) for m in messages)
    return tuple(refusal for refusal in found if refusal.reasons)


def refusal_reasons(
    language: Language, message: MessageReview, text: str, rules: LanguageRules, *, accept_fuzzy: bool = False
) -> tuple[str, ...]:
    """Why nobody may sign ``text`` as the translation of ``message``; empty if somebody may.

    ``accept_fuzzy``: a person has read this very text, and so takes the fuzzy mark off.
    """
    fuzzy = isinstance(message.withheld, Fuzzy) and not accept_fuzzy
    translated = TranslatedMessage(language, message.context, message.english, text)
    return tuple(judge(translated, fuzzy=fuzzy, rules=rules).blocking())


def _raise_refusals(language: Language, refused: Sequence[Refusal]) -> None:
    """Raise one error for all messages that nobody may sign."""
    if not refused:
        return
    count = "1 message" if len(refused) == 1 else f"{len(refused)} messages"
    raise ProjectError(
        f"nothing was signed, because {count} in {language.english_name} cannot be:\n"
        + "\n".join(f"  {refusal}" for refusal in refused),
        remedy="Correct the translations in the catalogs (“parentguide check” gives file and line), or sign"
        " the other messages with --only.",
    )


def keep_approvals(
    project: Project, language: Language, domains: Iterable[str], reviewer: Reviewer, only: Iterable[str] = ()
) -> list[LedgerEntry]:
    """Sign-offs for messages whose English changed in wording only.

    A message keeps its last sign-off if that was for the present translation. The new record names
    the old one, and who decided that only the wording changed. Raises :class:`ProjectError` for
    unknown contexts, and with every message that nobody may sign.
    """
    kept = [
        (message, records[-1])
        for message in _chosen(language_review(project, language, domains).messages, only, language)
        if (records := [r for r in message.outdated if _same_translation(r, message)])
    ]
    rules = language_rules(project, language)
    refused = []
    for message, _ in kept:
        reasons = refusal_reasons(language, message, message.translation, rules, accept_fuzzy=True)
        if project.catalog(language, message.domain)[message.context].english != message.english:
            reasons = ("the catalog has the old English; run “parentguide update” first", *reasons)
        if reasons:
            refused.append(Refusal(message, reasons))
    _raise_refusals(language, refused)
    return [
        LedgerEntry(message.domain, _carried(old, message, language, reviewer), message.translation)
        for message, old in kept
    ]


def _same_translation(record: Record, message: MessageReview) -> bool:
    """Whether the record is about the present translation, of an older English text."""
    return record.translation == message.translation and record.english != message.english


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
    messages: Sequence[MessageReview], only: Iterable[str], language: Language
) -> Sequence[MessageReview]:
    wanted = list(only)
    known = {message.context for message in messages}
    unknown = [context for context in wanted if context not in known]
    if unknown:
        raise ProjectError(
            "there is no message " + ", ".join(f"“{context}”" for context in unknown),
            remedy=f"The names are the msgctxt lines of the files in {language.locale}/LC_MESSAGES.",
        )
    return [message for message in messages if message.context in wanted] if wanted else messages
