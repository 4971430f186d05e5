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
    from parentguide.schools.description import Detail

SOME_FAILED = 1


@click.group()
def school() -> None:
    """Your school's own details."""


@school.command("schema")
def schema() -> None:
    """Print the JSON Schema of school.toml, for editors that complete and check it."""
    from parentguide.schools.school_schema import school_schema

    click.echo(school_schema(), nl=False)


@school.command("new")
@click.option("--out", "-o", type=click.Path(path_type=Path), default=Path("school.toml"), show_default=True)
def new(out: Path) -> None:
    """Ask for your school's details one by one, and write school.toml.

    Press Enter to leave something out. Nothing is written before the end.
    """
    from parentguide.infra.atomic import write_file
    from parentguide.project.project import Project
    from parentguide.schools.description import DETAILS, TEAM
    from parentguide.schools.notices import school_notices
    from parentguide.schools.school_file import file_reader_beside, parse_school
    from parentguide.schools.school_text import new_school_text

    if out.exists() and not click.confirm(f"{out} exists already. Replace it?", default=False):
        raise click.Abort
    values = {
        detail.key: _ask(detail.wording.question, detail, beside=out)
        for detail in DETAILS
        if detail.wording.question
    }
    text = new_school_text({**values, TEAM.key: _ask_team(), "local_contacts": _ask_local()})
    found = parse_school(text, out, file_reader_beside(out))
    write_file(out, text.encode("utf-8"))
    for notice in school_notices(found, Project().languages):
        click.echo(f"warning: {notice}", err=True)
    click.echo(f"{out}: written. Make the guides: parentguide build --school {out}")


def _ask_team() -> list[dict[str, str | list[str]]]:
    from parentguide.schools.description import TEAM

    name, *others = TEAM.details
    team: list[dict[str, str | list[str]]] = []
    while len(team) < TEAM.most:
        which = "next" if team else "first"
        person = _ask(f"Safeguarding team: name of the {which} person (Enter: no more)", name)
        if not person:
            break
        answers = {detail.key: _ask(f"  {detail.wording.question}", detail) for detail in others}
        team.append({name.key: person, **{key: answer for key, answer in answers.items() if answer}})
    return team


def _ask_local() -> list[dict[str, str | list[str]]]:
    """The local authority first, then other help near the school."""
    from parentguide.schools.description import LOCAL, LOCAL_AUTHORITY

    name = LOCAL.details[0]
    local: list[dict[str, str | list[str]]] = []
    authority = _ask("Your local authority's children's services: name (Enter: leave out)", name)
    if authority:
        local.append({"kind": LOCAL_AUTHORITY, name.key: authority, **_ask_contact()})
    while len(local) < LOCAL.most:
        other = _ask("Other help near you, such as a helpline: name (Enter: no more)", name)
        if not other:
            break
        local.append({name.key: other, **_ask_contact()})
    return local


def _ask_contact() -> dict[str, str | list[str]]:
    """A phone number or else a website, and the languages spoken there."""
    from parentguide.schools.description import LOCAL

    details = {detail.key: detail for detail in LOCAL.details}
    answers: dict[str, str | list[str]] = {}
    number = _ask(f"  {details['phone'].wording.question}", details["phone"])
    if number:
        answers["phone"] = number
    else:
        answers["website"] = _ask(f"  {details['website'].wording.question}", details["website"], needed=True)
    spoken = _ask(f"  {details['languages'].wording.question}", details["languages"])
    return answers | ({"languages": _tags(spoken)} if spoken else {})


def _tags(answer: str) -> list[str]:
    return [tag for tag in re.split(r"[\s,;]+", answer) if tag]


def _ask(question: str, detail: "Detail", needed: bool = False, beside: Path | None = None) -> str:
    """An answer that ``detail`` can have. A wrong answer is explained and asked for again; a logo is
    looked for beside the file ``beside``."""
    from parentguide.errors import InvalidValueError

    while True:
        answer = str(click.prompt(question, default="", show_default=False)).strip()
        if not answer:
            if not needed:
                return ""
            click.echo("  Please give an answer.")
            continue
        try:
            detail.parsed.parse(_tags(answer) if detail.parsed.kind == "words" else answer)
            if beside is not None and detail.parsed.kind == "file":
                _try_logo(answer, beside)
        except InvalidValueError as error:
            click.echo(f"  {error}")
        except ParentguideError as error:
            click.echo(f"  {error.problems[0].sentence}")
        else:
            return answer


def _try_logo(name: str, beside: Path) -> None:
    """Raises our errors for a logo that cannot be used."""
    from parentguide.schools.school_file import file_reader_beside, school_from

    school_from({"logo": name}, None, file_reader_beside(beside))


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
    from parentguide.model.review_state import ReviewState
    from parentguide.project.project import Project
    from parentguide.schools.spreadsheet import read_schools

    project = Project(project_root)
    request = BuildRequest(
        languages=languages,
        formats=formats,
        archive=archive,
        mono=mono,
        require=ReviewState("checked" if require == "reviewed" else require or "draft"),
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
