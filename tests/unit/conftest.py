"""A small project for unit tests: the shipped guide in English, Polish and Urdu."""

import shutil
from pathlib import Path

import pytest

from parentguide.project.project import Project
from tests.copies import copy_project


@pytest.fixture(scope="session")
def shipped_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that each test copies; nobody writes to it."""
    root = tmp_path_factory.mktemp("shipped") / "project"
    copy_project(root, "pl", "ur")
    return root


@pytest.fixture
def small(shipped_copy: Path, tmp_path: Path) -> Path:
    """The folder of a small project; a test may write to it."""
    return Path(shutil.copytree(shipped_copy, tmp_path / "small"))


@pytest.fixture
def small_project(small: Path) -> Project:
    return Project(small)
