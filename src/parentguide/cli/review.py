"""``parentguide review``: the commands that take a translation from draft to sign-off."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parentguide.cli.common import editable, project_option
from parentguide.errors import ProjectError

if TYPE_CHECKING:
    from parentguide.model.language import Language
    from parentguide.project.project import Project
    from parentguide.review.sheet_import import SheetJudge
    from parentguide.review.sheet_reader import Answers
    from parentguide.review.sign_off import LedgerEntry, Reviewer


@click.group()
def review() -> None:
    """Review translations: create review sheets, import answers, record sign-offs, show status."""


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
    from parentguide.project.pot import domains
    from parentguide.project.project import Project
    from parentguide.review.status import language_review

    project = Project(project_root)
    chosen = [project.language(tag) for tag in tags] or list(project.languages.values())
    reviews = [
        language_review(project, language, domains(project)) for language in chosen if not language.is_source
    ]
    console = Console()
    # A pipe has no width of its own, and Rich would cut the table to 80 columns.
    Console(width=None if console.is_terminal else 120).print(status_table(reviews))
    for found in reviews:
        for line in details(found):
            click.echo(line)


@review.command("sheet")
@click.argument("tag")
@click.option("--out", "-o", type=click.Path(path_type=Path), help="The file. Default: review-TAG.xlsx.")
@click.option("--force", is_flag=True, help="Overwrite the file, even if it holds somebody's answers.")
@project_option
def sheet(tag: str, out: Path | None, force: bool, project_root: Path | None) -> None:
    """Write a spreadsheet for a reviewer of one language.

    The reviewer opens it in Excel, LibreOffice or another program, answers in the yellow
    cells, and sends it back. “parentguide review import” reads the answers. For a pen, print
    the format “review” instead.
    """
    from parentguide.infra.atomic import write_file
    from parentguide.project.pot import domains
    from parentguide.project.project import INTERFACE, Project
    from parentguide.review.sheet_writer import review_workbook
    from parentguide.review.status import language_review

    project = Project(project_root)
    language = project.language(tag)
    if language.is_source:
        raise ProjectError("English is the source, not a translation", remedy="Choose another language.")
    path = _new_file(out or Path(f"review-{language.tag}.xlsx"), force)
    found = language_review(project, language, domains(project))
    interface = {m.context: m.translation for m in found.messages if m.domain == INTERFACE and m.shown}
    back = project.back_translation(language).current(found.words)
    write_file(path, review_workbook(found, back, interface))
    click.echo(f"{path}: {len(found.messages)} messages in {language.english_name}")


def _new_file(path: Path, force: bool) -> Path:
    if path.suffix.lower() != ".xlsx":
        raise ProjectError(
            "a review sheet is an .xlsx file", path=path, remedy="Give a name that ends in .xlsx."
        )
    if path.exists() and not force:
        raise ProjectError(
            "a file with this name already exists",
            path=path,
            remedy="Give another name with --out, or add --force.",
        )
    return path


@dataclass(frozen=True, slots=True)
class _ReviewerOptions:
    """What the command line says about the reviewer; empty where it says nothing."""

    kind: str
    role: str
    name: str
    public: bool
    on: date | None

    def reviewer(self, sheet: "Answers | None" = None) -> "Reviewer":
        """The reviewer; what the options leave out is taken from the ``sheet``.

        Raises :class:`ProjectError` for what is missing or wrong.
        """
        from parentguide.review.sign_off import checked_reviewer

        today = date.today()
        return checked_reviewer(
            self.kind,
            self.role or (sheet.role if sheet else ""),
            self.name or (sheet.name if sheet else ""),
            public=self.public or bool(sheet and sheet.public),
            on=self.on or (sheet.date if sheet else None) or today,
            today=today,
        )


def _reviewer_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options about the reviewer; the command gets them as ``who``."""
    from parentguide.review.ledger import SIGN_OFFS

    @wraps(command)
    def with_reviewer(*, kind: str, role: str, name: str, public: bool, on: str, **others: Any) -> None:
        command(who=_ReviewerOptions(kind, role, name, public, _day(on)), **others)

    options = (
        click.option(
            "--kind",
            type=click.Choice([str(kind) for kind in SIGN_OFFS]),
            default="checked",
            show_default=True,
            help="checked: by a bilingual speaker; professional: translated and revised by professionals; "
            "tested: with families.",
        ),
        click.option("--role", default="", help="What the reviewer does, such as “teacher”."),
        click.option("--name", default="", help="Name or initials. Kept only with --public."),
        click.option("--public", is_flag=True, help="The reviewer agreed that families see the name."),
        click.option(
            "--date", "on", default="", metavar="YYYY-MM-DD", help="The day of the review. Default: today."
        ),
    )
    decorated: Callable[..., None] = with_reviewer
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date() if text else None
    except ValueError:
        raise ProjectError(f"“{text}” is not a date", remedy="Write it like 2026-11-24.") from None


@review.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_reviewer_options
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@project_option
def import_(file: Path, who: _ReviewerOptions, dry_run: bool, yes: bool, project_root: Path | None) -> None:
    """Import the answers of a review sheet (.xlsx or .ods).

    Shows what each row will change, and asks before writing. Rows that cannot be taken are listed with
    what to do, and the others are taken; what was written in them is kept as a comment. Importing a
    file again changes nothing. Exit code 1 if any row was not taken.
    """
    from parentguide.cli.review_text import import_lines
    from parentguide.infra.files import read_bytes
    from parentguide.project.pot import domains
    from parentguide.project.project import INTERFACE
    from parentguide.review.sheet_import import RowOutcome
    from parentguide.review.sheet_language import language_of
    from parentguide.review.sheet_reader import read_answers
    from parentguide.review.status import language_review

    project = editable(project_root)
    answers = read_answers(read_bytes(file), file, on=who.on)
    language = language_of(project, answers, file)
    reviewer = who.reviewer(answers)
    found = language_review(project, language, domains(project))
    answers = answers.understood({m.context: m.translation for m in found.messages if m.domain == INTERFACE})
    judged = _judge(project, language, reviewer, dated=answers.date is not None).judge(found, answers.rows)
    for line in import_lines(found, answers, judged):
        click.echo(line)
    click.echo(
        f"{language.english_name}, {reviewer.kind} by {reviewer.name or reviewer.role}, {reviewer.date}"
    )
    entries = [row.entry for row in judged if row.entry is not None]
    if entries and not dry_run and (yes or click.confirm("Write this?", default=True)):
        _write(project, language, entries)
    else:
        click.echo("Nothing was written.")
    if any(row.outcome is RowOutcome.REFUSED for row in judged):
        raise SystemExit(1)


def _judge(project: "Project", language: "Language", reviewer: "Reviewer", *, dated: bool) -> "SheetJudge":
    from parentguide.review.judgement import language_rules
    from parentguide.review.sheet_import import Earlier, SheetJudge

    earlier = Earlier.SAME_DAY if dated else Earlier.ANY_DAY
    return SheetJudge(language, reviewer, language_rules(project, language), earlier)


def _write(project: "Project", language: "Language", entries: "Sequence[LedgerEntry]") -> None:
    from parentguide.review.sign_off import write_entries

    for path in write_entries(project, language, entries):
        click.echo(f"{path}: written")


_only_option = click.option(
    "--only", multiple=True, metavar="CTX", help="Only the message with this msgctxt; may be repeated."
)


@review.command("sign")
@click.argument("tag")
@_reviewer_options
@_only_option
@project_option
def sign(tag: str, who: _ReviewerOptions, only: tuple[str, ...], project_root: Path | None) -> None:
    """Record that somebody approved the present translations, for example on paper.

    Refuses translations with an error that “parentguide check” reports, lists them all, and then
    records nothing.
    """
    from parentguide.project.pot import domains
    from parentguide.review.sign_off import sign as sign_offs

    project = editable(project_root)
    language = project.language(tag)
    reviewer = who.reviewer()
    entries = sign_offs(project, language, domains(project), reviewer, only)
    _write(project, language, entries)
    click.echo(f"{language.english_name}: {len(entries)} messages {reviewer.kind}")


@review.command("keep-approvals")
@click.argument("tag")
@click.option("--role", required=True, help="What you do: you say that only the English wording changed.")
@click.option("--date", "on", default="", metavar="YYYY-MM-DD", help="Default: today.")
@_only_option
@project_option
def keep_approvals(tag: str, role: str, on: str, only: tuple[str, ...], project_root: Path | None) -> None:
    """Keep approvals when only the English wording changed.

    The new record names who approved the translation, and who decided that the meaning is the
    same. Messages whose translation has changed too are left out.
    """
    from parentguide.project.pot import domains
    from parentguide.review.sign_off import keep_approvals as kept_sign_offs

    project = editable(project_root)
    language = project.language(tag)
    reviewer = _ReviewerOptions("checked", role, "", False, _day(on)).reviewer()
    entries = kept_sign_offs(project, language, domains(project), reviewer, only)
    _write(project, language, entries)
    click.echo(f"{language.english_name}: {len(entries)} sign-offs carried over")


# The name that this command had first; it still works, and the help does not list it.
review.add_command(
    click.Command(
        "wording",
        callback=keep_approvals.callback,
        params=keep_approvals.params,
        help=keep_approvals.help,
        hidden=True,
    )
)
