"""A project at an earlier revision of its git repository, to compare the present one with."""

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

    Raises :class:`ProjectError` if git is not installed, the project is not in a repository, or the
    revision does not exist or has no ``locales``.
    """
    # Without --end-of-options, git would read a revision such as “--help” as an option.
    commit = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    digest = commit.decode("ascii").strip()
    present = _git(project, "ls-tree", "-z", "--name-only", digest).decode("utf-8", "replace").split("\0")
    wanted = [name for name in _FOLDERS if name in present]
    if "locales" not in wanted:
        raise _error(project, f"there was no folder “locales” at “{revision}”")
    archive = _git(project, "archive", "--format=tar", digest, *wanted)
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
    except tarfile.TarError as error:
        raise _error(project, f"the files at “{revision}” cannot be unpacked: {error}") from None
    return Project(folder)


def _git(project: Project, *arguments: str) -> bytes:
    """What a git command prints, run in the project's folder."""
    git = which("git")
    if git is None:
        raise _error(project, "git is not installed")
    try:
        done = subprocess.run([git, *arguments], cwd=project.root, capture_output=True, check=True)  # noqa: S603
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _error(project, lines[0] if lines else "git does not know this revision") from None
    return done.stdout


def _error(project: Project, problem: str) -> ProjectError:
    return ProjectError(
        problem,
        path=project.root,
        remedy="Give --changed a branch, tag or commit of the repository that contains the project.",
    )
