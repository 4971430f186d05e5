"""``parentguide print``: many copies of a sheet, for a printer."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.build_options import review_state_option
from parentguide.cli.common import project_option
from parentguide.cli.progress import file_progress
from parentguide.cli.terminal import echo, next_step
from parentguide.errors import Problem, ProjectError

if TYPE_CHECKING:
    from parentguide.build.print_run import Copies, PrintRun


@click.command("print")
@click.option(
    "--language",
    "-l",
    "languages",
    multiple=True,
    metavar="LANGUAGE[=COPIES]",
    help="Language code, e.g. pl, or with its own number of copies, e.g. pl=30. May be repeated: the"
    " languages are printed in this order. Default: what the school chose.",
)
@click.option(
    "--copies",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Copies of each language without its own number.",
)
@click.option(
    "--format",
    "--edition",
    "-e",
    "sheet",
    metavar="NAME",
    default="handout",
    show_default=True,
    help="The kind of sheet, e.g. handout, signs or large-print.",
)
@click.option(
    "--guide",
    "-g",
    "guides",
    multiple=True,
    metavar="GUIDE",
    help="Name of a guide, e.g. cse; may be repeated. Default: all that are ready.",
)
@click.option(
    "--school",
    "school_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Your school.toml. Without it, sheets have lines to write on.",
)
@click.option("--leaf", type=click.Choice(["1"]), help="Print only the first leaf of the handout.")
@click.option("--paper", type=click.Choice(["a4", "a5"]), help="The paper of the handout (default: A4).")
@click.option("--black-and-white", "--mono", "mono", is_flag=True, help="Print sheets without colour.")
@review_state_option("Refuse languages whose translation is reviewed less than this.")
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("to-print.pdf"),
    show_default=True,
    help="The PDF to write.",
)
@click.option(
    "--force", is_flag=True, help="If there is such a file, give it another name, with today's date."
)
@project_option
def print_(
    languages: tuple[str, ...],
    copies: int,
    sheet: str,
    guides: tuple[str, ...],
    school_file: Path | None,
    leaf: str | None,
    paper: str | None,
    mono: bool,
    require: str | None,
    out: Path,
    force: bool,
    project_root: Path | None,
) -> None:
    """Make one PDF with all copies of a sheet, for the printer.

    \b
    parentguide print -l pl=30 -l ur=12 -o evening.pdf

    All copies of a language are together. Each copy begins on a leaf of its own, also when the printer
    prints both sides: after an odd number of sides, a blank one is added.

    The file is for the printer only: it has no tags, which a screen reader needs. Give families the single
    files that “parentguide build” makes, to read on a screen.

    If a sheet cannot be made, nothing is written.
    """
    from parentguide.build.print_run import PrintRequest, print_run, request_problems
    from parentguide.infra.aside import keep_earlier
    from parentguide.infra.atomic import write_file
    from parentguide.model.review_state import ReviewState
    from parentguide.model.school import School
    from parentguide.project.project import Project
    from parentguide.schools.school_file import read_school

    project = Project(project_root)
    school = School() if school_file is None else read_school(school_file)
    wanted, problems = _copies(languages or school.languages, copies)
    request = PrintRequest(
        copies=wanted,
        sheet=sheet,
        school=school,
        guides=guides,
        first_leaf=leaf is not None,
        a5=paper == "a5",
        mono=mono,
        require=ReviewState(require or ReviewState.DRAFT),
    )
    if wanted or not problems:
        problems += request_problems(project, request)
    problems += _out_problems(out, force)
    if problems:
        raise ProjectError.of(problems)
    with file_progress("Making sheets") as step:
        run = print_run(project, request, step)
    if out.is_file() and out.read_bytes() == run.content:
        echo(f"Nothing has changed: {out} is up to date.")
    else:
        kept = keep_earlier(out)
        if kept is not None:
            echo(f"The earlier file is kept as {kept}")
        write_file(out, run.content)
    _report(run, out)


def _copies(texts: tuple[str, ...], each: int) -> "tuple[tuple[Copies, ...], list[Problem]]":
    """``("pl=30", "ur")`` -> 30 copies of pl and ``each`` of ur; and what cannot be read."""
    from parentguide.build.print_run import Copies

    wanted, problems = [], []
    for text in texts:
        tag, equals, number = (part.strip() for part in text.partition("="))
        if equals and not (number.isascii() and number.isdigit() and len(number) < 10):
            problems.append(
                Problem(f"“{text}” has no number of copies", f"Write, for example, {tag or 'pl'}=30.")
            )
        else:
            wanted.append(Copies(tag, int(number) if equals else each))
    return tuple(wanted), problems


def _out_problems(out: Path, force: bool) -> list[Problem]:
    from parentguide.infra.aside import check_new_file

    try:
        check_new_file(out)
    except ProjectError as error:
        return list(error.problems)
    if out.suffix.lower() != ".pdf":
        return [Problem("the file for the printer is a PDF", "Give a name that ends in .pdf.", path=out)]
    if out.exists() and not force:
        return [
            Problem(
                "a file with this name already exists",
                "Give another name with --out, or add --force.",
                path=out,
            )
        ]
    return []


def _report(run: "PrintRun", out: Path) -> None:
    for sheet in run.sheets:
        copies = "1 copy" if sheet.copies == 1 else f"{sheet.copies:,} copies"
        sides = "1 side" if sheet.pages == 1 else f"{sheet.pages} sides"
        echo(f"{sheet.language.english_name}, {sheet.guide}: {copies} of {sides}")
    blank = f", {run.blank:,} of them blank" if run.blank else ""
    echo(f"{out.resolve()}: {max(1, round(len(run.content) / 1000)):,} kB")
    echo(f"{run.sides:,} sides{blank}: {run.sides // 2:,} leaves when both sides are printed")
    echo("For the printer only: it has no tags. Give families the single files to read on a screen.")
    next_step("print it on both sides, actual size (100 per cent).")
