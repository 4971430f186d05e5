"""A project at an earlier revision."""

import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

from parentguide.errors import ProjectError
from parentguide.project import git_revision
from parentguide.project.git_revision import project_at_revision
from parentguide.project.project import Project


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@school.example"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repository(small: Path) -> Path:
    git(small, "init", "-q")
    git(small, "add", ".")
    git(small, "commit", "-qm", "first")
    return small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "unpacked"
    made.mkdir()
    return made


def test_the_files_of_the_revision_are_read(repository: Path, folder: Path) -> None:
    path = repository / "locales" / "en" / "cse" / "guide.md"
    before = path.read_bytes()
    path.write_bytes(before + b"\nmore")
    earlier = project_at_revision(Project(repository), "HEAD", folder)
    assert earlier.guide_source("cse").path.read_bytes() == before
    assert earlier.templates == folder / "templates"


def test_a_revision_without_templates_uses_those_of_the_program(repository: Path, folder: Path) -> None:
    git(repository, "rm", "-rq", "templates")
    git(repository, "commit", "-qm", "no templates")
    earlier = project_at_revision(Project(repository), "HEAD", folder)
    assert not earlier.templates.is_relative_to(folder)


@pytest.mark.parametrize("revision", ["nowhere", "--help", ""])
def test_a_revision_that_does_not_exist(repository: Path, folder: Path, revision: str) -> None:
    with pytest.raises(ProjectError, match="does not know this revision") as caught:
        project_at_revision(Project(repository), revision, folder)
    assert "branch, tag or commit" in caught.value.remedy


def test_a_revision_without_the_project(repository: Path, folder: Path) -> None:
    git(repository, "mv", "locales", "words")
    git(repository, "commit", "-qm", "moved")
    git(repository, "mv", "words", "locales")
    with pytest.raises(ProjectError, match="there was no folder “locales” at “HEAD”"):
        project_at_revision(Project(repository), "HEAD", folder)


def test_a_folder_outside_a_repository(small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(small.parent))
    with pytest.raises(ProjectError, match="not a git repository"):
        project_at_revision(Project(small), "HEAD", folder)


def test_without_git(small: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_revision, "which", lambda _: None)
    with pytest.raises(ProjectError, match="git is not installed"):
        project_at_revision(Project(small), "HEAD", folder)


def test_files_that_must_not_be_unpacked(
    repository: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise tarfile.OutsideDestinationError(tarfile.TarInfo("../evil"), "/evil")

    monkeypatch.setattr(tarfile.TarFile, "extractall", refuse)
    with pytest.raises(ProjectError, match="cannot be unpacked"):
        project_at_revision(Project(repository), "HEAD", folder)
