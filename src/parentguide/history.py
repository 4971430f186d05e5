"""The project as it was at an earlier revision of its git repository, to compare with."""

import io
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from shutil import which

from parentguide.checks import Finding, Severity, run_checks
from parentguide.errors import ProjectError
from parentguide.extraction import domains
from parentguide.project import Project
from parentguide.review.states import DRAFT, MessageReview, language_review

_FOLDERS = ("locales", "templates")


def earlier(project: Project, revision: str, folder: Path) -> Project:
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


def new_findings(project: Project, before: Project) -> Iterator[Finding]:
    """The findings that there were not ``before``, and PG580: an approval that no longer counts."""
    known = {_key(finding, before) for finding in run_checks(before)}
    for finding in run_checks(project):
        if _key(finding, project) not in known:
            yield finding
    yield from _outgrown(project, before)


def _key(finding: Finding, project: Project) -> tuple[str, str, str]:
    # Without the line: what stands above a finding may have grown.
    return finding.code, finding.path.resolve().relative_to(project.root).as_posix(), finding.message


def _outgrown(project: Project, before: Project) -> Iterator[Finding]:
    for tag, language in project.languages.items():
        if language.is_source or tag not in before.languages:
            continue
        old = {
            (message.domain, message.context): message.state
            for message in language_review(before, before.languages[tag], domains(before)).messages
        }
        for message in language_review(project, language, domains(project)).messages:
            state = old.get((message.domain, message.context), DRAFT)
            if message.state == DRAFT != state:
                yield _finding(message, state, project, tag)


def _finding(message: MessageReview, state: str, project: Project, tag: str) -> Finding:
    language = project.languages[tag]
    return Finding(
        "PG580",
        Severity.WARNING,
        project.catalog_path(language, message.domain),
        project.catalog(language, message.domain)[message.context].line,
        f"“{message.context}” is no longer {state}: the words are not those that were approved",
        "Have it reviewed again; if only the English wording changed, “parentguide review wording”.",
    )


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
