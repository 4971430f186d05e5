"""``parentguide history``: the earlier versions of everything that commands and Studio changed."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.terminal import confirm, echo, next_step
from parentguide.errors import ProjectError

if TYPE_CHECKING:
    from parentguide.infra.history import History
    from parentguide.infra.history_acts import Act
    from parentguide.review.sign_off import Reviewer

_MOST = 30
_role_option = click.option(
    "--role", default="", help="What you do, such as “teacher”: needed to take approvals back."
)


@click.group(invoke_without_command=True)
@click.option(
    "--most", type=click.IntRange(min=1), default=_MOST, show_default=True, help="How many to list."
)
@project_option
@click.pass_context
def history(context: click.Context, most: int, project_root: Path | None) -> None:
    """List what was changed, newest first, and put earlier versions back.

    Each act has a number. Before a command or Studio changes a file, the earlier version is kept in
    the folder .history. Git's commits are listed too, where there is a repository. Without --project, it is
    the history of this folder if it has one: there school.toml is too.
    """
    if context.invoked_subcommand is not None:
        context.obj = project_root
        return
    found = _history(project_root)
    rows = sorted([*_act_rows(found, most), *_commit_rows(found.root, most)], reverse=True)
    if not rows:
        echo(f"Nothing was changed in {found.root} yet.")
    for _, row in rows[:most]:
        echo(row)
    if rows:
        next_step("“parentguide history show NUMBER” shows what an act changed.")


def _history(root: Path | None) -> "History":
    """The history of ``root``, of this folder if it has one, or of the default project."""
    from parentguide.infra.history import FOLDER
    from parentguide.project.project import default_root
    from parentguide.project.recorded import history_of

    here = Path()
    if root is not None and not root.is_dir():
        raise ProjectError("there is no such folder", path=root, remedy="Check the name.")
    found = history_of(root or (here if (here / FOLDER).is_dir() else default_root()))
    if found.folder.is_dir() and (found.root / "locales").is_dir():
        editable(found.root)  # which finishes what was interrupted
    else:
        found.settle()
    return found


def _act_rows(found: "History", most: int) -> "Iterator[tuple[datetime, str]]":
    from parentguide.infra.history_order import in_force

    acts = list(found.acts())
    counts = in_force(acts)
    for act in acts[:most]:
        undone = "" if act.name in counts else ", undone"
        yield act.when, f"{act.number:>5}  {act.moment}  {_described(act)}{undone}"


def _described(act: "Act") -> str:
    count = "1 file" if len(act.files) == 1 else f"{len(act.files)} files"
    by = f" by {act.who}" if act.who else ""
    how = f" ({act.how})" if act.how else ""
    return f"{act.what}{by}: {count}{how}"


def _commit_rows(root: Path, most: int) -> "Iterator[tuple[datetime, str]]":
    from parentguide.project.git_history import commits

    for commit in commits(root, most):
        local = commit.when.astimezone()
        count = "1 file" if len(commit.files) == 1 else f"{len(commit.files)} files"
        yield (
            commit.when,
            f"  git {commit.short}  {local.day} {local:%B %Y, %H:%M}  {commit.subject}"
            f" by {commit.author}: {count}",
        )


@history.command("show")
@click.argument("which", metavar="NUMBER|COMMIT")
@click.argument("file", required=False, default="")
@project_option
@click.pass_obj
def show(outer: Path | None, which: str, file: str, project_root: Path | None) -> None:
    """Show what an act changed: lines with + were there before the act, lines with - are there now.

    For a commit, lines with + are those of the commit. FILE: only this file.
    """
    from parentguide.project.put_back import difference, is_ledger

    found = _history(project_root or outer)
    act = _act(found, which)
    if act is not None:
        echo(f"{act.number}, {act.moment}: {_described(act)}")
    for change in act.files if act else ():
        if is_ledger(change.path) and file in ("", change.path):
            echo(f"{change.path}: records were added; “parentguide review history” lists them")
    for path, earlier in _versions(found, which, "" if is_ledger(file) else file).items():
        shown = difference(found, path, earlier)
        state = "as it is now" if shown.same else "" if shown.before_exists else "did not exist"
        state = state or ("was there, is not there now" if not shown.now_exists else "different now")
        echo(f"{path}: {state}")
        for line in shown.lines:
            echo(f"  {line}")
    next_step(f"“parentguide history put-back {which}” puts the earlier files back.")


def _act(found: "History", which: str) -> "Act | None":
    """The act with this number; None for a commit's id."""
    numbers = {str(act.number): act for act in found.acts()}
    return numbers.get(which.lstrip("0"))


def _versions(found: "History", which: str, file: str) -> Mapping[str, bytes | None]:
    """The earlier files of an act, or those of a commit."""
    from parentguide.project.git_history import versions_in
    from parentguide.project.put_back import earlier_versions, is_ledger

    act = _act(found, which)
    name = file.replace("\\", "/").removeprefix("./")
    if act is not None:
        return earlier_versions(found, act, name)
    return {path: data for path, data in versions_in(found.root, which, name).items() if not is_ledger(path)}


@history.command("undo")
@_role_option
@project_option
@click.pass_obj
def undo(outer: Path | None, role: str, project_root: Path | None) -> None:
    """Undo the last act. It can be redone.

    Words are put back as they were. Approvals and other records are withdrawn, and the ledger keeps both:
    say with --role who withdraws them. Refuses if somebody has changed a file since.
    """
    from parentguide.infra.history_order import undo_target

    found = _history(project_root or outer)
    _reverse(found, undo_target(found.acts()), role, "Nothing is left to undo.")


@history.command("redo")
@_role_option
@project_option
@click.pass_obj
def redo(outer: Path | None, role: str, project_root: Path | None) -> None:
    """Make the act again that was undone last, unless something was changed since."""
    from parentguide.infra.history_order import redo_target

    found = _history(project_root or outer)
    _reverse(found, redo_target(found.acts()), role, "Nothing is left to redo.")


def _reverse(found: "History", act: "Act | None", role: str, nothing: str) -> None:
    from parentguide.review.undo import reverse

    if act is None:
        echo(nothing)
        return
    for path in reverse(found, act, _reviewer(role)):
        echo(f"{found.root / path}: put back")
    done = "Redone" if act.reverses else "Undone"
    echo(f"{done}: {act.what.removeprefix('Undo: ')} ({act.moment})")
    next_step("“parentguide build” makes the guides with these words.")


def _reviewer(role: str) -> "Reviewer | None":
    from parentguide.cli.reviewer_options import ReviewerOptions

    return ReviewerOptions("checked", role, "", False, None).reviewer() if role else None


@history.command("put-back")
@click.argument("which", metavar="NUMBER|COMMIT")
@click.argument("file", required=False, default="")
@project_option
@click.pass_obj
def put_back(outer: Path | None, which: str, file: str, project_root: Path | None) -> None:
    """Put back the files as they were before an act, or as they were in a commit of git.

    FILE: only this file. The present versions stay in the history, so this can be undone. A guide's
    catalogs are brought up to date, and keep what was translated since. Ledgers are never put back.
    """
    from parentguide.project.put_back import put_back as put_versions_back

    found = _history(project_root or outer)
    act = _act(found, which)
    what = f"before {act.moment} (act {act.number})" if act else f"of commit {which[:10]}"
    for path in put_versions_back(found, _versions(found, which, file), f"Put back the version {what}"):
        echo(f"{found.root / path}: put back")
    next_step("“parentguide build” makes the guides with these words.")


@history.command("forget")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@project_option
@click.pass_obj
def forget(outer: Path | None, name: str, yes: bool, project_root: Path | None) -> None:
    """Remove a person's name from the history, for example when they ask for it.

    NAME is compared letter for letter. The project's files as they are now are not changed; those that
    have the name are listed.
    """
    from parentguide.project.forget_name import forget_name

    found = _history(project_root or outer)
    if not yes and not confirm(f"Remove “{name}” from all earlier versions? This cannot be undone."):
        echo("Nothing was changed.")
        return
    count, named = forget_name(found, name)
    echo(f"Removed from {count} {'act' if count == 1 else 'acts'} of the history.")
    for path in named:
        echo(f"{found.root / path}: has the name now")
    if any(path.endswith(".ledger.jsonl") for path in named):
        echo(
            "A ledger keeps the names that reviewers agreed to have public. “parentguide review withdraw”"
            " takes an approval back, so that families no longer see the name; the ledger keeps both records."
        )
    echo("Commits of git and copies of the folder elsewhere are not changed.")
    next_step("look for the name in those too.")
