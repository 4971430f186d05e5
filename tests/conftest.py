"""What all tests share: the shipped project, and one whole build of it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from parentguide.build import Request, build_guides
from parentguide.project import Project


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads what an earlier run remembered of its builds, or leaves something behind."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


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


FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # A busy machine is no error.
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=need("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone of 320 px."""
    opened = browser.new_page(viewport={"width": 320, "height": 800})
    yield opened
    opened.close()
