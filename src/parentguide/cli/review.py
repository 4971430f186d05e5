"""``parentguide review``: the commands that take a translation from draft to sign-off."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.review_acts import ACTS
from parentguide.cli.reviewer_options import ReviewerOptions, reviewer_options
from parentguide.cli.terminal import confirm, echo, next_step
from parentguide.errors import ProjectError

if TYPE_CHECKING:
    from parentguide.model.language import Language
    from parentguide.project.project import Project
    from parentguide.review.sign_off import LedgerEntry


@click.group()
def review() -> None:
    """Review translations: create review sheets, import answers, record approvals and take them back."""


@review.command("status")
@click.argument("tags", nargs=-1, metavar="[TAG]...")
@project_option
def status(tags: tuple[str, ...], project_root: Path | None) -> None:
    """Show how many messages are in which state.

    Also lists the approvals that are out of date because the text changed, and the changes that
    reviewers requested.
    """
    from rich.console import Console

    from parentguide.cli.review_text import details, status_table
    from parentguide.project.pot import ready_domains
    from parentguide.project.project import Project
    from parentguide.review.status import language_review

    project = Project(project_root)
    chosen = [project.language(tag) for tag in tags] or list(project.languages.values())
    reviews = [
        language_review(project, language, ready_domains(project))
        for language in chosen
        if not language.is_source
    ]
    console = Console()
    # A pipe has no width of its own, and Rich would cut the table to 80 columns.
    Console(width=None if console.is_terminal else 120).print(status_table(reviews))
    for found in reviews:
        for line in details(found):
            echo(line)
    next_step("“parentguide review sheet TAG” makes a spreadsheet for a reviewer.")


@review.command("sheet")
@click.argument("tag")
@click.option("--out", "-o", type=click.Path(path_type=Path), help="The file. Default: review-TAG.xlsx.")
@click.option(
    "--force", is_flag=True, help="If there is such a file, give it another name, with today's date."
)
@project_option
def sheet(tag: str, out: Path | None, force: bool, project_root: Path | None) -> None:
    """Write a spreadsheet for a reviewer of one language.

    The reviewer opens it in Excel, LibreOffice or another program, answers in the yellow
    cells, and sends it back. “parentguide review import” reads the answers. For a pen, print
    the format “review” instead.
    """
    from parentguide.infra.atomic import write_file
    from parentguide.project.project import Project
    from parentguide.review.sheet_file import make_sheet, remember_sheet

    project = Project(project_root)
    language = project.language(tag)
    path = out or Path(f"review-{language.tag}.xlsx")
    _check_name(path, force)
    made = make_sheet(project, language)
    _keep_earlier(path)
    write_file(path, made.workbook)
    remember_sheet(project, made)
    echo(f"{path}: {len(made.review.messages)} messages in {language.english_name}")
    next_step(f"send it to a reviewer. When it is back: “parentguide review import {path}”.")


def _check_name(path: Path, force: bool) -> None:
    from parentguide.infra.aside import check_new_file

    if path.suffix.lower() != ".xlsx":
        raise ProjectError(
            "a review sheet is an .xlsx file", path=path, remedy="Give a name that ends in .xlsx."
        )
    check_new_file(path)
    if path.exists() and not force:
        raise ProjectError(
            "a file with this name already exists",
            path=path,
            remedy="Give another name with --out, or add --force.",
        )


def _keep_earlier(path: Path) -> None:
    """Give an earlier review sheet another name: it may hold somebody's answers."""
    from parentguide.infra.aside import keep_earlier

    kept = keep_earlier(path)
    if kept is not None:
        echo(f"The earlier file is kept as {kept}")


@review.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@reviewer_options
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@project_option
def import_(file: Path, who: ReviewerOptions, dry_run: bool, yes: bool, project_root: Path | None) -> None:
    """Import the answers of a review sheet (.xlsx or .ods).

    Shows what each row will change, and asks before writing. Rows that cannot be taken are listed with
    what to do, and the others are taken; what was written in them is kept as a comment. Importing a
    file again changes nothing. Exit code 1 if any row was not taken.
    """
    from parentguide.cli.review_text import import_lines
    from parentguide.infra.files import read_bytes
    from parentguide.review.sheet_file import judge_sheet
    from parentguide.review.sheet_import import RowOutcome
    from parentguide.review.sheet_reader import read_answers

    project = editable(project_root)
    answers = read_answers(read_bytes(file), file, on=who.on)
    judged = judge_sheet(project, answers, file, who.reviewer)
    language, reviewer, entries = judged.language, judged.reviewer, judged.entries
    for line in import_lines(judged.review, judged.answers, judged.rows):
        echo(line)
    echo(f"{language.english_name}, {reviewer.kind} by {reviewer.name or reviewer.role}, {reviewer.date}")
    if entries and not dry_run and (yes or confirm("Write this?", default=True)):
        _write(project, language, entries)
    else:
        echo("Nothing was written.")
    next_step("“parentguide review status” shows what is left; “parentguide build” shows it to families.")
    if any(row.outcome is RowOutcome.REFUSED for row in judged.rows):
        raise SystemExit(1)


def _write(project: "Project", language: "Language", entries: "Sequence[LedgerEntry]") -> None:
    from parentguide.review.sign_off import write_entries

    for path in write_entries(project, language, entries):
        echo(f"{path}: written")


for _command in ACTS:
    review.add_command(_command)
