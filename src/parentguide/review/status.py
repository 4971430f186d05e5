"""The state of each message, and from them the state of each language, as the ledgers give them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from parentguide.checks.translation.message import TranslatedMessage
from parentguide.infra.files import read_bytes
from parentguide.model import markup
from parentguide.model.domain import INTERFACE
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

    ``earlier`` is the pair of the English before it changed and its translation, while there is no
    translation of the present English. ``newer_english`` is then that earlier pair's present English.
    """

    domain: str
    context: str
    english: str
    translation: str
    words: str
    withheld: Missing | Fuzzy | BrokenMarkup | None
    records: tuple[Record, ...]
    earlier: "MessageReview | None" = None
    newer_english: str = ""

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

    def as_shown(
        self,
        withdrawn: Collection[tuple[str, str]],
        fields: Collection[str],
        own: Mapping[str, Collection[str]],
        *,
        earlier: bool,
    ) -> "LanguageReview":
        """The review of what a build shows. ``earlier``: while some English has no translation yet, the
        English before it changed and its translation.

        ``withdrawn`` are the contexts and English texts of a guide that may not be shown; their messages are
        left out. ``fields`` are the names of placeholders that have a value everywhere, ``own`` those that
        have one in the message with a context. Templates have only the present
        English of the interface, so it has no earlier pairs.
        """
        messages = []
        for message in self.messages:
            shown = message
            pair = message.earlier if earlier and message.domain != INTERFACE else None
            known = {*fields, *own.get(message.context, ())}
            if message.withheld and pair and pair.shown and set(markup.fields(pair.english)) <= known:
                shown = pair
            if message.domain == INTERFACE or (shown.context, shown.english) not in withdrawn:
                messages.append(shown)
        return replace(self, messages=tuple(messages))

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
        own = tuple(by_context.get(context, ()))
        pair = _Pair(language, domain, context, wanted.english, text)
        review = pair.reviewed(own, fuzzy=context in fuzzy)
        before = _pair_before(pair, entry) if text and context in fuzzy else None
        if before is not None:
            earlier = before.reviewed(own, fuzzy=False)
            review = replace(review, earlier=replace(earlier, newer_english=wanted.english))
        reviews.append(review)
    return reviews


@dataclass(frozen=True, slots=True)
class _Pair:
    """An English text and a translation of it."""

    language: Language
    domain: str
    context: str
    english: str
    translation: str

    def reviewed(self, records: tuple[Record, ...], *, fuzzy: bool) -> MessageReview:
        translated = TranslatedMessage(self.language, self.context, self.english, self.translation)
        return MessageReview(
            domain=self.domain,
            context=self.context,
            english=self.english,
            translation=self.translation,
            words=words_digest(self.context, self.language.locale, self.english, self.translation),
            withheld=judge(translated, fuzzy=fuzzy).withheld,
            records=records,
        )


def _pair_before(present: _Pair, entry: Message | None) -> _Pair | None:
    """The English before it changed, with the translation that was accepted for it; None if none was.

    A fuzzy translation without that pair is a draft of a machine, or for another sentence.
    """
    if entry is None:
        return None
    english, text = (entry.previous, entry.previous_text) if entry.fuzzy else (entry.english, entry.text)
    if not text.strip() or english == present.english:
        return None
    return replace(present, english=english, translation=text)
