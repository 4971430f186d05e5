"""What there is to translate, and writing the results: always as fuzzy, never over a translation."""

from collections.abc import Iterable, Sequence
from datetime import date

from parentguide.errors import ProjectError
from parentguide.infra.files import write_text
from parentguide.machine.engine import TranslationJob, TranslationOutcome
from parentguide.model.language import Language
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.project.recorded import recorded
from parentguide.review.ledger import Kind
from parentguide.review.sign_off import LedgerEntry, Reviewer, make_record, write_entries
from parentguide.review.status import LanguageReview, MessageReview, language_review
from parentguide.translation.back_translation import BackTranslatedMessage, text_digest


def draft_jobs(project: Project, language: Language, only: Sequence[str]) -> list[TranslationJob]:
    """The messages without a translation: all, or ``only`` those contexts.

    Raises :class:`ProjectError` for an unknown context.
    """
    return [
        TranslationJob(message.domain, message.context, message.english)
        for message in _chosen(_review(project, language), only)
        if not message.translation
    ]


def back_translation_jobs(project: Project, language: Language, only: Sequence[str]) -> list[TranslationJob]:
    """The translations that have no back-translation of their present words: all, or ``only`` those contexts.

    Raises :class:`ProjectError` for an unknown context.
    """
    review = _review(project, language)
    current = project.back_translation(language).current(review.words)
    return [
        TranslationJob(message.domain, message.context, message.translation)
        for message in _chosen(review, only)
        if message.shown and message.context not in current
    ]


def translations(project: Project, language: Language) -> dict[str, str]:
    """The translations in the language's catalogs, fuzzy ones too, by their English."""
    messages = _review(project, language).messages
    return {message.english: message.translation for message in messages if message.translation}


def write_drafts(
    project: Project, language: Language, outcomes: Iterable[TranslationOutcome], made_by: str, on: date
) -> int:
    """Write drafts into the catalogs as fuzzy, and into the ledgers who made them; returns how many.

    A message that somebody has translated in the meantime keeps that translation.
    """
    drafts = {(o.job.domain, o.job.context): o.text for o in outcomes if o.text}
    reviewer = Reviewer(role=made_by, date=on, kind=Kind.MACHINE)
    entries = []
    for message in _review(project, language).messages:
        text = drafts.get((message.domain, message.context))
        if text and not message.translation:
            record = make_record(message, language.locale, reviewer, Kind.MACHINE, translation=text)
            entries.append(LedgerEntry(message.domain, record, text))
    write_entries(project, language, entries, fuzzy=True)
    return len(entries)


def write_back_translations(
    project: Project, language: Language, outcomes: Iterable[TranslationOutcome], made_by: str, on: date
) -> int:
    """Add back-translations to the language's file, each with its origin and date; returns how many."""
    fresh = {
        outcome.job.context: BackTranslatedMessage(outcome.text, text_digest(outcome.job.text), made_by, on)
        for outcome in outcomes
        if outcome.text
    }
    if fresh:
        known = project.back_translation(language)
        data = known.with_messages(fresh, on, made_by).as_bytes()
        path = project.back_translation_path(language)
        with recorded(project.root, f"{language.english_name}: translate back into English", [path]):
            write_text(path, data.decode("utf-8"))
    return len(fresh)


def _review(project: Project, language: Language) -> LanguageReview:
    return language_review(project, language, domains(project))


def _chosen(review: LanguageReview, only: Sequence[str]) -> list[MessageReview]:
    unknown = set(only) - {message.context for message in review.messages}
    if unknown:
        raise ProjectError(
            f"there is no message “{min(unknown)}”", remedy="Contexts are the msgctxt lines of the PO files."
        )
    return [message for message in review.messages if not only or message.context in only]
