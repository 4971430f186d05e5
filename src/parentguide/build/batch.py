"""All schools of a trust: each into its folder, whole or not at all, and a page that lists them."""

import csv
import io
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from parentguide.build.api import GATEWAY, BuildPlan, BuildRequest, plan, publish_build, refuse_empty_plan
from parentguide.build.incremental import MANIFEST, read_previous_build
from parentguide.build.publish import locked
from parentguide.build.run import BuildJob, render_all
from parentguide.errors import ParentguideError
from parentguide.infra.atomic import write_file
from parentguide.model.output import Artifact
from parentguide.project.project import Project
from parentguide.render.web.contexts import SchoolsContext
from parentguide.render.web.look import Look
from parentguide.schools.notices import Notice, school_notices
from parentguide.schools.spreadsheet import SchoolRow

INDEX = "schools.html"
RESULTS = "schools.csv"
# About how many files are made at a time: what Typst laid out for one school is taken over for
# the next (see render.py), and all their files, of 60 to 200 kB, are in memory until they are
# put in place.
FILES_AT_A_TIME = 800


@dataclass(frozen=True, slots=True)
class SchoolResult:
    """What became of one school: files made and kept, or why there are none.

    ``first`` is the file in its folder to open first; ``remarks`` are what the school should know.
    """

    entry: SchoolRow
    made: int = 0
    kept: int = 0
    first: str = ""
    error: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def outcome(self) -> str:
        if self.error:
            return self.error
        kept = f", {self.kept} as they were" if self.kept else ""
        return (
            f"{self.made} files made{kept}" if self.made else f"nothing new, {self.kept} files as they were"
        )


def build_schools(
    project: Project, request: BuildRequest, entries: Sequence[SchoolRow], out: Path
) -> Generator[SchoolResult]:
    """Build each school into ``out / folder``; a school that fails does not stop the others.

    A school's own ``languages`` and ``formats`` come before those of ``request``. Some
    schools are made at a time (:data:`FILES_AT_A_TIME`), and put in place while the next are
    made. What is finished stays when this is stopped, and the next run goes on from there.
    """
    with ThreadPoolExecutor(max_workers=1) as writer:
        waiting: Future[list[SchoolResult]] | None = None
        for found in _batches(project, request, entries):
            before, waiting = waiting, None
            if not isinstance(found, SchoolResult):
                # Handed on before anything is told, so that whoever stops this loses none of it.
                waiting = writer.submit(_put, project, _make(found, out), out, request.archive)
            if before:
                yield from before.result()
            if isinstance(found, SchoolResult):
                yield found
        if waiting:
            yield from waiting.result()


def _batches(
    project: Project, request: BuildRequest, entries: Sequence[SchoolRow]
) -> Iterator[list[tuple[SchoolRow, BuildPlan]] | SchoolResult]:
    """Schools that want the same formats, some at a time, and in between those that fail at once."""
    plans: dict[tuple[str, ...], BuildPlan] = {}
    together: list[tuple[SchoolRow, BuildPlan]] = []
    files = 0
    for entry in entries:
        made: BuildPlan | SchoolResult
        try:
            made = _plan(project, request, entry, plans)
        except ParentguideError as error:
            made = _failure(entry, error)
        other = isinstance(made, SchoolResult) or (together and together[0][1].makers is not made.makers)
        if together and (other or files >= FILES_AT_A_TIME):
            yield together
            together, files = [], 0
        if isinstance(made, SchoolResult):
            yield made
        else:
            together.append((entry, made))
            files += made.count
    if together:
        yield together


@dataclass(frozen=True, slots=True)
class _Batch:
    """Schools on their way: their jobs, files and errors by folder, and the locks of the folders."""

    entries: Sequence[SchoolRow]
    jobs: Mapping[str, BuildJob]
    artifacts: dict[str, list[Artifact]]
    errors: Mapping[str, ParentguideError]
    locks: ExitStack


def _make(together: Sequence[tuple[SchoolRow, BuildPlan]], out: Path) -> _Batch:
    """The files of schools that want the same formats, made at once on all cores."""
    with ExitStack() as locks:
        jobs: dict[str, BuildJob] = {}
        errors: dict[str, ParentguideError] = {}
        # In one order, whatever the table's, so that two runs never wait for each other.
        for entry, made in sorted(together, key=lambda pair: pair[0].folder):
            try:
                refuse_empty_plan(made)
                locks.enter_context(locked(out / entry.folder))
                jobs[entry.folder] = BuildJob(made, read_previous_build(out / entry.folder, GATEWAY))
            except ParentguideError as error:
                errors[entry.folder] = error
        folders = list(jobs)
        artifacts: dict[str, list[Artifact]] = {folder: [] for folder in folders}
        for number, some in render_all(list(jobs.values())):
            if isinstance(some, ParentguideError):
                errors[folders[number]] = some
            else:
                artifacts[folders[number]] += some
        return _Batch([entry for entry, _ in together], jobs, artifacts, errors, locks.pop_all())


def _put(project: Project, batch: _Batch, out: Path, archive: bool) -> list[SchoolResult]:
    """The schools in their places, one after the other, and their folders free again."""
    with batch.locks:
        return [_put_one(project, batch, entry, out / entry.folder, archive) for entry in batch.entries]


def _put_one(project: Project, batch: _Batch, entry: SchoolRow, place: Path, archive: bool) -> SchoolResult:
    try:
        if entry.folder in batch.errors:
            raise batch.errors[entry.folder]
        job = batch.jobs[entry.folder]
        # Its files are in memory no longer than this.
        files = batch.artifacts.pop(entry.folder)
        built = publish_build(job.plan, files, job.earlier, place, archive)
    except ParentguideError as error:
        return _failure(entry, error)
    first = "README-FIRST.html" if "web" in job.plan.formats else MANIFEST
    said = school_notices(job.plan.site.school, project.languages)
    return SchoolResult(entry, built.made, built.kept, first, notices=said)


def _failure(entry: SchoolRow, error: ParentguideError) -> SchoolResult:
    return SchoolResult(entry, error=error.sentences)


def _plan(
    project: Project, request: BuildRequest, entry: SchoolRow, plans: dict[tuple[str, ...], BuildPlan]
) -> BuildPlan | SchoolResult:
    """The plan for a school; words are read once for all that want the same formats."""
    school = entry.school
    if school is None:
        return SchoolResult(entry, error=entry.error)
    formats = school.formats or request.formats
    languages = [project.language(tag).tag for tag in school.languages] or request.languages
    if formats not in plans:
        plans[formats] = plan(project, replace(request, formats=formats, languages=()))
    return plans[formats].for_school(school, languages)


def write_index(project: Project, results: Sequence[SchoolResult], out: Path) -> None:
    """``schools.html`` and ``schools.csv``: what became of each school."""
    look = Look(project.templates)
    ordered = sorted(results, key=lambda result: result.entry.name.casefold())
    context: SchoolsContext = {"results": ordered}
    write_file(out / INDEX, look.render("schools.html", context))
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(["place", "folder", "name", "files made", "files as they were", "problem"])
    for result in results:
        entry = result.entry
        row = (entry.place, entry.folder, entry.name, result.made, result.kept, result.error)
        table.writerow([_no_formula(cell) for cell in row])
    # The mark tells Excel that it is UTF-8.
    write_file(out / RESULTS, text.getvalue().encode("utf-8-sig"))


def _no_formula(cell: str | int) -> str | int:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t")) else cell
