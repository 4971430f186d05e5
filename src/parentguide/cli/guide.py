"""``parentguide guide``: take a sentence of a guide down, and put it back."""

from pathlib import Path

import click

from parentguide.cli.common import editable, project_option
from parentguide.cli.terminal import echo


@click.group()
def guide() -> None:
    """Work on one guide."""


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
    echo("Now run “parentguide build”, and put the new files on your website.")


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
