"""``parentguide doctor``: whether the installation and the project are sound."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from parentguide.cli.common import project_option
from parentguide.cli.terminal import confirm, echo, next_step

if TYPE_CHECKING:
    from parentguide.build.doctor import Finding

_SOMETHING_WRONG = 1


@click.command()
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="The folder of finished guides to look at.",
)
@click.option("--repair", is_flag=True, help="Repair what can be repaired. Asks before each repair.")
@click.option("--yes", is_flag=True, help="With --repair: do not ask.")
@project_option
def doctor(out: Path, repair: bool, yes: bool, project_root: Path | None) -> None:
    """Say whether the installation, folders, catalogs, ledgers and the history are sound.

    One line for each subject, with “fine”, or what is wrong and what to do. Without --project, it looks at
    this folder if it has guides. Exit code 1 if something is wrong and was not repaired.
    """
    from parentguide.build.doctor import better, examine
    from parentguide.project.project import default_root

    root = (project_root or (Path() if Path("locales").is_dir() else default_root())).resolve()
    wrong = 0
    for subject in examine(root, out.resolve()):
        echo(f"{subject.name} ({subject.what}): {_state(len(subject.findings))}")
        for finding in subject.findings:
            echo(f"  {finding.problem}\n    What to do: {finding.remedy}")
            wrong += not (repair and _repaired(finding, yes=yes))
    for sentence in better(root):
        echo(f"Better: {sentence} Run “parentguide fonts add FILE …”.")
    if wrong:
        next_step("do what is said above, then run “parentguide doctor” again.")
        raise SystemExit(_SOMETHING_WRONG)
    next_step("“parentguide build” makes the guides.")


def _state(count: int) -> str:
    return "fine" if not count else f"{count} {'problem' if count == 1 else 'problems'}"


def _repaired(finding: "Finding", *, yes: bool) -> bool:
    """Whether a finding was repaired now."""
    from parentguide.errors import ParentguideError

    if finding.repair is None or not (yes or confirm("    Repair this?", default=True)):
        return False
    try:
        finding.repair()
    except (ParentguideError, OSError) as error:
        echo(f"    This could not be repaired: {error}")
        return False
    echo("    Repaired.")
    return True
