"""What the ledgers come to: the state of each message, and from them of each language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from parentguide.infra.files import read_bytes
from parentguide.model.language import Language
from parentguide.project.project import Project
from parentguide.review.ledger import SIGN_OFFS, Kind, Record, digest, read_ledger
from parentguide.translation.po import Message

DRAFT = "draft"
STATES: Sequence[str] = (DRAFT, *SIGN_OFFS)


@dataclass(frozen=True, slots=True)
class MessageReview:
    """One message as it is now, and its records.

    ``words`` is the digest of the present words; ``shown`` says whether they may be shown
    (there are some, and they are not fuzzy).
    """

    domain: str
    context: str
    english: str
    translation: str
    words: str
    shown: bool
    records: tuple[Record, ...]

    @property
    def valid_sign_offs(self) -> tuple[Record, ...]:
        """The sign-offs of exactly these words that no later wish for a change takes back."""
        if not self.shown:
            return ()
        same = [record for record in self.records if record.digest == self.words]
        wished = max((record.date for record in same if record.kind is Kind.CHANGE), default=date.min)
        return tuple(record for record in same if record.signs and record.date > wished)

    @property
    def outdated(self) -> tuple[Record, ...]:
        """The sign-offs that no longer count, where none does."""
        return () if self.valid_sign_offs else tuple(record for record in self.records if record.signs)

    @property
    def open_requests(self) -> tuple[Record, ...]:
        """What reviewers want changed or are not sure of, in words that nobody has signed since."""
        if self.valid_sign_offs:
            return ()
        asked = (Kind.CHANGE, Kind.UNSURE)
        return tuple(r for r in self.records if r.kind in asked and r.digest == self.words)

    @property
    def state(self) -> str:
        return max((record.kind for record in self.valid_sign_offs), key=STATES.index, default=DRAFT)


@dataclass(frozen=True, slots=True)
class LanguageReview:
    """All messages of one language, in the order of the templates."""

    language: Language
    messages: tuple[MessageReview, ...]

    @property
    def state(self) -> str:
        """The lowest state of any message: one unread sentence makes the whole a draft."""
        return min((message.state for message in self.messages), key=STATES.index, default=DRAFT)

    @property
    def signed(self) -> tuple[Record, ...]:
        """The sign-offs that the state rests on."""
        level = STATES.index(self.state)
        valid_sign_offs = [record for message in self.messages for record in message.valid_sign_offs]
        return tuple(record for record in valid_sign_offs if level and STATES.index(record.kind) >= level)

    @property
    def changed(self) -> bool:
        """Whether a sign-off no longer counts because the words have changed since."""
        return any(message.outdated for message in self.messages)

    @property
    def partly(self) -> bool:
        """Whether this is a draft of which some was signed, be it that the words have changed since."""
        return self.state == DRAFT and any(m.valid_sign_offs or m.outdated for m in self.messages)

    @property
    def words(self) -> dict[str, str]:
        """The present translations by msgctxt."""
        return {message.context: message.translation for message in self.messages}

    @property
    def reviewed(self) -> Language:
        """The language with its state, who signed, and the day of the last sign-off."""
        if self.language.is_source:
            return self.language
        dates = [record.date for record in self.signed]
        return replace(
            self.language,
            review=str(self.state),
            reviewer=", ".join(sorted({record.signature for record in self.signed})),
            dated=max(dates) if dates else self.language.dated,
            partly=self.partly,
        )


def ledger_path(project: Project, language: Language, domain: str) -> Path:
    """Beside the domain's PO file."""
    return project.catalog_path(language, domain).with_name(f"{domain}.ledger.jsonl")


def ledger(project: Project, language: Language, domain: str) -> tuple[Record, ...]:
    """The records of a language's ledger; none if there is no file yet."""
    path = ledger_path(project, language, domain)
    return read_ledger(read_bytes(path), language.locale, path) if path.exists() else ()


def language_review(project: Project, language: Language, domains: Iterable[str]) -> LanguageReview:
    """How the messages of ``domains`` stand in ``language``. Raises our errors for broken files."""
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
    """Each message of the template with its present words and its records."""
    by_context: dict[str, list[Record]] = {}
    for record in records:
        by_context.setdefault(record.context, []).append(record)
    reviews = []
    for context, wanted in template.items():
        entry = catalog.get(context)
        text = entry.text if entry is not None and entry.text.strip() else ""
        reviews.append(
            MessageReview(
                domain=domain,
                context=context,
                english=wanted.english,
                translation=text,
                words=digest(context, language.locale, wanted.english, text),
                shown=bool(entry and text and not entry.fuzzy and entry.english == wanted.english),
                records=tuple(by_context.get(context, ())),
            )
        )
    return reviews
