"""``parentguide school`` and ``parentguide schools``: one school's file, and all schools of a trust."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.common import project_option
from parentguide.errors import ParentguideError, ProjectError

if TYPE_CHECKING:
    from parentguide.build.batch import SchoolResult

SOME_FAILED = 1
# What “school new” asks for once, by key.
_QUESTIONS = {
    "website": "Its website, such as www.example.sch.uk",
    "guides": "The address that you will copy the guides to (for QR codes)",
    "policy": "The address of your Safeguarding Policy",
    "logo": "Your logo: the name of an SVG, PNG or JPEG file beside this one",
    "colour": "Your colour for headings and links, such as #0f4a4f",
    "date": "The date to print at the foot, such as 2026-11-24",
}
# The place that the reader of a whole file names before what is wrong.
_WHERE = re.compile(r"^(?:name |(?:team|local_contacts), (?:person|entry) 1: )")


@click.group()
def school() -> None:
    """Your school's own details."""


@school.command("new")
@click.option("--out", "-o", type=click.Path(path_type=Path), default=Path("school.toml"), show_default=True)
def new(out: Path) -> None:
    """Ask for your school's details one by one, and write school.toml.

    Press Enter to leave something out. Nothing is written before the end.
    """
    from parentguide.infra.atomic import write_file
    from parentguide.project.project import Project
    from parentguide.schools.notices import school_notices
    from parentguide.schools.school_file import MAX_TEAM, parse_school
    from parentguide.schools.school_files import file_reader_beside, school_text

    if out.exists() and not click.confirm(f"{out} is there already. Write a new one over it?", default=False):
        raise click.Abort
    name = _ask("The school's name", "name")
    plain = {key: _ask(question, key, beside=out) for key, question in _QUESTIONS.items()}
    team: list[dict[str, str]] = []
    while len(team) < MAX_TEAM:
        who = "first" if not team else "next"
        person = {"name": _ask(f"Safeguarding team: name of the {who} person (Enter: no more)", "name")}
        if not person["name"]:
            break
        person["role"] = _ask("  Role, such as Designated Safeguarding Lead", "name")
        person["phone"] = _ask("  Phone", "phone")
        person["email"] = _ask("  Email", "email")
        team.append({key: value for key, value in person.items() if value})
    text = school_text(name, plain, team, _ask_local())
    school = parse_school(text, out, file_reader_beside(out))
    write_file(out, text.encode("utf-8"))
    for remark in school_notices(school, Project().languages):
        click.echo(f"warning: {remark}", err=True)
    click.echo(f"{out}: written. Make the guides: parentguide build --school {out}")


def _ask_local() -> list[dict[str, str | list[str]]]:
    """The local authority first, then other help near the school."""
    from parentguide.schools.school_file import LOCAL_AUTHORITY, MAX_LOCAL

    local: list[dict[str, str | list[str]]] = []
    authority = _ask("Your local authority's children's services: name (Enter: leave out)", "name")
    if authority:
        local.append({"kind": LOCAL_AUTHORITY, "name": authority, **_ask_help()})
    while len(local) < MAX_LOCAL:
        name = _ask("Other help near you, such as a helpline: name (Enter: no more)", "name")
        if not name:
            break
        local.append({"name": name, **_ask_help()})
    return local


def _ask_help() -> dict[str, str | list[str]]:
    number = _ask("  Phone (Enter: give a website)", "phone")
    value: dict[str, str | list[str]]
    value = {"phone": number} if number else {"website": _ask("  Website", "website", needed=True)}
    spoken = _ask("  Languages that they speak, such as pl, ur (Enter: English only)", "languages")
    return value | ({"languages": _tags(spoken)} if spoken else {})


def _tags(answer: str) -> list[str]:
    return [tag for tag in re.split(r"[\s,;]+", answer) if tag]


def _one_entry(key: str, answer: str) -> str:
    """A school file that says nothing but the answer, so that its reader judges it."""
    from parentguide.infra.toml import toml_value

    value = toml_value(_tags(answer) if key == "languages" else answer)
    if key in ("phone", "email"):
        return f"team = [{{ {key} = {value} }}]"
    if key == "languages":
        return f'local_contacts = [{{ name = "x", phone = "999", languages = {value} }}]'
    return f"{key} = {value}"


def _ask(question: str, key: str, needed: bool = False, beside: Path | None = None) -> str:
    """An answer that ``key`` of a school file can have; a wrong one is explained, and asked for
    again. ``beside`` is the file that a logo lies beside."""
    from parentguide.schools.school_file import parse_school
    from parentguide.schools.school_files import file_reader_beside

    while True:
        answer = str(click.prompt(question, default="", show_default=False)).strip()
        if not answer:
            if needed:
                click.echo("  Something must stand here.")
                continue
            return ""
        try:
            parse_school(_one_entry(key, answer), read_file=file_reader_beside(beside) if beside else None)
        except ParentguideError as error:
            click.echo(f"  {_WHERE.sub('', error.problem)}. {error.remedy}")
        else:
            return answer


@click.group()
def schools() -> None:
    """All schools of a trust in one go."""


@schools.command("columns")
def columns() -> None:
    """Print the headings of a table of schools, to begin one with."""
    from parentguide.schools.spreadsheet import COLUMNS

    click.echo(",".join(COLUMNS))


@schools.command("build")
@click.argument("table", type=click.Path(path_type=Path))
@click.option(
    "--language", "-l", "languages", multiple=True, metavar="TAG", help="For schools that name none."
)
@click.option(
    "--format",
    "--edition",
    "-e",
    "formats",
    multiple=True,
    metavar="NAME",
    help="For schools that name none.",
)
@click.option("--out", "-o", type=click.Path(path_type=Path), default=Path("schools"), show_default=True)
@click.option("--require", type=click.Choice(["reviewed", "checked", "professional", "tested"]))
@click.option("--mono", is_flag=True, help="Sheets in black only.")
@click.option("--zip", "archive", is_flag=True, help="Also one archive a school.")
@click.option("--jobs", type=click.IntRange(1), help="Sheets to set at a time. Default: one a processor.")
@project_option
def build(
    table: Path,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path,
    require: str | None,
    mono: bool,
    archive: bool,
    jobs: int | None,
    project_root: Path | None,
) -> None:
    """Make the guides of every school in TABLE.

    TABLE is a CSV, .xlsx or .ods file with a row for each school (“parentguide schools
    columns” prints the headings), or a folder with a folder for each, in which a
    school.toml lies. Each school gets a folder in OUT; OUT/schools.html and
    OUT/schools.csv list them. A school that fails is named, and the others are made:
    the exit code is then 1. Run it again after mending: only what changed is made.
    """
    from parentguide.build.api import BuildRequest
    from parentguide.build.batch import INDEX, build_schools, write_index
    from parentguide.project.project import Project
    from parentguide.schools.spreadsheet import read_schools

    project = Project(project_root)
    request = BuildRequest(
        languages=languages,
        formats=formats,
        archive=archive,
        mono=mono,
        require="checked" if require == "reviewed" else require or "draft",
        jobs=jobs or 0,
    )
    entries = read_schools(table)
    if out.exists() and not out.is_dir():
        raise ProjectError("this is a file, not a folder", path=out, remedy="Choose a folder with --out.")
    results: list[SchoolResult] = []
    with _progress(len(entries)) as step:
        for result in build_schools(project, request, entries, out):
            results.append(result)
            step(result)
    write_index(project, results, out)
    failed = [result for result in results if result.error]
    done = len(results) - len(failed)
    click.echo(f"{done} of {len(results)} schools are made: {out.resolve()}")
    click.echo(f"Open this first: {(out / INDEX).resolve()}")
    if failed:
        raise SystemExit(SOME_FAILED)


class _progress:  # noqa: N801 - used as a function is
    """A line for each school; on a terminal, below them a bar with the time left."""

    def __init__(self, total: int) -> None:
        self._total = total

    def __enter__(self) -> "Callable[[SchoolResult], None]":
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("Schools"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._bar.start()
        task = self._bar.add_task("", total=self._total)

        def step(result: "SchoolResult") -> None:
            self._bar.update(task, advance=1)
            name = result.entry.name or result.entry.folder
            click.echo(f"{result.entry.place} “{name}”: {result.outcome}", err=bool(result.error))
            for remark in result.notices:
                click.echo(f"{result.entry.place} “{name}”: warning: {remark}", err=True)

        return step

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
