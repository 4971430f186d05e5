"""What several groups of commands share: the project, and the names of arguments."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.terminal import echo

if TYPE_CHECKING:
    from parentguide.project.project import Project


def list_moved(paths: Sequence[Path]) -> None:
    """Say where files are now that a person had changed or made, and that were in the way."""
    for path in paths:
        echo(f"warning: moved a file that parentguide did not make as it was: {path}", err=True)


project_option = click.option(
    "--project",
    "project_root",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Folder with your own locales/ (and templates/). Default: those that come with parentguide.",
)


def editable(root: Path | None) -> "Project":
    """The project to write to, without what a stopped command left in it.

    Raises :class:`ProjectError` for the content inside the installed program."""
    from parentguide.errors import ProjectError
    from parentguide.infra.leftovers import sweep_tree
    from parentguide.project.project import Project
    from parentguide.project.recorded import history_of

    project = Project(root)
    if project.is_installed_copy:
        raise ProjectError(
            "the guides inside the installed program are not to be edited",
            path=project.root,
            remedy="Give --project a folder of your own with locales/ in it (see CONTRIBUTING).",
        )
    sweep_tree(project.locales)
    history_of(project.root).settle()
    return project
