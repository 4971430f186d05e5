"""What a request comes to: the editions to make, and what may not be shown, before any is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parentguide.build.incremental import format_digests
from parentguide.checks.catalog.runner import accepted_findings
from parentguide.errors import ProjectError, SourceError
from parentguide.model import markup
from parentguide.model.contact import FieldValue
from parentguide.model.guide import Callout, Guide
from parentguide.model.language import Language
from parentguide.model.output import Edition, Site
from parentguide.model.school import School
from parentguide.model.walk import extract, translate
from parentguide.project.project import INTERFACE, GuideSource, Project
from parentguide.render import FORMAT_NAMES, FORMATS, SITE_FORMATS, Format, SiteFormat
from parentguide.render.web.check_page import CheckPage
from parentguide.review.check_report import reviewed_messages
from parentguide.review.status import DRAFT, STATES, LanguageReview, language_review
from parentguide.translation import po


@dataclass(frozen=True, slots=True)
class Gap:
    """Messages of one language and domain that may not be shown: context and why."""

    language: Language
    domain: str
    reasons: Mapping[str, str]

    def __str__(self) -> str:
        by_reason: dict[str, list[str]] = {}
        for context, reason in self.reasons.items():
            by_reason.setdefault(reason, []).append(context)
        listed = "; ".join(f"{reason}: {', '.join(contexts)}" for reason, contexts in by_reason.items())
        return f"{self.language.english_name} [{self.language.tag}], {self.domain}: {listed}"

    @property
    def of_review(self) -> bool:
        """Whether the messages are whole, but reviewed less than was asked for."""
        return set(self.reasons.values()) <= set(STATES)


def refusal_remedy(gaps: Sequence[Gap]) -> str:
    """What can be done about what was refused."""
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
    """What to build. Empty ``languages`` or ``formats`` mean all; ``archive`` adds a ZIP file.

    ``mono`` leaves colour out of the sheets; ``require`` is the lowest state of review
    that may be shown (:data:`parentguide.review.status.STATES`); ``jobs`` how many sheets
    are set at a time (0: one a processor).
    """

    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    school: School = School()
    allow_incomplete: bool = False
    archive: bool = False
    mono: bool = False
    require: str = DRAFT
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """The editions that will be made, and what is refused, known before any is made.

    ``makers`` make one file of each edition, ``for_all`` one file of all of them; ``digests``
    are of what they themselves are.
    """

    editions: tuple[Edition, ...]
    refused: tuple[Gap, ...]
    formats: tuple[str, ...]
    site: Site
    makers: tuple[Format, ...]
    for_all: tuple[SiteFormat, ...]
    digests: Mapping[Format | SiteFormat, str]
    jobs: int = 0

    @property
    def count(self) -> int:
        """How many files the plan makes, the manifest aside."""
        each = sum(maker.makes(edition) for edition in self.editions for maker in self.makers)
        return each + sum(maker.makes(self.site) for maker in self.for_all)

    def for_school(self, school: School, languages: Sequence[str] = ()) -> "BuildPlan":
        """The same for another school; ``languages`` are tags that it wants, none: all."""
        chosen = [
            replace(edition, school=school)
            for edition in self.editions
            if not languages or edition.language.tag in languages
        ]
        editions = _with_siblings(chosen)
        return replace(self, editions=editions, site=Site(editions, school, self.formats))


def plan(project: Project, request: BuildRequest) -> BuildPlan:
    """What ``request`` comes to. Raises our errors for unknown languages or formats."""
    wanted = {project.language(tag).tag for tag in request.languages}
    chosen = [language for tag, language in project.languages.items() if not wanted or tag in wanted]
    formats = _chosen_formats(request.formats)
    if not project.slugs:
        raise ProjectError(
            "there is no guide", path=project.locales / "en", remedy="Make one with “parentguide new”."
        )
    fields = {contact.name: contact.value for contact in project.contacts}
    if not formats:
        raise ProjectError("no format was chosen", remedy=f"Choose from: {', '.join(FORMAT_NAMES)}.")
    drafts: list[Edition] = []
    refused: list[Gap] = []
    for slug in project.slugs:
        source = project.guide_source(slug)
        _refuse_unknown_fields(source, fields)
        for unreviewed in chosen:
            words, gaps = _words(project, unreviewed, slug)
            if gaps and not request.allow_incomplete:
                refused.extend(gaps)
                continue
            review = language_review(project, unreviewed, (slug, INTERFACE))
            below = _below(review, request.require)
            if below:
                refused.extend(below)
                continue
            language = review.reviewed
            put_back = project.back_translation(language)
            back = put_back.current(review.words)
            drafts.append(
                Edition(
                    guide=_for_readers(translate(source.guide, language.tag, words[slug]), language),
                    english=source.guide,
                    language=language,
                    languages=(),
                    interface=words[INTERFACE],
                    fields=fields,
                    school=request.school,
                    mono=request.mono,
                    back=back,
                    back_made_on=put_back.made_on,
                    back_origin=put_back.origin,
                    messages=reviewed_messages(review, put_back, accepted_findings(project, language))
                    if CheckPage.name in formats and not language.is_source
                    else (),
                    incomplete=bool(gaps),
                )
            )
    editions = _with_siblings(drafts)
    makers = tuple(kind(project.templates) for kind in FORMATS if kind.name in formats)
    for_all = tuple(kind(project.templates) for kind in SITE_FORMATS if kind.name in formats)
    return BuildPlan(
        editions=editions,
        refused=tuple(refused),
        formats=formats,
        site=Site(editions, request.school, formats),
        makers=makers,
        for_all=for_all,
        digests=format_digests((*makers, *for_all), project.templates),
        jobs=request.jobs,
    )


def _chosen_formats(wanted: tuple[str, ...]) -> tuple[str, ...]:
    for name in wanted:
        if name not in FORMAT_NAMES:
            raise ProjectError(
                f"there is no format “{name}”", remedy=f"Choose from: {', '.join(FORMAT_NAMES)}."
            )
    return tuple(name for name in FORMAT_NAMES if not wanted or name in wanted)


def _refuse_unknown_fields(source: GuideSource, fields: Mapping[str, FieldValue]) -> None:
    for segment in extract(source.guide.blocks):
        for name in markup.fields(segment.text):
            if name not in fields:
                raise SourceError(
                    f"{{{name}}} is no contact",
                    path=source.path,
                    line=segment.line,
                    remedy="Add it to contacts.toml, or mend the name.",
                )


def _words(project: Project, language: Language, slug: str) -> tuple[dict[str, Mapping[str, str]], list[Gap]]:
    """The messages that may be shown, by domain, and those that may not."""
    words: dict[str, Mapping[str, str]] = {slug: {}, INTERFACE: {}}
    gaps: list[Gap] = []
    if language.is_source:
        return words, gaps
    for domain in (slug, INTERFACE):
        template = project.source_messages(domain)
        state = po.catalog_status(template, project.catalog(language, domain))
        reasons = dict.fromkeys(state.missing, "missing") | dict.fromkeys(state.fuzzy, "fuzzy")
        ready = dict(state.ready)
        for context, text in state.ready.items():
            problem = markup.broken_markup(template[context].english, text)
            if problem:
                reasons[context] = problem
                del ready[context]
        words[domain] = ready
        if reasons:
            gaps.append(Gap(language, domain, reasons))
    return words, gaps


def _below(review: LanguageReview, require: str) -> list[Gap]:
    """The messages that are not reviewed as far as ``require`` asks, a gap a domain."""
    level = STATES.index(require)
    by_domain: dict[str, dict[str, str]] = {}
    for message in review.messages:
        if STATES.index(message.state) < level:
            by_domain.setdefault(message.domain, {})[message.context] = message.state
    return [Gap(review.language, domain, reasons) for domain, reasons in by_domain.items()]


def _for_readers(guide: Guide, language: Language) -> Guide:
    """The guide as this language's readers need it: who reads English needs no interpreter."""
    if not language.is_source:
        return guide
    kept = tuple(b for b in guide.blocks if not (isinstance(b, Callout) and b.variant == "interpreter"))
    return replace(guide, blocks=kept)


def _with_siblings(drafts: Sequence[Edition]) -> tuple[Edition, ...]:
    """Each edition told of the languages that its guide is built in."""
    siblings: dict[str, list[Language]] = {}
    for draft in drafts:
        siblings.setdefault(draft.guide.slug, []).append(draft.language)
    return tuple(replace(draft, languages=tuple(siblings[draft.guide.slug])) for draft in drafts)
