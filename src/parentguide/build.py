"""Joining the stages: words and a school in, finished files out, written all at once."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from parentguide import catalogs, inline
from parentguide.errors import IncompleteTranslationError, ProjectError, SourceError
from parentguide.formats import EDITIONS, FORMATS, Format
from parentguide.formats.web import Web
from parentguide.model import Artifact, Callout, Edition, FieldValue, Guide, Language, School
from parentguide.project import INTERFACE, GuideSource, Project
from parentguide.segments import extract, translate
from parentguide.write import write_tree

MANIFEST = "manifest.json"
GATEWAY = "index.html"


@dataclass(frozen=True, slots=True)
class Gap:
    """Messages of one language and domain that may not be shown: context and why."""

    language: Language
    domain: str
    reasons: Mapping[str, str]

    def __str__(self) -> str:
        listed = ", ".join(f"{context} ({reason})" for context, reason in self.reasons.items())
        return f"{self.language.english_name} [{self.language.tag}], {self.domain}: {listed}"


@dataclass(frozen=True, slots=True)
class Request:
    """What to build. Empty ``languages`` or ``editions`` mean all."""

    languages: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    school: School = School()
    allow_incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The editions that will be made, and what is refused, known before any is made."""

    editions: tuple[Edition, ...]
    refused: tuple[Gap, ...]
    formats: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many files the plan makes, gateway and manifest aside."""
        return len(self.editions) * len(self.formats)


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
    drafts: list[Edition] = []
    refused: list[Gap] = []
    for slug in project.slugs:
        source = project.source(slug)
        _refuse_unknown_fields(source, fields)
        for language in chosen:
            words, gaps = _words(project, language, slug)
            if gaps and not request.allow_incomplete:
                refused.extend(gaps)
                continue
            drafts.append(
                Edition(
                    guide=_for_readers(translate(source.guide, language.tag, words[slug]), language),
                    language=language,
                    languages=(),
                    interface=words[INTERFACE],
                    fields=fields,
                    school=request.school,
                    companions=formats,
                    incomplete=bool(gaps),
                )
            )
    return Plan(_with_siblings(drafts), tuple(refused), formats)


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


def render(project: Project, made: Plan) -> Iterator[Artifact]:
    """The finished files, one after the other. Raises :class:`LayoutError`."""
    makers = [kind(project.templates) for kind in FORMATS if kind.name in made.formats]
    jobs = [(edition, maker) for edition in made.editions for maker in makers]
    # Typst lets go of the interpreter's lock while it sets a sheet, so threads use all cores.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        futures = [pool.submit(_artifact, edition, maker) for edition, maker in jobs]
        try:
            for future in futures:
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _artifact(edition: Edition, maker: Format) -> Artifact:
    slug, language = edition.guide.slug, edition.language
    return Artifact(
        guide=slug,
        language=language.tag,
        direction=language.direction,
        edition=maker.name,
        path=f"{slug}/{language.tag}/{maker.file_name(slug, language.tag)}",
        status="incomplete" if edition.incomplete else language.review,
        content=maker.render(edition),
    )


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
            remedy="Complete the translations, or use --allow-incomplete to show those parts in English.",
        )
    artifacts = []
    for artifact in render(project, made):
        artifacts.append(artifact)
        if on_progress:
            on_progress(artifact.path)
    files = [(artifact.path, artifact.content) for artifact in artifacts]
    if "web" in made.formats:
        files.append((GATEWAY, _gateway(project, made, request.school)))
    files.append((MANIFEST, manifest(artifacts)))
    write_tree(out, files, previous)
    return made


def _gateway(project: Project, made: Plan, school: School) -> bytes:
    guides = [
        (project.source(slug).guide, [e.language for e in made.editions if e.guide.slug == slug])
        for slug in dict.fromkeys(edition.guide.slug for edition in made.editions)
    ]
    return Web(project.templates).gateway(guides, school)


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
