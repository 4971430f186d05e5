"""The commands of ``parentguide review`` that put an act on record, and the list of all acts."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.reviewer_options import ReviewerOptions, day, reviewer_options
from parentguide.cli.terminal import confirm, echo, next_step
from parentguide.errors import ProjectError

if TYPE_CHECKING:
    from parentguide.model.language import Language
    from parentguide.project.project import Project
    from parentguide.review.approvals import Refusal
    from parentguide.review.ledger import Record
    from parentguide.review.shown import Seen
    from parentguide.review.sign_off import LedgerEntry
    from parentguide.review.status import LanguageReview, MessageReview

_only_option = click.option(
    "--only", multiple=True, metavar="CTX", help="Only the message with this msgctxt; may be repeated."
)


@click.command("sign")
@click.argument("tag")
@reviewer_options
@_only_option
@click.option("--code", default="", metavar="CODE", help="The code on the sheet that they checked.")
@project_option
def sign(tag: str, who: ReviewerOptions, only: tuple[str, ...], code: str, project_root: Path | None) -> None:
    """Record that somebody approved the present translations, for example on paper.

    With the sheet's code, exactly the words that the sheet shows are approved, and the others are
    listed. Without it, the command says how many messages it would approve and asks for the code, or
    for “yes”. Translations with an error that “parentguide check” reports are listed, and then nothing
    is recorded.
    """
    from parentguide.review.approvals import sign_messages
    from parentguide.review.judgement import language_rules

    project = editable(project_root)
    language = project.language(tag)
    reviewer = who.reviewer()
    found = _review(project, language)
    chosen = _chosen_to_sign(project, found, only, code)
    entries = sign_messages(language, chosen.messages, reviewer, language_rules(project, language))
    _write(project, language, entries)
    echo(f"{language.english_name}: {len(entries)} messages {reviewer.kind}")
    _list_left_out(chosen.left_out, "Not signed:")
    _say_next()


def _review(project: "Project", language: "Language") -> "LanguageReview":
    from parentguide.project.pot import domains
    from parentguide.review.status import language_review

    return language_review(project, language, domains(project))


def _chosen_to_sign(project: "Project", found: "LanguageReview", only: Sequence[str], code: str) -> "Seen":
    """The messages to sign: named ones, those on a sheet, or after a question all that are there now."""
    from parentguide.review.approvals import chosen
    from parentguide.review.shown import Seen, digests_of, seen

    if only:
        return Seen(tuple(chosen(found.messages, only, found.language)), ())
    typed = code or _ask_for_code(found)
    if typed.strip().lower() in ("yes", "y"):
        # Exactly what was there when the question was asked, even if somebody changes it meanwhile.
        return seen(_review(project, found.language), {message.place for message in found.messages})
    return seen(found, digests_of(project, found, typed))


def _ask_for_code(found: "LanguageReview") -> str:
    name = found.language.english_name
    for domain, part in found.parts.items():
        echo(f"{name}, {domain}: {len(part.messages)} messages")
    try:
        return str(
            click.prompt(
                f"This would sign {len(found.messages)} messages. Type the code of the sheet that was"
                " checked, or “yes” if every one of these messages was read as it is now"
            )
        )
    except click.Abort:
        raise ProjectError(
            f"nothing was signed: {len(found.messages)} messages in {name} would be",
            remedy="Give the code of the sheet with --code, or the messages with --only.",
        ) from None


def _say_next() -> None:
    next_step("“parentguide review status” shows what is left; “parentguide build” shows it to families.")


def _list_left_out(left_out: "Sequence[Refusal]", heading: str) -> None:
    if left_out:
        echo(heading)
        for refusal in left_out:
            echo(f"  {refusal}")


def _write(project: "Project", language: "Language", entries: "Sequence[LedgerEntry]") -> None:
    from parentguide.review.sign_off import write_entries

    for path in write_entries(project, language, entries):
        echo(f"{path}: written")


@click.command("keep-approvals")
@click.argument("tag")
@click.option("--role", required=True, help="What you do: you say that only the English wording changed.")
@click.option("--date", "on", default="", metavar="YYYY-MM-DD", help="Default: today.")
@_only_option
@project_option
def keep_approvals(tag: str, role: str, on: str, only: tuple[str, ...], project_root: Path | None) -> None:
    """Keep approvals when only the English wording changed.

    The new record names who approved the translation, and who decided that the meaning is the
    same. Messages whose translation has changed too are left out, and so are approvals that
    somebody took back and messages with an open request.
    """
    from parentguide.project.pot import domains
    from parentguide.review.approvals import keep_approvals as kept_sign_offs

    project = editable(project_root)
    language = project.language(tag)
    reviewer = ReviewerOptions("checked", role, "", False, day(on)).reviewer()
    kept = kept_sign_offs(project, language, domains(project), reviewer, only)
    _write(project, language, kept.entries)
    echo(f"{language.english_name}: {len(kept.entries)} sign-offs carried over")
    _list_left_out(kept.left_out, "Not carried over:")
    _say_next()


@click.command("answer")
@click.argument("tag")
@click.option("--comment", default="", help="What you say to the request.")
@reviewer_options
@_only_option
@project_option
def answer(
    tag: str, comment: str, who: ReviewerOptions, only: tuple[str, ...], project_root: Path | None
) -> None:
    """Answer the open requests of reviewers. It approves nothing.

    A request stays open, and the message a draft, until somebody answers it. Without --only, all open
    requests of the language are answered.
    """
    from parentguide.review.approvals import answer_requests, chosen

    project = editable(project_root)
    language = project.language(tag)
    found = chosen(_review(project, language).messages, only, language)
    entries = answer_requests(language, found, who.reviewer(), comment)
    _write(project, language, entries)
    echo(f"{language.english_name}: requests answered for {len(entries)} messages")
    _say_next()


@click.command("withdraw")
@click.argument("tag")
@click.option("--act", "acts", multiple=True, metavar="ID", help="One act, as “review history” names it.")
@click.option("--comment", default="", help="Why.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@reviewer_options
@_only_option
@project_option
def withdraw(
    tag: str,
    acts: tuple[str, ...],
    comment: str,
    yes: bool,
    who: ReviewerOptions,
    only: tuple[str, ...],
    project_root: Path | None,
) -> None:
    """Take approvals back, or any other act with --act. The ledger keeps both.

    Without --act, all approvals of the language are taken back, or those of the messages in --only.
    """
    from parentguide.review.approvals import chosen, withdrawal

    project = editable(project_root)
    language = project.language(tag)
    reviewer = who.reviewer()
    found = chosen(_review(project, language).messages, only, language)
    taken = [(message, _to_withdraw(message, acts)) for message in found]
    taken = [(message, records) for message, records in taken if records]
    if not taken:
        raise ProjectError(
            "there is nothing to take back", remedy="“parentguide review history” lists all acts."
        )
    for message, records in taken:
        for record in records:
            echo(f"{message.domain} “{message.context}”: {_described(record)}")
    if not yes and not confirm("Take this back?"):
        echo("Nothing was written.")
        return
    entries = [withdrawal(m, records, language.locale, reviewer, comment) for m, records in taken]
    _write(project, language, entries)
    _say_next()


def _to_withdraw(message: "MessageReview", acts: Sequence[str]) -> "list[Record]":
    if acts:
        return [record for record in message.acts.in_force if record.id in acts]
    return [record for record in message.acts.in_force if record.signs]


@click.command("history")
@click.argument("tag")
@_only_option
@project_option
def history(tag: str, only: tuple[str, ...], project_root: Path | None) -> None:
    """List every act on the messages of a language: approvals, requests, answers, withdrawals."""
    from parentguide.project.project import Project
    from parentguide.review.approvals import chosen

    project = Project(project_root)
    language = project.language(tag)
    for message in chosen(_review(project, language).messages, only, language):
        in_force = set(message.acts.in_force)
        for record in message.acts.records:
            state = "" if record in in_force else ", taken back"
            echo(f"{message.domain} “{message.context}” {record.id}: {_described(record)}{state}")
    next_step(f"“parentguide review withdraw {tag} --act ID” takes an act back.")


def _described(record: "Record") -> str:
    from parentguide.model.labels import RECORD_LABELS

    words = f"{record.date}, {record.signature}: {RECORD_LABELS[record.kind]}"
    account = f" (recorded by {record.account})" if record.account else ""
    said = f": “{record.comment or record.suggestion}”" if record.comment or record.suggestion else ""
    targets = [*record.answers, *record.withdraws]
    return f"{words}{said}{account}" + (f" [{', '.join(targets)}]" if targets else "")


# The name that this command had first; it still works, and the help does not list it.
_wording = click.Command(
    "wording",
    callback=keep_approvals.callback,
    params=keep_approvals.params,
    help=keep_approvals.help,
    hidden=True,
)
ACTS = (sign, keep_approvals, answer, withdraw, history, _wording)
