"""The commits that changed a project's words, and its files as they were in a commit. Git is only read."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

from parentguide.errors import ProjectError

_WHERE = ("locales", "school.toml")
_FIELDS = "%x01%H%x00%ct%x00%an%x00%s"
_LONGEST = 20  # seconds


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: its id, moment in UTC, author and subject, and the files of ours that it changed."""

    id: str
    when: datetime
    author: str
    subject: str
    files: tuple[str, ...]

    @property
    def short(self) -> str:
        return self.id[:10]


def commits(root: Path, most: int) -> tuple[Commit, ...]:
    """The newest ``most`` commits that changed the project in ``root``; none without git or a repository."""
    answer = _git(root, "log", f"-n{most}", f"--format={_FIELDS}", "--name-only", "--relative", "--", *_WHERE)
    if answer is None:
        return ()
    return tuple(_commit(part) for part in answer.decode("utf-8", "replace").split("\x01")[1:])


def _commit(part: str) -> Commit:
    head, *names = part.split("\n")
    digest, seconds, author, subject = (*head.split("\0"), "", "", "")[:4]
    when = datetime.fromtimestamp(int(seconds or 0), UTC)
    return Commit(digest, when, author, subject, tuple(name for name in names if name))


def versions_in(root: Path, commit: str, only: str = "") -> Mapping[str, bytes | None]:
    """The files of ours that a commit changed, as they were in it, or ``only`` one file.

    Raises :class:`ProjectError` for a commit that does not exist or has no such file.
    """
    # Without --end-of-options, git would read a name such as “--help” as an option.
    digest = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}")
    if digest is None:
        raise ProjectError(
            f"there is no act and no commit “{commit}”",
            path=root,
            remedy="“parentguide history” lists the acts by number, and git's commits by id.",
        )
    name = digest.decode("ascii").strip()
    paths = [only] if only else _changed_files(root, name)
    found = {path: _git(root, "show", f"{name}:./{path}") for path in paths}
    if only and found[only] is None:
        raise ProjectError(f"commit {name[:10]} has no file “{only}”", path=root, remedy="Check the name.")
    if not found:
        raise ProjectError(
            f"commit {name[:10]} did not change this project", path=root, remedy="Name a file as well."
        )
    return found


def _changed_files(root: Path, commit: str) -> list[str]:
    arguments = ("show", "--format=", "--name-only", "--relative", "-z", commit, "--", *_WHERE)
    return [name for name in (_git(root, *arguments) or b"").decode("utf-8", "replace").split("\0") if name]


def _git(root: Path, *arguments: str) -> bytes | None:
    """What a git command prints in the folder ``root``; None if it fails or there is no git."""
    git = which("git")
    if git is None:
        return None
    # Neither a refreshed index nor a program that the repository's settings name.
    safe = ("--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
    try:
        done = subprocess.run(  # noqa: S603
            [git, *safe, *arguments], cwd=root, capture_output=True, check=True, timeout=_LONGEST
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout
