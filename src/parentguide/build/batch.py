"""Build all schools of a trust, each into its own folder, and a page that lists them."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from parentguide.build.api import (
    BuildPlan,
    BuildRequest,
    keep_codes,
    plan,
    previous_build,
    publish_build,
    refuse_empty_plan,
)
from parentguide.build.parts import BuildJob
from parentguide.build.previous import MANIFEST
from parentguide.build.publish import LONGEST_WAIT, kept_aside, locked
from parentguide.build.run import Made, in_order, render_all
from parentguide.build.target import target_folder
from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.cache_dir import cache_path
from parentguide.infra.locks import process_lock
from parentguide.infra.spool import Spool
from parentguide.model.facts import facts_needed
from parentguide.model.output import Artifact, LeftOut
from parentguide.project.project import Project
from parentguide.project.usual_languages import check_usual_languages
from parentguide.render.left_out import left_out_lines
from parentguide.schools.notices import Notice, school_notices
from parentguide.schools.spreadsheet import SchoolRow

# The number of schools to make in one batch. Typst reuses most of one school's layout for the next (see
# parts.py), so the more, the faster. But the folder of each is locked, two batches are open at a time, and
# some systems let a program have no more than 256 files open.
SCHOOLS_AT_A_TIME = 100
# While the disk writes one school's files, the next school's are prepared. Each takes 12 MB of memory.
_PUBLISHERS = 2


@dataclass(frozen=True, slots=True)
class SchoolResult:
    """The result for one school: the numbers of files made and kept, or the error.

    ``first`` is the file in its folder to open first; ``notices`` are what the school should know,
    ``left_out`` the sheets that could not be made, and ``moved`` files that a person had changed, at the
    places where they are now.
    """

    entry: SchoolRow
    made: int = 0
    kept: int = 0
    first: str = ""
    error: str = ""
    notices: tuple[Notice, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    moved: tuple[Path, ...] = ()

    @property
    def outcome(self) -> str:
        if self.error:
            return self.error
        kept = f", {self.kept} as they were" if self.kept else ""
        missing = f", {len(self.left_out)} could not be made" if self.left_out else ""
        if self.made:
            return f"{self.made} files made{kept}{missing}"
        return f"nothing new, {self.kept} files as they were{missing}"

    @property
    def missing(self) -> list[str]:
        """What could not be made: a sentence for each reason."""
        return left_out_lines(self.left_out)


def build_schools(
    project: Project,
    request: BuildRequest,
    entries: Sequence[SchoolRow],
    out: Path,
    on_progress: Callable[[float], None] = lambda _part: None,
) -> Generator[SchoolResult]:
    """Build each school into ``out / folder``; a school that fails does not stop the others.

    A school's own ``languages`` and ``formats`` replace those of ``request``. Schools are made in
    batches (:data:`SCHOOLS_AT_A_TIME`); one batch is published while the next is made. If the run is
    stopped, the schools that are published stay, and the next run makes only the rest. ``on_progress`` is
    called with a part of a school's work, from 0 to 1, as soon as that part is done, by several threads.

    Raises :class:`ProjectError` if another run makes schools in ``out``, and is not done after a minute.
    """
    with _alone(out), ThreadPoolExecutor(max_workers=1) as writer:
        waiting: Future[list[SchoolResult]] | None = None
        for found in _batches(project, request, entries):
            before, waiting = waiting, None
            if not isinstance(found, SchoolResult):
                # Submitted before the yield below, so that the batch is published even if the caller stops.
                made = _make(found, out, request, on_progress)
                waiting = writer.submit(_publish, project, made, out, request.archive)
            if before:
                yield from before.result()
            if isinstance(found, SchoolResult):
                on_progress(1)
                yield found
        if waiting:
            yield from waiting.result()


def _alone(out: Path) -> AbstractContextManager[None]:
    """Keep other runs out of ``out``: each would wait for every school of this one."""
    busy = ProjectError(
        "another run is making schools there",
        path=out,
        remedy="Wait until it is done, or choose another folder with --out.",
    )
    return process_lock(cache_path(out, "schools.lock"), LONGEST_WAIT, busy)


def _batches(
    project: Project, request: BuildRequest, entries: Sequence[SchoolRow]
) -> Iterator[list[tuple[SchoolRow, BuildPlan]] | SchoolResult]:
    """Consecutive schools with the same formats, and in between those without a plan."""
    plans: dict[tuple[str, ...], BuildPlan] = {}
    together: list[tuple[SchoolRow, BuildPlan]] = []
    # Schools of one batch may differ in their languages: a batch for each set of languages takes 15 %
    # more time, because Typst then reuses less of a sheet's layout.
    for entry in entries:
        made: BuildPlan | SchoolResult
        try:
            made = _plan(project, request, entry, plans)
        except ParentguideError as error:
            made = _failure(entry, error)
        other = isinstance(made, SchoolResult) or (together and together[0][1].formats != made.formats)
        if together and (other or len(together) >= SCHOOLS_AT_A_TIME):
            yield together
            together = []
        if isinstance(made, SchoolResult):
            yield made
        else:
            together.append((entry, made))
    if together:
        yield together


@dataclass(frozen=True, slots=True)
class _Batch:
    """Finished schools before publishing: jobs, files and errors by folder, and the folders' locks.

    The content of new files is in ``spool``, by folder and path, that of others where it was. ``held`` are
    the locks and the spool.
    """

    entries: Sequence[SchoolRow]
    jobs: Mapping[str, BuildJob]
    spool: Spool
    artifacts: Mapping[str, list[Artifact]]
    left_out: Mapping[str, Sequence[LeftOut]]
    errors: Mapping[str, ParentguideError]
    moved: Mapping[str, list[Path]]
    held: ExitStack


def _make(
    together: Sequence[tuple[SchoolRow, BuildPlan]],
    out: Path,
    request: BuildRequest,
    on_progress: Callable[[float], None],
) -> _Batch:
    """Make the files of schools with the same formats, on all cores."""
    with ExitStack() as held:
        spool = held.enter_context(Spool(out))
        jobs: dict[str, BuildJob] = {}
        errors: dict[str, ParentguideError] = {}
        moved: dict[str, list[Path]] = {}
        # Lock in the order of the folders' names, so that two runs cannot wait for each other forever.
        for entry, made in sorted(together, key=lambda pair: pair[0].folder):
            try:
                refuse_empty_plan(made)
                place = target_folder(out / entry.folder)
                moved[entry.folder] = held.enter_context(locked(place))
                earlier = previous_build(made, place, request.archive, request.force)
                jobs[entry.folder] = BuildJob(made, earlier)
            except ParentguideError as error:
                errors[entry.folder] = error
                on_progress(1)
        folders = list(jobs)
        parts = [1 / max(1, job.plan.count) for job in jobs.values()]
        artifacts: dict[str, list[Artifact]] = {folder: [] for folder in folders}
        left_out: dict[str, list[LeftOut]] = {folder: [] for folder in folders}

        def keep(number: int, artifact: Artifact) -> Artifact:
            """The file without its content, which is on the disk: a batch may have a gigabyte."""
            if not artifact.reused:
                spool.put((folders[number], artifact.path), artifact.content)
            on_progress(parts[number])
            return replace(artifact, content=b"")

        for number, some in render_all(list(jobs.values()), keep):
            if isinstance(some, ParentguideError):
                errors[folders[number]] = some
            else:
                artifacts[folders[number]] += some.artifacts
                left_out[folders[number]] += some.left_out
        for number, (folder, job) in enumerate(jobs.items()):
            artifacts[folder] = in_order(job.plan, artifacts[folder])
            left_out[folder] = in_order(job.plan, left_out[folder])
            # What could not be made is done too.
            on_progress(max(0, 1 - parts[number] * len(artifacts[folder])))
        rows = [entry for entry, _ in together]
        return _Batch(rows, jobs, spool, artifacts, left_out, errors, moved, held.pop_all())


def _publish(project: Project, batch: _Batch, out: Path, archive: bool) -> list[SchoolResult]:
    """Publish the schools of a batch, then release the locks of their folders."""

    def publish_one(entry: SchoolRow) -> SchoolResult:
        return _publish_one(project, batch, entry, out, archive)

    with batch.held, ThreadPoolExecutor(_PUBLISHERS) as pool:
        entries = iter(batch.entries)
        # One after the other until the folder of all schools is there: a school that fails removes it if it
        # is new and empty, while another one may begin to use it.
        alone = []
        while not out.exists() and (entry := next(entries, None)):
            alone.append(publish_one(entry))
        return [*alone, *pool.map(publish_one, entries)]


def _publish_one(project: Project, batch: _Batch, entry: SchoolRow, out: Path, archive: bool) -> SchoolResult:
    place = out / entry.folder
    try:
        if entry.folder in batch.errors:
            raise batch.errors[entry.folder]
        job = batch.jobs[entry.folder]
        files = [_whole(batch, entry.folder, artifact) for artifact in batch.artifacts[entry.folder]]
        done = Made(files, batch.left_out[entry.folder])
        # Beside the folder of all schools, because that may be uploaded as a whole.
        aside = kept_aside(out) / entry.folder
        built = publish_build(job.plan, done, job.earlier, place, archive, aside)
    except ParentguideError as error:
        return _failure(entry, error)
    first = "README-FIRST.html" if "web" in job.plan.formats else MANIFEST
    guides = {edition.guide.slug: edition.english for edition in job.plan.editions}
    needed = facts_needed(guides.values())
    school = job.plan.site.school
    notices = (*entry.notices, *school_notices(school, project.complete_languages, needed))
    moved = (*batch.moved[entry.folder], *built.moved)
    return SchoolResult(
        entry, built.made, built.kept, first, notices=notices, left_out=built.left_out, moved=moved
    )


def _whole(batch: _Batch, folder: str, artifact: Artifact) -> Artifact:
    """The file with its content. Raises :class:`ProjectError`."""
    if not artifact.reused:
        return replace(artifact, content=batch.spool.get((folder, artifact.path)))
    content = batch.jobs[folder].earlier.content(artifact.path, artifact.inputs_digest)
    if content is None:
        raise ProjectError(
            "somebody changed this file while the guides were made",
            path=batch.jobs[folder].earlier.root / artifact.path,
            remedy="Run the command again.",
        )
    return replace(artifact, content=content)


def _failure(entry: SchoolRow, error: ParentguideError) -> SchoolResult:
    return SchoolResult(entry, error=error.sentences)


def _plan(
    project: Project, request: BuildRequest, entry: SchoolRow, plans: dict[tuple[str, ...], BuildPlan]
) -> BuildPlan | SchoolResult:
    """The plan for a school. The catalogs are read once for all schools with the same formats."""
    school = entry.school
    if school is None:
        return SchoolResult(entry, error=entry.error)
    check_usual_languages(project, school)
    formats = school.formats or request.formats
    languages = project.tags_of(school.languages) or request.languages
    if formats not in plans:
        plans[formats] = plan(project, replace(request, formats=formats, languages=()))
        keep_codes(plans[formats])
    return plans[formats].for_school(school, languages)
