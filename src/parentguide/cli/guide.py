"""``parentguide guide``: the guides and their states; take a sentence of a guide down, and put it back."""

from pathlib import Path

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.terminal import confirm, echo, next_step

_NOT_READY = 1


@click.group()
def guide() -> None:
    """List, mark and remove guides, and take unsafe sentences down."""


@guide.command("list")
@project_option
def list_(project_root: Path | None) -> None:
    """List the guides: name, title, state, and how many languages have a whole translation."""
    from parentguide.model.guide_state import GuideState
    from parentguide.model.markup import plain
    from parentguide.project.project import Project
    from parentguide.review.guide_rows import guide_rows

    rows = guide_rows(Project(project_root))
    for row in rows:
        title = plain(row.title) if row.title else "cannot be read"
        echo(f"{row.slug}: {title} ({row.state}; translated: {row.translated} of {row.languages} languages)")
        if row.problem:
            echo(f"    {row.problem}")
    unready = [row.slug for row in rows if row.state is not GuideState.READY]
    if not rows:
        next_step("make a guide: “parentguide new NAME --from FILE”.")
    elif unready:
        next_step(f"when a guide is finished: “parentguide guide ready {unready[0]}”.")
    else:
        next_step("“parentguide build” makes them.")


@guide.command("ready")
@click.argument("slug", metavar="GUIDE")
@project_option
def ready(slug: str, project_root: Path | None) -> None:
    """Mark a guide as ready, so that builds make it.

    Runs the guide's checks first, and refuses with all errors. A translation that is missing is not an
    error here: each language gets the guide when it is translated. Also writes the files for translators.
    """
    from parentguide.checks.readiness import reasons_against
    from parentguide.checks.report import text_lines
    from parentguide.project.guide_acts import mark_ready

    project = editable(project_root)
    reasons = reasons_against(project, slug)
    if reasons:
        for line in text_lines(reasons):
            echo(line)
        count = "1 error" if len(reasons) == 1 else f"{len(reasons)} errors"
        echo(f"The guide “{slug}” is not ready: {count}.")
        next_step(f"fix these, then run “parentguide guide ready {slug}” again.")
        raise SystemExit(_NOT_READY)
    mark_ready(project, slug)
    echo(f"The guide “{slug}” is ready: builds make it.")
    next_step(
        "“parentguide build” makes it in each language that is translated; “parentguide draft” begins others."
    )


@guide.command("unready")
@click.argument("slug", metavar="GUIDE")
@project_option
def unready(slug: str, project_root: Path | None) -> None:
    """Mark a guide as being written, so that builds leave it out. Its translations stay."""
    from parentguide.project.guide_acts import mark_unready

    mark_unready(editable(project_root), slug)
    echo(f"The guide “{slug}” is being written: builds leave it out.")
    next_step(f"“parentguide build” makes the other guides. “parentguide guide ready {slug}” brings it back.")


@guide.command("remove")
@click.argument("slug", metavar="GUIDE")
@click.option("--yes", is_flag=True, help="Do not ask.")
@project_option
def remove(slug: str, yes: bool, project_root: Path | None) -> None:
    """Remove a guide, with its template and its translations. The history keeps a copy.

    Reviewers' records stay in the ledgers: “parentguide history undo” brings the guide back with them.
    """
    from parentguide.project.guide_acts import files_of_guide, remove_guide

    project = editable(project_root)
    paths = files_of_guide(project, slug)
    count = "1 file" if len(paths) == 1 else f"{len(paths)} files"
    if not yes and not confirm(f"Remove the guide “{slug}” and all its translations ({count})?"):
        echo("Nothing was removed.")
        next_step(f"to leave it out of builds only: “parentguide guide unready {slug}”.")
        return
    remove_guide(project, slug)
    echo(f"Removed the guide “{slug}”: {count}. The history keeps a copy.")
    next_step(
        "“parentguide build” takes its pages out of the output; “parentguide history undo” brings it back."
    )


@guide.command("withdraw-block")
@click.argument("slug", metavar="GUIDE")
@click.argument("context", metavar="NAME")
@click.option("--reason", default="", help="Why; it is kept with the date.")
@project_option
def withdraw_block(slug: str, context: str, reason: str, project_root: Path | None) -> None:
    """Take an unsafe sentence down at once, in every language.

    NAME is the sentence's name in guide.md, such as call-danger. The next build leaves the sentence out:
    its present English, and earlier English whose translation some language still shows. A new sentence
    that you write in its place is shown in each language as soon as it is translated.
    """
    from datetime import date

    from parentguide.project.withdraw import withdraw_block as withdraw

    project = editable(project_root)
    for text in withdraw(project, slug, context, reason, date.today()):
        echo(f"Withdrawn: {text}")
    echo(f"{project.withdrawn_path(slug)}: written")
    next_step("run “parentguide build”, and put the new files on your website.")


@guide.command("restore-block")
@click.argument("slug", metavar="GUIDE")
@click.argument("context", metavar="NAME")
@project_option
def restore_block(slug: str, context: str, project_root: Path | None) -> None:
    """Show a withdrawn sentence again."""
    from parentguide.project.withdraw import restore_block as restore

    project = editable(project_root)
    for text in restore(project, slug, context):
        echo(f"Shown again: {text}")
    echo(f"{project.withdrawn_path(slug)}: written")
    next_step("run “parentguide build”, and put the new files on your website.")
