"""Decide what a build request makes: the editions, and the messages that keep a language out.

Everything is known before any file is made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parentguide.build.editions import edition_of, without_withdrawn
from parentguide.build.incremental import format_digests
from parentguide.errors import ProjectError, SourceError
from parentguide.fonts.cache import DerivedFont
from parentguide.model.contact import FieldValue
from parentguide.model.domain import INTERFACE
from parentguide.model.facts import PHONES, own_fields, unknown_fields
from parentguide.model.language import Language
from parentguide.model.output import Edition, Site
from parentguide.model.review_state import ReviewState
from parentguide.model.school import School
from parentguide.project.guide_choice import guides_to_build, narrowed
from parentguide.project.project import GuideSource, Project
from parentguide.project.usual_languages import check_usual_languages
from parentguide.render import FORMAT_NAMES, FORMATS, SITE_FORMATS, Format, SiteFormat
from parentguide.render.print.typeface import has_own_words, with_typeface
from parentguide.review.judgement import (
    BelowState,
    BrokenMarkup,
    Fuzzy,
    GapReason,
    Missing,
)
from parentguide.review.status import LanguageReview, language_review

# The order in which a refusal lists its reasons.
_ORDER = (Missing, Fuzzy, BrokenMarkup, BelowState)


@dataclass(frozen=True, slots=True)
class Gap:
    """Messages of one language and domain that may not be shown: by context, why. ``guide`` is the guide
    that they keep out, because the words of the interface are part of each."""

    language: Language
    domain: str
    reasons: Mapping[str, GapReason]
    guide: str = ""

    def __str__(self) -> str:
        by_reason: dict[GapReason, list[str]] = {}
        for context, reason in sorted(self.reasons.items(), key=lambda item: _ORDER.index(type(item[1]))):
            by_reason.setdefault(reason, []).append(context)
        listed = "; ".join(f"{reason}: {', '.join(contexts)}" for reason, contexts in by_reason.items())
        return f"{self.language.english_name} [{self.language.tag}], {self.domain}: {listed}"

    @property
    def of_review(self) -> bool:
        """Whether the translations are complete, but reviewed less than was asked for."""
        return all(isinstance(reason, BelowState) for reason in self.reasons.values())


def refusal_remedy(gaps: Sequence[Gap]) -> str:
    """What somebody can do about the languages that were refused."""
    remedies = []
    if any(not gap.of_review for gap in gaps):
        remedies.append(
            "Complete the translations, or use --allow-incomplete to show those parts in English."
        )
    if any(gap.of_review for gap in gaps):
        remedies.append("Have them reviewed (“parentguide review sheet TAG”), or leave out --require.")
    return " ".join(remedies)


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build. Empty ``languages`` means all that are not in progress, empty ``formats`` all, empty
    ``guides`` all that are ready; a guide that is named is built whether it is ready or not.
    ``archive`` adds a ZIP file.

    ``mono`` leaves colour out of the sheets. ``first_leaf`` makes only the first leaf of the handout, and
    ``a5`` makes it on A5, also for schools that do not say so. ``require`` is the lowest review state that
    may be shown. ``jobs`` is how many files are made in parallel (0: one for each processor). ``force``
    renames a target folder that is not a build's, instead of refusing it.
    """

    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    school: School = School()
    allow_incomplete: bool = False
    archive: bool = False
    mono: bool = False
    first_leaf: bool = False
    a5: bool = False
    require: ReviewState = ReviewState.DRAFT
    jobs: int = 0
    force: bool = False
    guides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """The editions that the build makes, and the gaps that keep other editions out.

    ``makers`` make one file of each edition, ``for_all`` one file of all editions; ``digests`` are
    digests of the formats themselves (:func:`parentguide.build.incremental.format_digests`). ``locales``
    is the folder of the translations. ``fonts`` are folders of the
    project's own fonts, ``fonts_made`` those that planning made for the sheets.
    """

    editions: tuple[Edition, ...]
    refused: tuple[Gap, ...]
    formats: tuple[str, ...]
    site: Site
    makers: tuple[Format, ...]
    for_all: tuple[SiteFormat, ...]
    digests: Mapping[Format | SiteFormat, str]
    locales: Path
    jobs: int = 0
    fonts: tuple[Path, ...] = ()
    fonts_made: tuple[DerivedFont, ...] = ()

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the editions, each once, however many guides there are."""
        return tuple({e.language.tag: e.language for e in self.editions}.values())

    @property
    def count(self) -> int:
        """How many files the plan makes, without the manifest."""
        each = sum(maker.makes(edition) for edition in self.editions for maker in self.makers)
        return each + sum(maker.makes(self.site) for maker in self.for_all)

    def for_school(self, school: School, languages: Sequence[str] = ()) -> "BuildPlan":
        """The same plan for another school; ``languages`` are the tags that it wants (empty: all)."""
        asked = self.site.school
        school = _on_paper(school, first_leaf=asked.first_leaf_only, a5=asked.a5_handout)
        chosen = [
            edition.for_school(school)
            for edition in self.editions
            if not languages or edition.language.tag in languages
        ]
        if has_own_words(self.site.school) or has_own_words(school):
            # The font of these editions has the words of another school.
            chosen = [with_typeface(edition, self.fonts)[0] for edition in chosen]
        editions = _with_siblings(chosen)
        return replace(self, editions=editions, site=Site(editions, school, self.formats))


def _on_paper(school: School, *, first_leaf: bool, a5: bool) -> School:
    """The school with the handout that a build asks for, where it does not ask for that itself."""
    return replace(
        school,
        first_leaf_only=first_leaf or school.first_leaf_only,
        a5_handout=a5 or school.a5_handout,
    )


def plan(project: Project, request: BuildRequest) -> BuildPlan:
    """What ``request`` makes. Raises :class:`ParentguideError` for unknown languages or formats."""
    check_usual_languages(project, request.school)
    request = replace(request, school=_on_paper(request.school, first_leaf=request.first_leaf, a5=request.a5))
    wanted = set(project.tags_of(request.languages))
    chosen = [
        language
        for tag, language in (project.languages if wanted else project.complete_languages).items()
        if not wanted or tag in wanted
    ]
    formats = _chosen_formats(request.formats)
    guides = guides_to_build(narrowed(project, request.guides))
    if not formats:
        raise ProjectError("no format was chosen", remedy=f"Choose from: {', '.join(FORMAT_NAMES)}.")
    fields = {contact.name: contact.value for contact in project.contacts}
    earlier = project.settings.on_changed_english == "previous"
    drafts: list[Edition] = []
    refused: list[Gap] = []
    for slug in guides:
        source = project.guide_source(slug)
        _refuse_unknown_fields(source, fields)
        own = own_fields(source.guide)
        withdrawn = frozenset((entry.context, entry.english) for entry in project.withdrawn(slug))
        for language in chosen:
            review = language_review(project, language, (slug, INTERFACE))
            review = review.as_shown(withdrawn, frozenset(fields), own, earlier=earlier)
            gaps = _gaps(review, request)
            if gaps:
                refused.extend(replace(gap, guide=slug) for gap in gaps)
            else:
                shown = without_withdrawn(source.guide, review, withdrawn)
                given = (project, shown, review, request.school, fields)
                drafts.append(edition_of(*given, mono=request.mono, formats=formats))
    return _plan_of(project, request, formats, _with_siblings(drafts), refused)


def _gaps(review: LanguageReview, request: BuildRequest) -> list[Gap]:
    """What keeps the language out of this build, a gap for each domain; empty if nothing does."""
    if not request.allow_incomplete:
        withheld = [(m.domain, m.context, m.withheld) for m in review.messages if m.withheld is not None]
        if withheld:
            return _by_domain(review.language, withheld)
    return _by_domain(
        review.language,
        [(m.domain, m.context, BelowState(m.state)) for m in review.messages if m.state < request.require],
    )


def _by_domain(language: Language, reasons: Iterable[tuple[str, str, GapReason]]) -> list[Gap]:
    by_domain: dict[str, dict[str, GapReason]] = {}
    for domain, context, reason in reasons:
        by_domain.setdefault(domain, {})[context] = reason
    return [Gap(language, domain, found) for domain, found in by_domain.items()]


def _plan_of(
    project: Project,
    request: BuildRequest,
    formats: tuple[str, ...],
    editions: tuple[Edition, ...],
    refused: Sequence[Gap],
) -> BuildPlan:
    makers = tuple(kind(project.templates) for kind in FORMATS if kind.name in formats)
    for_all = tuple(kind(project.templates) for kind in SITE_FORMATS if kind.name in formats)
    made: list[DerivedFont | None] = []
    folders = [*(maker.template_folder for maker in makers), *(maker.template_folder for maker in for_all)]
    if "print" in folders:
        set_in = [with_typeface(edition, project.fonts) for edition in editions]
        editions = tuple(edition for edition, _ in set_in)
        made = [font for _, font in set_in]
    return BuildPlan(
        editions=editions,
        refused=tuple(refused),
        formats=formats,
        site=Site(editions, request.school, formats),
        makers=makers,
        for_all=for_all,
        digests=format_digests((*makers, *for_all), project.templates),
        locales=project.locales,
        jobs=request.jobs,
        fonts=project.fonts,
        fonts_made=tuple(font for font in made if font is not None and font.seconds),
    )


def _chosen_formats(wanted: tuple[str, ...]) -> tuple[str, ...]:
    for name in wanted:
        if name not in FORMAT_NAMES:
            raise ProjectError(
                f"there is no format “{name}”", remedy=f"Choose from: {', '.join(FORMAT_NAMES)}."
            )
    return tuple(name for name in FORMAT_NAMES if not wanted or name in wanted)


def _refuse_unknown_fields(source: GuideSource, fields: Mapping[str, FieldValue]) -> None:
    for segment, name in unknown_fields(source.guide, fields.keys()):
        problem, remedy = f"{{{name}}} is not a contact", "Add it to contacts.toml, or fix the name."
        if name in PHONES:
            problem = f"not every school has the number {{{name}}}"
            remedy = f'Write when="{name}" at the block.'
        raise SourceError(problem, path=source.path, line=segment.line, remedy=remedy)


def _with_siblings(drafts: Sequence[Edition]) -> tuple[Edition, ...]:
    """The editions, each with the languages that its guide is built in."""
    siblings: dict[str, list[Language]] = {}
    for draft in drafts:
        siblings.setdefault(draft.guide.slug, []).append(draft.language)
    return tuple(replace(draft, languages=tuple(siblings[draft.guide.slug])) for draft in drafts)
