"""The state of each message, and from them the state of each language, as the ledgers give them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from parentguide.checks.translation.message import TranslatedMessage
from parentguide.infra.files import read_bytes
from parentguide.model.language import Language
from parentguide.model.review_state import ReviewState
from parentguide.model.shown_words import place_digest, words_digest
from parentguide.project.project import Project
from parentguide.review.acts import Acts
from parentguide.review.judgement import BrokenMarkup, Fuzzy, Missing, judge
from parentguide.review.ledger import Record, read_ledger
from parentguide.translation import po
from parentguide.translation.po import Message


# Without slots, so that the acts are worked out once.
@dataclass(frozen=True)
class MessageReview:
    """One message as it is now, and its records.

    ``words`` is the digest of the present texts. ``withheld`` says why families may not see the
    message (:func:`parentguide.review.judgement.judge`), and is None if they may.
    """

    domain: str
    context: str
    english: str
    translation: str
    words: str
    withheld: Missing | Fuzzy | BrokenMarkup | None
    records: tuple[Record, ...]

    @cached_property
    def acts(self) -> Acts:
        """What the records amount to."""
        return Acts(self.records)

    @property
    def place(self) -> str:
        """The digest of the present texts in this guide, which tells what a sheet shows."""
        return place_digest(self.domain, self.words)

    @property
    def shown(self) -> bool:
        """Whether families may see the message."""
        return self.withheld is None

    @cached_property
    def valid_sign_offs(self) -> tuple[Record, ...]:
        """The sign-offs of exactly these texts that count; none while a request is open."""
        if not self.shown or self.open_requests:
            return ()
        return tuple(r for r in self.acts.in_force if r.digest == self.words and self.acts.counts(r))

    @property
    def outdated(self) -> tuple[Record, ...]:
        """The sign-offs that were not taken back and no longer count, if none counts."""
        if self.valid_sign_offs:
            return ()
        return tuple(record for record in self.acts.in_force if record.signs)

    @property
    def open_requests(self) -> tuple[Record, ...]:
        """What reviewers doubt or want changed, until somebody answers it; also about earlier texts."""
        return self.acts.open_requests

    @property
    def state(self) -> ReviewState:
        """The highest state among the valid sign-offs."""
        return max((record.state for record in self.valid_sign_offs), default=ReviewState.DRAFT)


@dataclass(frozen=True, slots=True)
class LanguageReview:
    """All messages of one language, in the order of the sources: guides first, then the interface."""

    language: Language
    messages: tuple[MessageReview, ...]

    @property
    def parts(self) -> dict[str, "LanguageReview"]:
        """The review of each domain by itself, because a guide may be checked and the interface not."""
        domains = dict.fromkeys(message.domain for message in self.messages)
        return {
            domain: replace(self, messages=tuple(m for m in self.messages if m.domain == domain))
            for domain in domains
        }

    @property
    def state(self) -> ReviewState:
        """The lowest state of any message: with one unread sentence, the whole language is a draft."""
        return min((message.state for message in self.messages), default=ReviewState.DRAFT)

    @property
    def signed(self) -> tuple[Record, ...]:
        """The sign-offs that the language's state is based on."""
        state = self.state
        if state is ReviewState.DRAFT:
            return ()
        return tuple(r for m in self.messages for r in m.valid_sign_offs if r.state >= state)

    @property
    def changed(self) -> bool:
        """Whether a sign-off no longer counts because a text has changed since."""
        return any(message.outdated for message in self.messages)

    @property
    def partly(self) -> bool:
        """Whether the language is a draft in which some messages are signed, or were before they changed."""
        return self.state is ReviewState.DRAFT and any(m.valid_sign_offs or m.outdated for m in self.messages)

    @property
    def words(self) -> dict[str, str]:
        """The present translations by msgctxt."""
        return {message.context: message.translation for message in self.messages}

    @property
    def reviewed(self) -> Language:
        """The language with its state, the reviewers, and the day of the last sign-off."""
        if self.language.is_source:
            return self.language
        dates = [record.date for record in self.signed]
        return replace(
            self.language,
            review=self.state,
            reviewer=", ".join(sorted({record.signature for record in self.signed})),
            dated=max(dates) if dates else self.language.dated,
            partly=self.partly,
        )


def ledger_path(project: Project, language: Language, domain: str) -> Path:
    """The ledger's path, beside the domain's PO file."""
    return project.catalog_path(language, domain).with_name(f"{domain}.ledger.jsonl")


def ledger(project: Project, language: Language, domain: str) -> tuple[Record, ...]:
    """The records of a language's ledger; none if there is no file yet."""
    path = ledger_path(project, language, domain)
    return read_ledger(read_bytes(path), language.locale, path) if path.exists() else ()


def language_review(project: Project, language: Language, domains: Iterable[str]) -> LanguageReview:
    """The review of the messages of ``domains``; the source language has none.

    Raises :class:`ParentguideError` for a broken file.
    """
    messages: list[MessageReview] = []
    if not language.is_source:
        for domain in domains:
            messages += domain_review(
                language,
                domain,
                project.source_messages(domain),
                project.catalog(language, domain),
                ledger(project, language, domain),
            )
    return LanguageReview(language, tuple(messages))


def domain_review(
    language: Language,
    domain: str,
    template: Mapping[str, Message],
    catalog: Mapping[str, Message],
    records: Iterable[Record],
) -> list[MessageReview]:
    """Each message of the template with its present texts and its records."""
    by_context: dict[str, list[Record]] = {}
    for record in records:
        by_context.setdefault(record.context, []).append(record)
    fuzzy = frozenset(po.catalog_status(template, catalog).fuzzy)
    reviews = []
    for context, wanted in template.items():
        entry = catalog.get(context)
        text = entry.text if entry is not None and entry.text.strip() else ""
        translated = TranslatedMessage(language, context, wanted.english, text)
        reviews.append(
            MessageReview(
                domain=domain,
                context=context,
                english=wanted.english,
                translation=text,
                words=words_digest(context, language.locale, wanted.english, text),
                withheld=judge(translated, fuzzy=context in fuzzy).withheld,
                records=tuple(by_context.get(context, ())),
            )
        )
    return reviews
