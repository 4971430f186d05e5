"""What several groups of commands share: the project, and the names of arguments."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from parentguide.project.project import Project


class WrittenPath(click.Path):
    """A file or folder to write. An empty name would be the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            self.fail("The name is empty. Write a name, such as output.", param, ctx)
        return super().convert(value, param, ctx)


project_option = click.option(
    "--project",
    "project_root",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Folder with your own locales/ (and templates/). Default: those that come with parentguide.",
)


def editable(root: Path | None) -> "Project":
    """The project to write to. Raises :class:`ProjectError` for the content inside the installed program."""
    from parentguide.errors import ProjectError
    from parentguide.project.project import Project

    project = Project(root)
    if project.is_installed_copy:
        raise ProjectError(
            "the guides inside the installed program are not to be edited",
            path=project.root,
            remedy="Give --project a folder of your own with locales/ in it (see CONTRIBUTING).",
        )
    return project
