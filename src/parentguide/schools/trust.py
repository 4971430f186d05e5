"""All schools of a trust: each into its folder, whole or not at all, and a page that lists them."""

import csv
import io
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parentguide.build import Plan, Request, build_plan, plan
from parentguide.errors import ParentguideError
from parentguide.formats.web import Look
from parentguide.model import School
from parentguide.project import Project
from parentguide.reuse import MANIFEST
from parentguide.schools.remarks import remarks
from parentguide.schools.table import Entry
from parentguide.write import write_file

INDEX = "schools.html"
RESULTS = "schools.csv"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one school: files made and kept, or why there are none.

    ``first`` is the file in its folder to open first; ``remarks`` are what the school should know.
    """

    entry: Entry
    made: int = 0
    kept: int = 0
    first: str = ""
    error: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        if self.error:
            return self.error
        kept = f", {self.kept} as they were" if self.kept else ""
        return (
            f"{self.made} files made{kept}" if self.made else f"nothing new, {self.kept} files as they were"
        )


def build_schools(
    project: Project, request: Request, entries: Sequence[Entry], out: Path
) -> Generator[Result]:
    """Build each school into ``out / folder``; a school that fails does not stop the others.

    A school's own ``languages`` and ``editions`` stand before those of ``request``. What is
    finished stays when this is stopped, and the next run goes on from there.
    """
    plans: dict[tuple[str, ...], Plan] = {}
    for entry in entries:
        if entry.school is None:
            yield Result(entry, error=entry.error)
            continue
        try:
            made = _plan(project, request, entry.school, plans)
            built = build_plan(made, out / entry.folder, request.archive)
        except ParentguideError as error:
            yield Result(entry, error=f"{error.problem}. {error.remedy}".removesuffix(" "))
        else:
            yield Result(
                entry,
                built.made,
                built.kept,
                "README-FIRST.html" if "web" in made.formats else MANIFEST,
                remarks=remarks(entry.school, project.languages),
            )


def _plan(project: Project, request: Request, school: School, plans: dict[tuple[str, ...], Plan]) -> Plan:
    """The plan for a school; words are read once for all that want the same editions."""
    editions = school.editions or request.editions
    languages = [project.language(tag).tag for tag in school.languages] or request.languages
    if editions not in plans:
        plans[editions] = plan(project, replace(request, editions=editions, languages=()))
    return plans[editions].for_school(school, languages)


def write_index(project: Project, results: Sequence[Result], out: Path) -> None:
    """``schools.html`` and ``schools.csv``: what became of each school."""
    look = Look(project.templates)
    page = look.render("schools.html", results=sorted(results, key=lambda r: r.entry.name.casefold()))
    write_file(out / INDEX, page.encode("utf-8"))
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
