"""What all tests share: the shipped project, and one whole build of it."""

import os
import shutil
from pathlib import Path

import pytest

from parentguide.build import Request, build_guides
from parentguide.project import Project


@pytest.fixture(scope="session")
def project() -> Project:
    return Project()


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every language in every edition, built once."""
    out = tmp_path_factory.mktemp("built") / "output"
    build_guides(Project(), Request(), out)
    return out


def need(tool: str) -> str:
    """The path of a program. Skips where it is missing; in CI that is a failure."""
    found = shutil.which(tool)
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{tool} is not installed, and in CI nothing skips")
    pytest.skip(f"{tool} is not installed")
