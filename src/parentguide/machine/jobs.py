"""From catalogs to jobs, and from outcomes to catalogs: always fuzzy, never over a translation."""

from collections.abc import Iterable, Sequence
from datetime import date

from parentguide.errors import ProjectError
from parentguide.infra.atomic import write_file
from parentguide.machine.engine import TranslationJob, TranslationOutcome
from parentguide.model.language import Language
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.review.ledger import Kind
from parentguide.review.sign_off import LedgerEntry, Reviewer, make_record, write_entries
from parentguide.review.status import language_review
from parentguide.translation.back_translation import BackTranslatedMessage, text_digest


def missing(project: Project, language: Language, only: Sequence[str]) -> list[TranslationJob]:
    """The messages without any translation. Raises :class:`ProjectError` for an unknown context."""
    messages = language_review(project, language, domains(project)).messages
    unknown = set(only) - {message.context for message in messages}
    if unknown:
        raise ProjectError(
            f"there is no message “{min(unknown)}”", remedy="Contexts are the msgctxt lines of the PO files."
        )
    return [
        TranslationJob(message.domain, message.context, message.english)
        for message in messages
        if not message.translation and (not only or message.context in only)
    ]


def texts(project: Project, language: Language) -> dict[str, str]:
    """What the language's catalogs have, by the English that it stands for."""
    messages = language_review(project, language, domains(project)).messages
    return {message.english: message.translation for message in messages if message.translation}


def write_drafts(
    project: Project, language: Language, outcomes: Iterable[TranslationOutcome], made_by: str, on: date
) -> int:
    """Write drafts as fuzzy, with who made them in the ledger; how many. A message that somebody
    has translated meanwhile keeps that translation."""
    still = {(job.domain, job.context) for job in missing(project, language, ())}
    fresh = {(o.job.domain, o.job.context): o.text for o in outcomes if o.text}
    reviewer = Reviewer(role=made_by, date=on, kind=Kind.MACHINE)
    entries = [
        LedgerEntry(
            message.domain,
            make_record(
                message,
                language.locale,
                reviewer,
                Kind.MACHINE,
                translation=fresh[message.domain, message.context],
            ),
            fresh[message.domain, message.context],
        )
        for message in language_review(project, language, domains(project)).messages
        if (message.domain, message.context) in fresh and (message.domain, message.context) in still
    ]
    write_entries(project, language, entries, fuzzy=True)
    return len(entries)


def unread(project: Project, language: Language, only: Sequence[str]) -> list[TranslationJob]:
    """The translations that nobody has put back into English as they are now."""
    review = language_review(project, language, domains(project))
    current = project.back_translation(language).current(review.words)
    return [
        TranslationJob(message.domain, message.context, message.translation)
        for message in review.messages
        if message.shown and message.context not in current and (not only or message.context in only)
    ]


def write_back(
    project: Project, language: Language, outcomes: Iterable[TranslationOutcome], made_by: str, on: date
) -> int:
    """Add back-translations to the language's file, each with its origin and date; how many."""
    path = project.back_translation_path(language)
    known = project.back_translation(language)
    fresh = {
        outcome.job.context: BackTranslatedMessage(outcome.text, text_digest(outcome.job.text), made_by, on)
        for outcome in outcomes
        if outcome.text
    }
    if fresh:
        write_file(path, known.with_messages(fresh, on, made_by).as_bytes())
    return len(fresh)
