"""``parentguide review``: the commands that carry a translation from draft to sign-off."""

import difflib
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from parentguide.cli.common import editable, project_option
from parentguide.errors import ProjectError

if TYPE_CHECKING:
    from parentguide.review.ledger import Record
    from parentguide.review.sheet_import import JudgedRow
    from parentguide.review.sign_off import Reviewer
    from parentguide.review.status import LanguageReview

_F = TypeVar("_F", bound=Callable[..., object])


@click.group()
def review() -> None:
    """Review translations: make sheets, take them back, sign, see what stands."""


@review.command("status")
@click.argument("tags", nargs=-1, metavar="[TAG]...")
@project_option
def status(tags: tuple[str, ...], project_root: Path | None) -> None:
    """Show how many messages are in which state, and which sign-offs the words have outgrown."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from parentguide.project.pot import domains
    from parentguide.project.project import Project
    from parentguide.review.status import STATES, language_review

    project = Project(project_root)
    chosen = [project.language(tag) for tag in tags] or list(project.languages.values())
    reviews = [
        language_review(project, language, domains(project)) for language in chosen if not language.is_source
    ]
    table = Table(box=box.SIMPLE)
    for heading in ("Tag", "Language", "State"):
        table.add_column(heading, no_wrap=True)
    for heading in (*STATES, "void", "to change"):
        table.add_column(heading.capitalize(), justify="right")
    for result in reviews:
        counts = [sum(message.state == state for message in result.messages) for state in STATES]
        open_requests = sum(bool(message.open_requests) for message in result.messages)
        void = sum(bool(message.outdated) for message in result.messages)
        numbers = [str(number) for number in (*counts, void, open_requests)]
        table.add_row(result.language.tag, result.language.english_name, result.state, *numbers)
    console = Console()
    Console(width=None if console.is_terminal else 120).print(table)
    for result in reviews:
        for line in _details(result):
            click.echo(line)


def _wish(record: "Record") -> str:
    words = f"{record.kind}, {record.signature}, {record.date}: {record.comment} {record.suggestion}"
    return words.rstrip(" :")


def _details(result: "LanguageReview") -> list[str]:
    """Voided sign-offs with the difference, and what reviewers want changed."""
    lines = []
    for message in result.messages:
        where = f"{result.language.tag} {message.domain} “{message.context}”"
        if message.outdated:
            last = message.outdated[-1]
            lines.append(f"{where}: no longer {last.kind} ({last.signature}, {last.date})")
            lines += _difference("English", last.english, message.english)
            lines += _difference(result.language.english_name, last.translation, message.translation)
        lines += [f"{where}: {_wish(record)}" for record in message.open_requests]
    return lines


def _difference(name: str, old: str, new: str) -> list[str]:
    """The words that went as [-…-] and those that came as {+…+}; nothing where none did."""
    if old == new:
        return []
    # Words and the spaces between them, so that scripts without spaces are still readable.
    before, after = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (old, new))
    parts = []
    for kind, a, b, c, d in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if kind == "equal":
            parts.append(gone)
        else:
            parts.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return [f"    {name}: {''.join(parts)}"]


@review.command("sheet")
@click.argument("tag")
@click.option("--out", "-o", type=click.Path(path_type=Path), help="The file. Default: review-TAG.xlsx.")
@click.option(
    "--force", is_flag=True, help="Replace the file if it is there: somebody's answers may be in it."
)
@project_option
def sheet(tag: str, out: Path | None, force: bool, project_root: Path | None) -> None:
    """Write a spreadsheet for a reviewer of one language.

    The reviewer opens it in Excel, LibreOffice or another program, answers in the yellow
    cells, and sends it back; “parentguide review import” takes it in. For a pen, print
    the edition “review” instead.
    """
    from parentguide.infra.atomic import write_file
    from parentguide.project.pot import domains
    from parentguide.project.project import INTERFACE, Project
    from parentguide.review.sheet_writer import review_workbook
    from parentguide.review.status import language_review
    from parentguide.translation import po

    project = Project(project_root)
    language = project.language(tag)
    if language.is_source:
        raise ProjectError(
            "English is what the others are translated from", remedy="Choose another language."
        )
    path = out or Path(f"review-{language.tag}.xlsx")
    if path.suffix.lower() != ".xlsx":
        raise ProjectError("a sheet is written as .xlsx", path=path, remedy="Give a name that ends in .xlsx.")
    if path.exists() and not force:
        raise ProjectError(
            "this file is there already", path=path, remedy="Give another name with --out, or add --force."
        )
    result = language_review(project, language, domains(project))
    interface = po.catalog_status(
        project.source_messages(INTERFACE), project.catalog(language, INTERFACE)
    ).ready
    write_file(
        path, review_workbook(result, project.back_translation(language).current(result.words), interface)
    )
    click.echo(f"{path}: {len(result.messages)} messages in {language.english_name}")


def _reviewer_options(command: _F) -> _F:
    from parentguide.review.ledger import SIGN_OFFS

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
    for option in reversed(options):
        command = option(command)
    return command


def _reviewer(kind: str, role: str, name: str, public: bool, on: date | None) -> "Reviewer":
    from parentguide.review.sign_off import checked_reviewer

    today = date.today()
    return checked_reviewer(kind, role, name, public=public, on=on or today, today=today)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date() if text else None
    except ValueError:
        raise ProjectError(f"“{text}” is no date", remedy="Write it like 2026-11-24.") from None


@review.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_reviewer_options
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@project_option
def import_(
    file: Path,
    kind: str,
    role: str,
    name: str,
    public: bool,
    on: str,
    dry_run: bool,
    yes: bool,
    project_root: Path | None,
) -> None:
    """Take a review sheet back, as .xlsx or .ods.

    Shows what each row will change, and asks before writing. A row made for an older text
    is refused by itself; its remarks are kept. Exit code 1 if any row was refused.
    """
    from parentguide.checks.catalog.runner import accepted_findings
    from parentguide.infra.files import read_bytes
    from parentguide.project.pot import domains
    from parentguide.review.sheet_import import RowOutcome, SheetJudge
    from parentguide.review.sheet_reader import read_answers
    from parentguide.review.sign_off import write_entries
    from parentguide.review.status import language_review

    project = editable(project_root)
    answers = read_answers(read_bytes(file), file)
    language = project.language(answers.tag)
    reviewer = _reviewer(
        kind, role or answers.role, name or answers.name, public or answers.public, _day(on) or answers.date
    )
    accepted = frozenset((entry.code, entry.context) for entry in accepted_findings(project, language))
    judged = SheetJudge(language, reviewer, accepted).judge(
        language_review(project, language, domains(project)), answers.rows
    )
    _show(judged)
    refused = sum(row.outcome is RowOutcome.REFUSED for row in judged)
    counts = {outcome: sum(row.outcome is outcome for row in judged) for outcome in RowOutcome}
    click.echo(
        f"{language.english_name}, {reviewer.kind} by {reviewer.name or reviewer.role}, {reviewer.date}: "
        + ", ".join(
            f"{count} {outcome}" for outcome, count in counts.items() if count or outcome is RowOutcome.SIGNED
        )
        + f"; {len(answers.rows) - len(judged)} not answered."
    )
    entries = [row.entry for row in judged if row.entry is not None]
    if entries and not dry_run and (yes or click.confirm("Write this?", default=True)):
        for path in write_entries(project, language, entries):
            click.echo(f"{path}: written")
    else:
        click.echo("Nothing was written.")
    if refused:
        raise SystemExit(1)


def _show(judged: "tuple[JudgedRow, ...]") -> None:
    for row in judged:
        click.echo(
            f"row {row.answer.row} “{row.answer.context}”: {row.outcome}"
            + (f": {row.reason}" if row.reason else "")
        )
        if row.before and row.entry and row.entry.text is not None:
            for line in _difference("words", row.before, row.entry.text):
                click.echo(line)
        elif row.answer.better:
            click.echo(f"    better words: {row.answer.better}")
        if row.answer.comment:
            click.echo(f"    comment: {row.answer.comment}")


@review.command("sign")
@click.argument("tag")
@_reviewer_options
@click.option("--only", multiple=True, metavar="CTX", help="Only this message's context; may be repeated.")
@project_option
def sign(
    tag: str,
    kind: str,
    role: str,
    name: str,
    public: bool,
    on: str,
    only: tuple[str, ...],
    project_root: Path | None,
) -> None:
    """Record that somebody approved the present words, as on a sheet that came back on paper."""
    from parentguide.project.pot import domains
    from parentguide.review.sign_off import sign as sign_offs
    from parentguide.review.sign_off import write_entries

    project = editable(project_root)
    language = project.language(tag)
    reviewer = _reviewer(kind, role, name, public, _day(on))
    entries = sign_offs(project, language, domains(project), reviewer, only)
    for path in write_entries(project, language, entries):
        click.echo(f"{path}: written")
    click.echo(f"{language.english_name}: {len(entries)} messages {reviewer.kind}")


@review.command("wording")
@click.argument("tag")
@click.option("--role", required=True, help="What you do: you say that only the English wording changed.")
@click.option("--date", "on", default="", metavar="YYYY-MM-DD", help="Default: today.")
@click.option("--only", multiple=True, metavar="CTX", help="Only this message's context; may be repeated.")
@project_option
def wording(tag: str, role: str, on: str, only: tuple[str, ...], project_root: Path | None) -> None:
    """Carry sign-offs over a change of English that left the meaning alone.

    The record names who signed the translation, and who judged that the change was of
    wording only. Translations that changed themselves are left out.
    """
    from parentguide.project.pot import domains
    from parentguide.review.sign_off import sign_wording, write_entries

    project = editable(project_root)
    language = project.language(tag)
    reviewer = _reviewer("checked", role, "", False, _day(on))
    entries = sign_wording(project, language, domains(project), reviewer, only)
    for path in write_entries(project, language, entries):
        click.echo(f"{path}: written")
    click.echo(f"{language.english_name}: {len(entries)} sign-offs carried over")
