"""Make the files of one or more plans, on all cores: first those of each language, in parts
(:mod:`parentguide.build.parts`), then those that are for all languages.

Decision: docs/decisions/0017-sheets-as-functions-of-school.md.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from parentguide.build.incremental import combined, site_digest
from parentguide.build.parts import (
    BuildJob,
    Keep,
    Part,
    Progress,
    keep_in_memory,
    made_or_kept,
    make_part,
    parts_in_order,
)
from parentguide.build.plan import BuildPlan
from parentguide.build.previous import PreviousBuild
from parentguide.errors import LayoutError, ParentguideError, Problem
from parentguide.infra.pdf_pages import page_count
from parentguide.model.output import Artifact, LeftOut, Site
from parentguide.render.print.typeface import typefaces_together

_File = TypeVar("_File", Artifact, LeftOut)


@dataclass(frozen=True, slots=True)
class _School:
    """What is made for one job: the digest, the files and the files left out of all its editions."""

    job: BuildJob
    words: dict[str, str] = field(default_factory=dict)
    made: set[tuple[str, str, str]] = field(default_factory=set)
    left_out: list[LeftOut] = field(default_factory=list)

    def add(self, done: Progress) -> None:
        """Add a finished edition."""
        slug, tag = done.edition.guide.slug, done.edition.language.tag
        self.words[f"{slug}/{tag}"] = done.words
        self.made.update((slug, tag, artifact.format) for artifact in done.artifacts)
        self.left_out.extend(done.left_out)

    @property
    def site(self) -> Site:
        site = self.job.plan.site
        left_out = tuple(in_order(self.job.plan, self.left_out))
        return replace(site, made=frozenset(self.made), left_out=left_out)


@dataclass(frozen=True, slots=True)
class Made:
    """Some finished files of a job, and the files that could not be made."""

    artifacts: Sequence[Artifact]
    left_out: Sequence[LeftOut] = ()


def render(made: BuildPlan, earlier: PreviousBuild | None = None) -> Iterator[Artifact]:
    """Yield the finished files of a plan; unchanged files of ``earlier`` are reused.

    Raises :class:`LayoutError` for the first file that cannot be made.
    """
    job = BuildJob(made, earlier) if earlier else BuildJob(made)
    for _, done in render_all([job]):
        if isinstance(done, ParentguideError):
            raise done
        yield from done.artifacts
        if done.left_out:
            raise layout_error(done.left_out[:1])


def make_files(job: BuildJob, on_progress: Callable[[str], None] | None = None) -> Made:
    """All finished files of a plan, and those that could not be made; perhaps none could.

    ``on_progress`` is called with the path of each finished file.
    """
    artifacts: list[Artifact] = []
    left_out: list[LeftOut] = []
    for _, done in render_all([job]):
        if isinstance(done, LayoutError) and not artifacts:
            continue  # No file could be made: each is in ``left_out`` already.
        if isinstance(done, ParentguideError):
            raise done
        left_out += done.left_out
        for artifact in done.artifacts:
            artifacts.append(artifact)
            if on_progress:
                on_progress(artifact.path)
    return Made(artifacts, left_out)


def render_all(
    jobs: Sequence[BuildJob], keep: Keep = keep_in_memory
) -> Iterator[tuple[int, Made | ParentguideError]]:
    """Yield the finished files of several plans with the same formats: the job's number, and some files.

    A sheet that cannot be set stops no other file. If a job fails, its error is yielded instead, and then
    no more of its files. A job for which no file of any edition could be made fails. ``keep`` is called
    with each file, by several threads; what it returns is yielded instead.
    """
    if not jobs:
        return
    first = jobs[0].plan
    together = typefaces_together(edition for job in jobs for edition in job.plan.editions)
    schools = [_School(job) for job in jobs]
    failed: set[int] = set()
    # Typst releases the interpreter's lock while it compiles a sheet, so threads use all cores.
    with together, ThreadPoolExecutor(max_workers=first.jobs or os.cpu_count()) as pool:
        try:
            begun: dict[int, Future[None]] = {}
            parts = deque[tuple[Part, Future[None]]]()
            for part in parts_in_order(jobs, first.makers):
                same = id(part.editions)
                begun[same] = pool.submit(make_part, part, first, keep, begun.get(same))
                parts.append((part, begun[same]))
            # What has been given on is forgotten here: all languages together may be half a gigabyte.
            while parts:
                part, made = parts.popleft()
                made.result()
                for done in part.editions if part.is_last else ():
                    if done.number in failed:
                        continue
                    schools[done.number].add(done)
                    if done.error:
                        failed.add(done.number)
                    yield done.number, done.error or Made(done.artifacts, done.left_out)
            whole = [number for number in range(len(schools)) if number not in failed]
            futures_for_all = [
                (number, pool.submit(_for_all, number, schools[number], keep)) for number in whole
            ]
            for number, of_all in futures_for_all:
                yield number, of_all.result()
        finally:
            pool.shutdown(cancel_futures=True)


def in_order(plan: BuildPlan, files: Iterable[_File]) -> list[_File]:
    """The files in the order of the plan's editions, those for all languages last.

    In a batch, the order in which they are made depends on the other schools.
    """
    places = {(e.guide.slug, e.language.tag): place for place, e in enumerate(plan.editions)}
    return sorted(files, key=lambda file: places.get((file.guide, file.language), len(places)))


def layout_error(left_out: Iterable[LeftOut]) -> LayoutError:
    """The error for files that could not be made, each reason once."""
    return LayoutError.of(Problem(*said) for said in dict.fromkeys((f.reason, f.remedy) for f in left_out))


def _for_all(number: int, school: _School, keep: Keep) -> Made | ParentguideError:
    """Make the files that are for all languages."""
    if school.left_out and not school.made:
        return layout_error(school.left_out)
    plan, artifacts = school.job.plan, []
    left_out: list[LeftOut] = []
    whole = school.site
    for maker in plan.for_all:
        # A later file can name those that were left out before it.
        site = replace(whole, left_out=(*whole.left_out, *left_out))
        if not maker.makes(site):
            continue
        path = maker.file_name
        inputs_digest = combined(plan.digests[maker], site_digest(site, school.words))
        try:
            render_site = partial(maker.render, site)
            content, reused = made_or_kept(school.job.earlier, path, inputs_digest, render_site)
            if isinstance(content, Problem):
                left_out.append(
                    LeftOut(maker.name, path, content.text, content.remedy, inputs_digest=inputs_digest)
                )
                continue
            pages = page_count(content)
            artifact = Artifact(
                maker.name, path, content, pages=pages, inputs_digest=inputs_digest, reused=reused
            )
            artifacts.append(keep(number, artifact))
        except ParentguideError as error:
            return error
    return Made(artifacts, left_out)
