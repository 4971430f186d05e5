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
from parentguide.review.overview import overview
from parentguide.review.states import DRAFT, STATES, LanguageReview, language_review
from parentguide.segments import extract, translate
from parentguide.write import write_file, write_tree, zipped

MANIFEST = "manifest.json"
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
    that may be shown (:data:`parentguide.review.states.STATES`).
    """

    languages: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    school: School = School()
    allow_incomplete: bool = False
    archive: bool = False
    mono: bool = False
    require: str = DRAFT


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

    @property
    def count(self) -> int:
        """How many files the plan makes, the manifest aside."""
        each = sum(maker.makes(edition) for edition in self.editions for maker in self.makers)
        return each + sum(maker.makes(self.site) for maker in self.for_all)


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
                    messages=overview(review, back, accepted_findings(project, language))
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


def render(made: Plan) -> Iterator[Artifact]:
    """The finished files, one after the other. Raises :class:`LayoutError`."""
    # Typst lets go of the interpreter's lock while it sets a sheet, so threads use all cores.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        futures = [pool.submit(_artifacts, edition, made.makers) for edition in made.editions]
        try:
            for future in futures:
                yield from future.result()
        finally:
            pool.shutdown(cancel_futures=True)
    for maker in made.for_all:
        if maker.makes(made.site):
            content = maker.render(made.site)
            yield Artifact(maker.name, maker.file_name, content, pages=page_count(content))


def _artifacts(edition: Edition, makers: Sequence[Format]) -> list[Artifact]:
    """All files of one guide in one language; each is told of those before it."""
    slug, language = edition.guide.slug, edition.language
    artifacts: list[Artifact] = []
    downloads: tuple[Download, ...] = ()
    for maker in makers:
        if not maker.makes(edition):
            continue
        name = maker.file_name(slug, language.tag)
        content = maker.render(replace(edition, downloads=downloads))
        pages = page_count(content)
        artifacts.append(
            Artifact(
                edition=maker.name,
                path=f"{slug}/{language.tag}/{name}",
                content=content,
                guide=slug,
                language=language.tag,
                direction=language.direction,
                status=edition.status,
                pages=pages,
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


def build_guides(
    project: Project,
    request: Request,
    out: Path,
    on_progress: Callable[[str], None] | None = None,
) -> Plan:
    """Make everything ``request`` asks for and write it below ``out``, all at once.

    ``on_progress`` is called with each file's path as it is finished. Raises
    :class:`IncompleteTranslationError` when nothing may be shown, and our other errors;
    ``out`` is as it was then.
    """
    previous = _previous(out)
    made = plan(project, request)
    if not made.editions:
        raise IncompleteTranslationError(
            "nothing to build; not fit to be shown:\n" + "\n".join(f"  {gap}" for gap in made.refused),
            remedy=refusal_remedy(made.refused),
        )
    artifacts = []
    for artifact in render(made):
        artifacts.append(artifact)
        if on_progress:
            on_progress(artifact.path)
    files = [(artifact.path, artifact.content) for artifact in artifacts]
    files.append((MANIFEST, manifest(artifacts)))
    write_tree(out, files, previous)
    if request.archive:
        write_file(archive_path(out), zipped(files))
    return made


def archive_path(out: Path) -> Path:
    """Where the archive of ``out`` lies: beside it."""
    whole = out.resolve()
    return whole.with_name(f"{whole.name}.zip")


def _previous(out: Path) -> list[str]:
    """The files of an earlier build in ``out``. Refuses a folder with somebody else's page."""
    path = out / MANIFEST
    try:
        if path.is_file():
            rows = json.loads(path.read_text("utf-8"))["artifacts"]
            return [str(row["path"]) for row in rows] + [GATEWAY]
    except (OSError, ValueError, KeyError, TypeError):
        raise ProjectError(
            "this manifest is not one of parentguide's", path=path, remedy="Choose another folder with --out."
        ) from None
    if out.exists() and not out.is_dir():
        raise ProjectError("this is a file, not a folder", path=out, remedy="Choose a folder with --out.")
    if (out / GATEWAY).exists():
        raise ProjectError(
            "there is an index.html that parentguide did not make",
            path=out,
            remedy="Choose an empty folder with --out, so that nothing of yours is overwritten.",
        )
    return []
