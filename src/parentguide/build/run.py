"""Make the files of one or more plans, on all cores.

The work is ordered by language, then by format, then by school. Typst caches the layout of about its
last ten calls; in this order they are the same sheet in the same language, so that most of the
layout is reused for the next school.

Decision: docs/decisions/0017-sheets-as-functions-of-school.md.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from parentguide.build.incremental import EditionDigests, combined, digest, site_digest
from parentguide.build.plan import BuildPlan
from parentguide.build.previous import PreviousBuild
from parentguide.errors import ParentguideError
from parentguide.infra.pdf_pages import page_count
from parentguide.model.output import Artifact, Download, Edition
from parentguide.render import FOR_FAMILIES, Format


@dataclass(frozen=True, slots=True)
class BuildJob:
    """A plan, and the previous build in its folder."""

    plan: BuildPlan
    earlier: PreviousBuild = field(default_factory=lambda: PreviousBuild(Path()))


@dataclass(slots=True)
class _Progress:
    """The state of one school's edition: the files made so far, or the error that stopped it.

    ``words`` is the digest of the edition.
    """

    number: int
    edition: Edition
    earlier: PreviousBuild
    words: str
    artifacts: list[Artifact] = field(default_factory=list)
    downloads: tuple[Download, ...] = ()
    error: ParentguideError | None = None


def render(made: BuildPlan, earlier: PreviousBuild | None = None) -> Iterator[Artifact]:
    """Yield the finished files of a plan; unchanged files of ``earlier`` are reused.

    Raises :class:`LayoutError`.
    """
    job = BuildJob(made, earlier) if earlier else BuildJob(made)
    for _, artifacts in render_all([job]):
        if isinstance(artifacts, ParentguideError):
            raise artifacts
        yield from artifacts


def render_all(jobs: Sequence[BuildJob]) -> Iterator[tuple[int, list[Artifact] | ParentguideError]]:
    """Yield the finished files of several plans with the same formats: the job's number, and some files.

    If a job fails, its error is yielded instead, and then no more of its files.
    """
    if not jobs:
        return
    first = jobs[0].plan
    words: list[dict[str, str]] = [{} for _ in jobs]
    failed: set[int] = set()
    # Typst releases the interpreter's lock while it compiles a sheet, so threads use all cores.
    with ThreadPoolExecutor(max_workers=first.jobs or os.cpu_count()) as pool:
        try:
            futures = [pool.submit(_of_language, group, first) for group in _by_language(jobs)]
            for future in futures:
                for done in future.result():
                    if done.number in failed:
                        continue
                    language = done.edition.language
                    words[done.number][f"{done.edition.guide.slug}/{language.tag}"] = done.words
                    if done.error:
                        failed.add(done.number)
                    yield done.number, done.error or done.artifacts
            whole = [number for number in range(len(jobs)) if number not in failed]
            futures_for_all = [(n, pool.submit(_for_all, jobs[n], words[n])) for n in whole]
            for number, made in futures_for_all:
                yield number, made.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _by_language(jobs: Sequence[BuildJob]) -> list[list[_Progress]]:
    """The editions of all jobs, grouped by guide and language."""
    groups: dict[tuple[str, str], list[_Progress]] = {}
    for number, job in enumerate(jobs):
        for edition in job.plan.editions:
            group = groups.setdefault((edition.guide.slug, edition.language.tag), [])
            group.append(_Progress(number, edition, job.earlier, words=""))
    return list(groups.values())


def _of_language(group: list[_Progress], plan: BuildPlan) -> list[_Progress]:
    """Make all files of one guide in one language. Later formats link to the files of earlier ones."""
    digests = EditionDigests()
    for progress in group:
        progress.words = digests.digest(progress.edition)
    for maker in plan.makers:
        for progress in group:
            if progress.error is None and maker.makes(progress.edition):
                try:
                    _advance(progress, maker, plan.digests[maker])
                except ParentguideError as error:
                    progress.error = error
    return group


def _advance(progress: _Progress, maker: Format, format_digest: str) -> None:
    """Make the next file of an edition, or reuse the previous build's."""
    edition = progress.edition
    slug, language = edition.guide.slug, edition.language
    name = maker.file_name(slug, language.tag)
    path = f"{slug}/{language.tag}/{name}"
    inputs_digest = combined(format_digest, progress.words, digest(progress.downloads))
    before = progress.earlier.content(path, inputs_digest)
    content = before if before is not None else maker.render(replace(edition, downloads=progress.downloads))
    pages = page_count(content)
    progress.artifacts.append(
        Artifact(
            format=maker.name,
            path=path,
            content=content,
            guide=slug,
            language=language.tag,
            direction=language.direction,
            status=edition.status,
            pages=pages,
            inputs_digest=inputs_digest,
            states=edition.states,
            reused=before is not None,
        )
    )
    if maker.name in FOR_FAMILIES:
        progress.downloads += (Download(maker.name, name, len(content), pages),)


def _for_all(job: BuildJob, words: Mapping[str, str]) -> list[Artifact] | ParentguideError:
    """Make the files that are for all languages. ``words`` are the digests of the editions."""
    artifacts = []
    for maker in job.plan.for_all:
        if not maker.makes(job.plan.site):
            continue
        inputs_digest = combined(job.plan.digests[maker], site_digest(job.plan.site, words))
        before = job.earlier.content(maker.file_name, inputs_digest)
        try:
            content = before if before is not None else maker.render(job.plan.site)
        except ParentguideError as error:
            return error
        artifacts.append(
            Artifact(
                maker.name,
                maker.file_name,
                content,
                pages=page_count(content),
                inputs_digest=inputs_digest,
                reused=before is not None,
            )
        )
    return artifacts
