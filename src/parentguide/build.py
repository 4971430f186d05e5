"""Joining the stages: words and a school in, finished files out, written all at once."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from parentguide import catalogs, inline
from parentguide.checks.translations import accepted_findings
from parentguide.errors import IncompleteTranslationError, ProjectError, SourceError
from parentguide.formats import EDITIONS, FOR_FAMILIES, FORMATS, SITE_FORMATS, Format, SiteFormat
from parentguide.formats.checkpage import CheckPage
from parentguide.formats.pdf import page_count
from parentguide.model import Artifact, Callout, Download, Edition, FieldValue, Guide, Language, School, Site
from parentguide.project import INTERFACE, GuideSource, Project
from parentguide.publish import locked, publish
from parentguide.reuse import (
    MANIFEST,
    Earlier,
    combined,
    edition_digest,
    maker_digest,
    read_earlier,
    remember,
    site_digest,
)
from parentguide.review.overview import overview
from parentguide.review.states import DRAFT, STATES, LanguageReview, language_review
from parentguide.segments import extract, translate
from parentguide.write import write_file, zipped

GATEWAY = "index.html"


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
class Request:
    """What to build. Empty ``languages`` or ``editions`` mean all; ``archive`` adds a ZIP file.

    ``mono`` leaves colour out of the sheets; ``require`` is the lowest state of review
    that may be shown (:data:`parentguide.review.states.STATES`); ``jobs`` how many sheets
    are set at a time (0: one a processor).
    """

    languages: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    school: School = School()
    allow_incomplete: bool = False
    archive: bool = False
    mono: bool = False
    require: str = DRAFT
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The editions that will be made, and what is refused, known before any is made.

    ``makers`` make one file of each edition, ``for_all`` one file of all of them.
    """

    editions: tuple[Edition, ...]
    refused: tuple[Gap, ...]
    formats: tuple[str, ...]
    site: Site
    makers: tuple[Format, ...]
    for_all: tuple[SiteFormat, ...]
    templates: Path
    jobs: int = 0

    @property
    def count(self) -> int:
        """How many files the plan makes, the manifest aside."""
        each = sum(maker.makes(edition) for edition in self.editions for maker in self.makers)
        return each + sum(maker.makes(self.site) for maker in self.for_all)

    def for_school(self, school: School, languages: Sequence[str] = ()) -> "Plan":
        """The same for another school; ``languages`` are tags that it wants, none: all."""
        chosen = [
            replace(edition, school=school)
            for edition in self.editions
            if not languages or edition.language.tag in languages
        ]
        editions = _with_siblings(chosen)
        return replace(self, editions=editions, site=Site(editions, school, self.formats))


def plan(project: Project, request: Request) -> Plan:
    """What ``request`` comes to. Raises our errors for unknown languages or editions."""
    wanted = {project.language(tag).tag for tag in request.languages}
    chosen = [language for tag, language in project.languages.items() if not wanted or tag in wanted]
    formats = _chosen_formats(request.editions)
    if not project.slugs:
        raise ProjectError(
            "there is no guide", path=project.locales / "en", remedy="Make one with “parentguide new”."
        )
    fields = {contact.name: contact.value for contact in project.contacts}
    if not formats:
        raise ProjectError("no edition was chosen", remedy=f"Choose from: {', '.join(EDITIONS)}.")
    drafts: list[Edition] = []
    refused: list[Gap] = []
    for slug in project.slugs:
        source = project.source(slug)
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
                    messages=overview(review, put_back, accepted_findings(project, language))
                    if CheckPage.name in formats and not language.is_source
                    else (),
                    incomplete=bool(gaps),
                )
            )
    editions = _with_siblings(drafts)
    return Plan(
        editions=editions,
        refused=tuple(refused),
        formats=formats,
        site=Site(editions, request.school, formats),
        makers=tuple(kind(project.templates) for kind in FORMATS if kind.name in formats),
        for_all=tuple(kind(project.templates) for kind in SITE_FORMATS if kind.name in formats),
        templates=project.templates,
        jobs=request.jobs,
    )


def _chosen_formats(wanted: tuple[str, ...]) -> tuple[str, ...]:
    for name in wanted:
        if name not in EDITIONS:
            raise ProjectError(f"there is no edition “{name}”", remedy=f"Choose from: {', '.join(EDITIONS)}.")
    return tuple(name for name in EDITIONS if not wanted or name in wanted)


def _refuse_unknown_fields(source: GuideSource, fields: Mapping[str, FieldValue]) -> None:
    for segment in extract(source.guide.blocks):
        for name in inline.fields(segment.text):
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
        template = project.template(domain)
        state = catalogs.state(template, project.catalog(language, domain))
        reasons = dict.fromkeys(state.missing, "missing") | dict.fromkeys(state.fuzzy, "fuzzy")
        ready = dict(state.ready)
        for context, text in state.ready.items():
            problem = inline.broken_markup(template[context].english, text)
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
    kept = tuple(b for b in guide.blocks if not (isinstance(b, Callout) and b.kind == "interpreter"))
    return replace(guide, blocks=kept)


def _with_siblings(drafts: Sequence[Edition]) -> tuple[Edition, ...]:
    """Each edition told of the languages that its guide is built in."""
    siblings: dict[str, list[Language]] = {}
    for draft in drafts:
        siblings.setdefault(draft.guide.slug, []).append(draft.language)
    return tuple(replace(draft, languages=tuple(siblings[draft.guide.slug])) for draft in drafts)


def render(made: Plan, earlier: Earlier | None = None) -> Iterator[Artifact]:
    """The finished files, one after the other; those of ``earlier`` that are still right as they are.

    Raises :class:`LayoutError`.
    """
    from_before = earlier or Earlier(Path())
    digests = {
        maker: maker_digest(maker, maker.name, made.templates, maker.template_folder) for maker in made.makers
    }
    # Typst lets go of the interpreter's lock while it sets a sheet, so threads use all cores.
    with ThreadPoolExecutor(max_workers=made.jobs or os.cpu_count()) as pool:
        futures = [pool.submit(_artifacts, edition, digests, from_before) for edition in made.editions]
        try:
            for future in futures:
                yield from future.result()
        finally:
            pool.shutdown(cancel_futures=True)
    words = {f"{e.guide.slug}/{e.language.tag}": edition_digest(e) for e in made.editions}
    for maker in made.for_all:
        if maker.makes(made.site):
            own = maker_digest(maker, maker.name, made.templates, maker.template_folder)
            made_from = combined(own, site_digest(made.site, words))
            content = from_before.content(maker.file_name, made_from)
            reused = content is not None
            content = content if content is not None else maker.render(made.site)
            yield Artifact(
                maker.name,
                maker.file_name,
                content,
                pages=page_count(content),
                made_from=made_from,
                reused=reused,
            )


def _artifacts(edition: Edition, makers: Mapping[Format, str], earlier: Earlier) -> list[Artifact]:
    """All files of one guide in one language; each is told of those before it."""
    slug, language = edition.guide.slug, edition.language
    artifacts: list[Artifact] = []
    downloads: tuple[Download, ...] = ()
    words = edition_digest(edition)
    for maker, digest in makers.items():
        if not maker.makes(edition):
            continue
        name = maker.file_name(slug, language.tag)
        path = f"{slug}/{language.tag}/{name}"
        made_from = combined(digest, words, repr(downloads))
        content = earlier.content(path, made_from)
        reused = content is not None
        content = content if content is not None else maker.render(replace(edition, downloads=downloads))
        pages = page_count(content)
        artifacts.append(
            Artifact(
                edition=maker.name,
                path=path,
                content=content,
                guide=slug,
                language=language.tag,
                direction=language.direction,
                status=edition.status,
                pages=pages,
                made_from=made_from,
                reused=reused,
            )
        )
        if maker.name in FOR_FAMILIES:
            downloads += (Download(maker.name, name, len(content), pages),)
    return artifacts


def manifest(artifacts: Sequence[Artifact]) -> bytes:
    """``manifest.json``: what was made, with sizes in bytes and SHA-256 digests."""
    rows = [
        {
            "guide": artifact.guide,
            "language": artifact.language,
            "direction": artifact.direction,
            "edition": artifact.edition,
            "path": artifact.path,
            "status": artifact.status,
            "pages": artifact.pages,
            "bytes": len(artifact.content),
            "sha256": sha256(artifact.content).hexdigest(),
        }
        for artifact in artifacts
    ]
    return (json.dumps({"artifacts": rows}, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: its plan, how many files it made and how many were right already."""

    plan: Plan
    made: int
    kept: int

    @property
    def nothing_new(self) -> bool:
        return not self.made


def build_guides(
    project: Project,
    request: Request,
    out: Path,
    on_progress: Callable[[str], None] | None = None,
) -> Built:
    """Make everything ``request`` asks for and put it into the folder ``out``, all at once.

    Files of an earlier build that are still right are kept; those that this one does not
    make are removed. ``on_progress`` is called with each file's path as it is finished.
    Raises :class:`IncompleteTranslationError` when nothing may be shown, and our other
    errors; ``out`` is as it was then. Safe to call from several threads at once.
    """
    return build_plan(plan(project, request), out, request.archive, on_progress)


def build_plan(
    made: Plan, out: Path, archive: bool = False, on_progress: Callable[[str], None] | None = None
) -> Built:
    """The same for a plan that is made already: :meth:`Plan.for_school` gives one for each school."""
    if not made.editions:
        raise IncompleteTranslationError(
            "nothing to build; not fit to be shown:\n" + "\n".join(f"  {gap}" for gap in made.refused),
            remedy=refusal_remedy(made.refused),
        )
    with locked(out):
        earlier = read_earlier(out, GATEWAY)
        artifacts = []
        for artifact in render(made, earlier):
            artifacts.append(artifact)
            if on_progress:
                on_progress(artifact.path)
        files = {artifact.path: artifact.content for artifact in artifacts}
        files[MANIFEST] = manifest(artifacts)
        zip_path = archive_path(out)
        if archive:
            whole = zipped(files.items())
            if not zip_path.exists() or zip_path.read_bytes() != whole:
                write_file(zip_path, whole)
        built = Built(made, sum(not a.reused for a in artifacts), sum(a.reused for a in artifacts))
        if built.made or earlier.paths != {artifact.path for artifact in artifacts}:
            publish(out, files, earlier.files)
            remember(out, artifacts)
    return built


def archive_path(out: Path) -> Path:
    """Where the archive of ``out`` lies: beside it."""
    whole = out.resolve()
    return whole.with_name(f"{whole.name}.zip")
