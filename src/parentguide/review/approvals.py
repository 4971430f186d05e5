"""Which messages somebody may sign, and the entries of the ledger for approvals, answers and withdrawals.

Nothing here writes: :func:`parentguide.review.sign_off.write_entries` does.

Decisions: docs/decisions/0010-ledger-bound-to-words.md, docs/decisions/0029-acts-answer-acts.md.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from parentguide.checks.translation.message import TranslatedMessage
from parentguide.errors import ProjectError
from parentguide.model.language import Language
from parentguide.model.shown_words import words_digest
from parentguide.project.project import Project
from parentguide.review.judgement import Fuzzy, LanguageRules, judge, language_rules
from parentguide.review.ledger import Kind, Record
from parentguide.review.sign_off import LedgerEntry, Reviewer, make_record, now
from parentguide.review.status import MessageReview, language_review


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
    messages = chosen(language_review(project, language, domains).messages, only, language)
    return sign_messages(language, messages, reviewer, language_rules(project, language))


def sign_messages(
    language: Language, messages: Sequence[MessageReview], reviewer: Reviewer, rules: LanguageRules
) -> list[LedgerEntry]:
    """Sign-offs of the messages' present translations.

    Raises :class:`ProjectError` with every message that ``parentguide check`` refuses, or that somebody
    has asked about and nobody has answered.
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
    language: Language,
    message: MessageReview,
    text: str,
    rules: LanguageRules,
    *,
    accept_fuzzy: bool = False,
    answers: Collection[str] = (),
) -> tuple[str, ...]:
    """Why nobody may sign ``text`` as the translation of ``message``; empty if somebody may.

    ``accept_fuzzy``: a person has read this very text, and so takes the fuzzy mark off. ``answers`` are the
    ids of the requests that the approval answers, because the person has read them too.
    """
    fuzzy = isinstance(message.withheld, Fuzzy) and not accept_fuzzy
    translated = TranslatedMessage(language, message.context, message.english, text)
    asked = (request_text(r) for r in message.open_requests if r.id not in answers)
    return (*judge(translated, fuzzy=fuzzy, rules=rules).blocking(), *asked)


def request_text(request: Record) -> str:
    """An open request as a reason, such as: a request is not answered (teacher, 2026-11-28: “…”)."""
    said = request.comment or request.suggestion
    words = f": “{said}”" if said else ""
    return f"a request is not answered ({request.signature}, {request.date}{words})"


def _raise_refusals(language: Language, refused: Sequence[Refusal]) -> None:
    """Raise one error for all messages that nobody may sign."""
    if not refused:
        return
    count = "1 message" if len(refused) == 1 else f"{len(refused)} messages"
    raise ProjectError(
        f"nothing was signed, because {count} in {language.english_name} cannot be:\n"
        + "\n".join(f"  {refusal}" for refusal in refused),
        remedy="Correct the translations in the catalogs (“parentguide check” gives file and line), answer"
        " open requests with “parentguide review answer”, or sign the other messages with --only.",
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """What :func:`keep_approvals` found: the ``entries``, and the messages that keep no approval."""

    entries: tuple[LedgerEntry, ...]
    left_out: tuple[Refusal, ...]


def keep_approvals(
    project: Project, language: Language, domains: Iterable[str], reviewer: Reviewer, only: Iterable[str] = ()
) -> Kept:
    """Sign-offs for messages whose English changed in wording only.

    A message keeps the sign-offs of its present translation that counted until the English changed.
    An approval that somebody took back, or that a request followed, does not return in this way. The
    new record names the old one, and who decided that only the wording changed. Raises
    :class:`ProjectError` for unknown contexts, and with every message that nobody may sign.
    """
    kept: list[tuple[MessageReview, Record]] = []
    left_out: list[Refusal] = []
    for message in chosen(language_review(project, language, domains).messages, only, language):
        if message.open_requests:
            left_out.append(Refusal(message, tuple(map(request_text, message.open_requests))))
        else:
            kept += [(message, record) for record in _sign_offs_to_keep(message)]
    _raise_refusals(language, _not_keepable(project, language, [message for message, _ in kept]))
    return Kept(
        tuple(
            LedgerEntry(message.domain, _carried(old, message, language, reviewer), message.translation)
            for message, old in kept
        ),
        tuple(left_out),
    )


def _sign_offs_to_keep(message: MessageReview) -> list[Record]:
    """The last sign-off of each reviewer that counted for the present translation and an older English."""
    last: dict[tuple[str, str], Record] = {}
    for record in message.outdated:
        same = record.translation == message.translation and record.english != message.english
        if same and message.acts.counts(record):
            last[record.role, record.reviewer] = record
    return list(last.values())


def _not_keepable(
    project: Project, language: Language, messages: Iterable[MessageReview]
) -> tuple[Refusal, ...]:
    rules = language_rules(project, language)
    refused = []
    for message in messages:
        reasons = refusal_reasons(language, message, message.translation, rules, accept_fuzzy=True)
        if project.catalog(language, message.domain)[message.context].english != message.english:
            reasons = ("the catalog has the old English; run “parentguide update” first", *reasons)
        if reasons:
            refused.append(Refusal(message, reasons))
    return tuple(refused)


def _carried(old: Record, message: MessageReview, language: Language, reviewer: Reviewer) -> Record:
    return replace(
        old,
        english=message.english,
        digest=words_digest(message.context, language.locale, message.english, message.translation),
        wording_of=old.digest,
        wording_role=reviewer.role,
        wording_date=str(reviewer.date),
        carries=old.id,
        at=now(),
        account=reviewer.account,
        answers=(),
    )


def answer_requests(
    language: Language, messages: Iterable[MessageReview], reviewer: Reviewer, comment: str
) -> list[LedgerEntry]:
    """Answers to all open requests of ``messages``. They approve nothing.

    Raises :class:`ProjectError` without a ``comment``, or where there is no open request.
    """
    asked = [message for message in messages if message.open_requests]
    if not asked:
        raise ProjectError("there is no open request", remedy="“parentguide review status” lists them.")
    if not comment:
        raise ProjectError(
            "the answer is empty", remedy="Say with --comment what was done about the request."
        )
    return [
        LedgerEntry(
            message.domain,
            make_record(
                message,
                language.locale,
                reviewer,
                Kind.ANSWER,
                comment=comment,
                answers=[request.id for request in message.open_requests],
            ),
        )
        for message in asked
    ]


def withdrawal(
    message: MessageReview, acts: Sequence[Record], locale: str, reviewer: Reviewer, comment: str = ""
) -> LedgerEntry:
    """The entry that takes ``acts`` of one message back."""
    record = make_record(
        message, locale, reviewer, Kind.WITHDRAW, comment=comment, withdraws=[act.id for act in acts]
    )
    return LedgerEntry(message.domain, record)


def chosen(
    messages: Sequence[MessageReview], only: Iterable[str], language: Language
) -> Sequence[MessageReview]:
    """The messages with the contexts ``only``; all if it is empty. Raises :class:`ProjectError` for
    contexts that do not exist."""
    wanted = list(only)
    known = {message.context for message in messages}
    unknown = [context for context in wanted if context not in known]
    if unknown:
        raise ProjectError(
            "there is no message " + ", ".join(f"“{context}”" for context in unknown),
            remedy=f"The names are the msgctxt lines of the files in {language.locale}/LC_MESSAGES.",
        )
    return [message for message in messages if message.context in wanted] if wanted else messages
