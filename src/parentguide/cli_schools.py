"""``parentguide school`` and ``parentguide schools``: one school's file, and all schools of a trust."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli_common import project_option
from parentguide.errors import ParentguideError, ProjectError

if TYPE_CHECKING:
    from parentguide.model import FieldValue
    from parentguide.schools.trust import Result

SOME_FAILED = 1


@click.group()
def school() -> None:
    """Your school's own details."""


@school.command("new")
@click.option("--out", "-o", type=click.Path(path_type=Path), default=Path("school.toml"), show_default=True)
def new(out: Path) -> None:
    """Ask for your school's details one by one, and write school.toml.

    Press Enter to leave something out. Nothing is written before the end.
    """
    from parentguide.contacts import email, link, phone
    from parentguide.school import MAX_LOCAL, MAX_TEAM, parse_school
    from parentguide.schools.files import school_text
    from parentguide.write import write_file

    if out.exists() and not click.confirm(f"{out} is there already. Write a new one over it?", default=False):
        raise click.Abort
    name = _ask("The school's name")
    website = _ask("Its website, such as www.example.sch.uk", link)
    guides = _ask("The address that you will copy the guides to (for QR codes)", link)
    team: list[dict[str, str]] = []
    while len(team) < MAX_TEAM:
        who = "first" if not team else "next"
        person = {"name": _ask(f"Safeguarding team: name of the {who} person (Enter: no more)")}
        if not person["name"]:
            break
        person["role"] = _ask("  Role, such as Designated Safeguarding Lead")
        person["phone"] = _ask("  Phone", phone)
        person["email"] = _ask("  Email", email)
        team.append({key: value for key, value in person.items() if value})
    local: list[dict[str, str]] = []
    while len(local) < MAX_LOCAL:
        help_name = _ask("Help near you, such as children's services: name (Enter: no more)")
        if not help_name:
            break
        number = _ask("  Phone (Enter: give a website)", phone)
        value = ("phone", number) if number else ("website", _ask("  Website", link, needed=True))
        local.append({"name": help_name, **dict([value])})
    text = school_text(name, website, guides, tuple(team), tuple(local))
    parse_school(text, out)
    write_file(out, text.encode("utf-8"))
    click.echo(f"{out}: written. Make the guides: parentguide build --school {out}")


def _ask(question: str, check: "Callable[[str], FieldValue] | None" = None, needed: bool = False) -> str:
    """An answer that can be used; a wrong one is explained, and asked for again."""
    from parentguide.school import parse_school
    from parentguide.tables import toml_value

    while True:
        answer = str(click.prompt(question, default="", show_default=False)).strip()
        if not answer:
            if needed:
                click.echo("  Something must stand here.")
                continue
            return ""
        try:
            if check is None:
                parse_school(f"name = {toml_value(answer)}")
            else:
                check(answer)
        except ParentguideError as error:
            click.echo(f"  {error.problem.removeprefix('name ')}. {error.remedy}")
        except ValueError as error:
            click.echo(f"  {error}")
        else:
            return answer


@click.group()
def schools() -> None:
    """All schools of a trust in one go."""


@schools.command("columns")
def columns() -> None:
    """Print the headings of a table of schools, to begin one with."""
    from parentguide.schools.table import COLUMNS

    click.echo(",".join(COLUMNS))


@schools.command("build")
@click.argument("table", type=click.Path(path_type=Path))
@click.option(
    "--language", "-l", "languages", multiple=True, metavar="TAG", help="For schools that name none."
)
@click.option(
    "--edition", "-e", "editions", multiple=True, metavar="NAME", help="For schools that name none."
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
    editions: tuple[str, ...],
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
    from parentguide.build import Request
    from parentguide.project import Project
    from parentguide.schools.table import read_schools
    from parentguide.schools.trust import INDEX, build_schools, write_index

    project = Project(project_root)
    request = Request(
        languages=languages,
        editions=editions,
        archive=archive,
        mono=mono,
        require="checked" if require == "reviewed" else require or "draft",
        jobs=jobs or 0,
    )
    entries = read_schools(table)
    if out.exists() and not out.is_dir():
        raise ProjectError("this is a file, not a folder", path=out, remedy="Choose a folder with --out.")
    results: list[Result] = []
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

    def __enter__(self) -> "Callable[[Result], None]":
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

        def step(result: "Result") -> None:
            self._bar.update(task, advance=1)
            name = result.entry.name or result.entry.folder
            click.echo(f"{result.entry.place} “{name}”: {result.outcome}", err=bool(result.error))

        return step

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
