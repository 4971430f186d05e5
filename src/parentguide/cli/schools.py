"""``parentguide schools``: the guides of all schools of a trust."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.build_options import build_options, out_option
from parentguide.cli.common import list_moved, project_option
from parentguide.cli.progress import counted_progress
from parentguide.cli.terminal import echo, next_step

if TYPE_CHECKING:
    from parentguide.build.api import BuildRequest
    from parentguide.build.batch import SchoolResult
    from parentguide.project.project import Project
    from parentguide.schools.spreadsheet import SchoolRow

_SOME_FAILED = 1


@click.group()
def schools() -> None:
    """Make the guides of all schools of a trust."""


@schools.command("columns")
def columns() -> None:
    """Print the headings of a table of schools, for you to start one with."""
    from parentguide.schools.table_columns import COLUMNS

    echo(",".join(COLUMNS))


@schools.command("build")
@click.argument("table", type=click.Path(path_type=Path))
@build_options
@out_option("schools")
@project_option
def build(request: "BuildRequest", table: Path, out: Path, project_root: Path | None) -> None:
    """Make the guides of every school in TABLE.

    TABLE is a CSV, .xlsx or .ods file with a row for each school (“parentguide schools
    columns” prints the headings), or a folder that contains one folder for each school, with
    its school.toml. The languages and formats of a school in TABLE come before the options.

    Each school gets a folder in OUT; OUT/schools.html and OUT/schools.csv list them. If a
    school fails, the command names it and makes the others; the exit code is then 1. A sheet
    that a school's details do not fit on is left out with a warning; that is not a failure.
    Fix it and run the command again: it makes only what changed.
    """
    from parentguide.build.schools_index import INDEX, check_folder, write_index
    from parentguide.project.project import Project
    from parentguide.schools.spreadsheet import read_schools

    project = Project(project_root)
    rows = read_schools(table)
    out = check_folder(out, table, request.force)
    for notice in rows.notices:
        echo(f"{table}: warning: {notice}", err=True)
    right = sum(row.school is not None for row in rows)
    echo(f"{right} of {len(rows)} schools in {table.name} are right.")
    _note_guides(project, request)
    results = _build_all(project, request, rows, out)
    list_moved(write_index(project, results, out))
    failed = sum(bool(result.error) for result in results)
    echo(f"{len(results) - failed} of {len(results)} schools are made: {out.resolve()}")
    echo(f"Open this first: {(out / INDEX).resolve()}")
    if failed:
        next_step("fix the schools that are named above, then run the command again.")
        raise SystemExit(_SOME_FAILED)
    next_step("copy each school's folder to its website.")


def _note_guides(project: "Project", request: "BuildRequest") -> None:
    """Say which guides are being written: of the named ones those that are made, else those left out."""
    from parentguide.project.guide_choice import guides_to_build, narrowed

    # One clear refusal before the first school, not one for each.
    guides_to_build(narrowed(project, request.guides))
    unready = [slug for slug in request.guides or project.slugs if slug in project.unready_slugs]
    if unready:
        made = "Made although" if request.guides else "Left out, because"
        verb = "it is" if len(unready) == 1 else "they are"
        echo(f"{made} {verb} being written: {', '.join(unready)}", err=bool(request.guides))


def _build_all(
    project: "Project", request: "BuildRequest", rows: "Sequence[SchoolRow]", out: Path
) -> "list[SchoolResult]":
    """The results of all schools; those of a batch are printed when its schools are published."""
    from parentguide.build.batch import build_schools

    results: list[SchoolResult] = []
    with counted_progress("Schools", len(rows)) as step:
        for result in build_schools(project, request, rows, out, step):
            results.append(result)
            _show(result)
    return results


def _show(result: "SchoolResult") -> None:
    school = f"{result.entry.place} “{result.entry.name or result.entry.folder}”"
    echo(f"{school}: {result.outcome}", err=bool(result.error))
    list_moved(result.moved)
    for warning in (*result.missing, *result.notices):
        echo(f"{school}: warning: {warning}", err=True)
