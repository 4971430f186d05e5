"""``parentguide components``: a page for designers."""

from pathlib import Path

import click

from parentguide.cli.common import project_option
from parentguide.cli.terminal import echo, next_step


@click.command()
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("components.html"),
    show_default=True,
    help="The file to write.",
)
@project_option
def components(out: Path, project_root: Path | None) -> None:
    """Show all page components with examples (for designers)."""
    from parentguide.build.api import BuildRequest, plan
    from parentguide.infra.atomic import write_file
    from parentguide.project.project import Project
    from parentguide.render.web.component_page import component_page

    project = Project(project_root)
    write_file(out, component_page(project.templates, plan(project, BuildRequest()).editions))
    echo(f"Open this: {out.resolve()}")
    next_step("compare it with what you expect; then “parentguide build”.")
