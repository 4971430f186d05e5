"""The project as it was at an earlier revision of its git repository, to compare with."""

import io
import subprocess
import tarfile
from pathlib import Path
from shutil import which

from parentguide.errors import ProjectError
from parentguide.project.project import Project

_FOLDERS = ("locales", "templates")


def project_at_revision(project: Project, revision: str, folder: Path) -> Project:
    """The project at ``revision`` (a branch, tag or commit), unpacked into ``folder``.

    Raises :class:`ProjectError` where there is no git, no repository or no such revision.
    """
    # An option in place of a revision would be an option of git's.
    commit = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    named = commit.decode("ascii").strip()
    there = _git(project, "ls-tree", "--name-only", named).decode("utf-8").split()
    wanted = [name for name in _FOLDERS if name in there]
    if "locales" not in wanted:
        raise _refused(project, f"there was no folder “locales” at “{revision}”")
    archive = _git(project, "archive", "--format=tar", named, *wanted)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return Project(folder)


def _git(project: Project, *arguments: str) -> bytes:
    git = which("git")
    if git is None:
        raise _refused(project, "git is not installed")
    try:
        done = subprocess.run([git, *arguments], cwd=project.root, capture_output=True, check=True)  # noqa: S603
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _refused(project, said[0] if said else "git does not know this revision") from None
    return done.stdout


def _refused(project: Project, problem: str) -> ProjectError:
    return ProjectError(
        problem,
        path=project.root,
        remedy="Give --changed a branch, tag or commit of the repository that the project is in.",
    )
