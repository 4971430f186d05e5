"""One guide in one language, with everything that the formats need."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from parentguide.model.contact import FieldValue
from parentguide.model.domain import INTERFACE
from parentguide.model.guide import Callout, Guide
from parentguide.model.language import Language
from parentguide.model.output import Edition, ReviewedMessage
from parentguide.model.revised import with_english, without
from parentguide.model.school import School
from parentguide.model.style_notes import StyleNotes
from parentguide.model.walk import messages, translate
from parentguide.project.language_files import accepted_findings, read_glossary
from parentguide.project.project import Project
from parentguide.render.print.review_sheet import Review
from parentguide.render.web.check_page import CheckPage
from parentguide.review.check_report import CheckReport
from parentguide.review.judgement import LanguageRules
from parentguide.review.shown import shown_digests
from parentguide.review.status import LanguageReview
from parentguide.translation.style_notes import style_notes


def edition_of(
    project: Project,
    guide: Guide,
    review: LanguageReview,
    school: School,
    fields: Mapping[str, FieldValue],
    *,
    mono: bool,
    formats: Collection[str],
) -> Edition:
    """One guide in one language, for ``formats``: what only the check page or the review sheet needs is
    read only if it is one of them."""
    language = review.reviewed
    earlier = {m.context: m.english for m in review.messages if m.newer_english}
    guide = with_english(guide, earlier)
    back_translation = project.back_translation(language)
    words: dict[str, dict[str, str]] = {guide.slug: {}, INTERFACE: {}}
    for message in review.messages:
        if message.shown:
            words[message.domain][message.context] = message.translation
    checked: Sequence[ReviewedMessage] = ()
    if CheckPage.name in formats and not language.is_source:
        accepted = LanguageRules(accepted_findings(project, language))
        checked = CheckReport(review, back_translation, accepted)
    notes = style_notes(read_glossary(project, language)) if Review.name in formats else StyleNotes()
    whole = _for_readers(translate(guide, language.tag, words[guide.slug]), language)
    edition = Edition(
        guide=whole,
        whole=whole,
        english=guide,
        language=language,
        languages=(),
        interface=words[INTERFACE],
        fields=fields,
        school=School(),
        mono=mono,
        back=back_translation.current(review.words),
        back_made_on=back_translation.made_on,
        back_origin=back_translation.origin,
        messages=checked,
        shown=shown_digests(review.messages),
        incomplete=any(not message.shown for message in review.messages),
        earlier=tuple(earlier),
        interface_english={m.context: m.english for m in review.messages if m.domain == INTERFACE},
        states={domain: part.state for domain, part in review.parts.items()},
        notes=notes,
    )
    return edition.for_school(school)


def without_withdrawn(guide: Guide, review: LanguageReview, withdrawn: Collection[tuple[str, str]]) -> Guide:
    """The English guide without the sentences that may not be shown in this language any more.

    Where the language has a translation of a withdrawn sentence's new English, the block stays.
    """
    if not withdrawn:
        return guide
    segments = messages(guide)
    if review.language.is_source:
        return without(guide, [s.id for s in segments if (s.id, s.text) in withdrawn])
    kept = {message.context for message in review.messages if message.domain == guide.slug}
    return without(guide, [segment.id for segment in segments if segment.id not in kept])


def _for_readers(guide: Guide, language: Language) -> Guide:
    """The guide as this language's readers need it: readers of English do not need an interpreter."""
    if not language.is_source:
        return guide
    kept = tuple(b for b in guide.blocks if not (isinstance(b, Callout) and b.variant == "interpreter"))
    return replace(guide, blocks=kept)
