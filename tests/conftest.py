"""What all tests share: profiles, the shipped project, one whole build of it, and a browser."""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from parentguide.build.api import BuildRequest, build_guides
from parentguide.model.output import Edition
from parentguide.project.project import Project
from tests.profile import PROFILES, choose, profile

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--profile", choices=PROFILES, default=None, help="how much to run: see tests/profile.py"
    )
    parser.addoption(
        "--built", type=Path, default=None, help="a folder with a whole build, to test instead of a new one"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the profile before any module of tests is imported, and one seed for all processes."""
    choose(config.getoption("--profile") or profile())
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(random.SystemRandom().randrange(2**32))


def pytest_report_header(config: pytest.Config) -> str:
    return f"profile: {profile()}; --hypothesis-seed={config.option.hypothesis_seed}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A quick run leaves slow tests out, unless somebody chooses with ``-m``."""
    if profile() != "quick" or config.option.markexpr:
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if not item.get_closest_marker("slow")]


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads what an earlier run remembered of its builds, or leaves something behind."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def project() -> Project:
    return Project()


@pytest.fixture
def edition(request: pytest.FixtureRequest) -> Edition:
    """One guide in one language, for ``parametrize(..., indirect=True)`` with (slug, tag)."""
    from tests.languages import editions

    return editions()[request.param]


@pytest.fixture(scope="session")
def output(
    tmp_path_factory: pytest.TempPathFactory, cache: None, pytestconfig: pytest.Config, worker_id: str
) -> Path:
    """Every language in every edition, built once for all worker processes."""
    given: Path | None = pytestconfig.getoption("--built")
    if given:
        return given.resolve()
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    out = shared / "built" / "output"
    done = out.with_name("done")
    with FileLock(shared / "built.lock"):
        if not done.exists():
            build_guides(Project(), BuildRequest(), out)
            done.touch()
    return out


def need(tool: str) -> str:
    """The path of a program. Skips where it is missing; in CI that is a failure."""
    found = shutil.which(tool)
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{tool} is not installed, and in CI nothing skips")
    pytest.skip(f"{tool} is not installed")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # A busy machine is not an error.
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=need("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One context for all tests that change nothing in it but the page that they open."""
    opened = browser.new_context(viewport={"width": 320, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A phone of 320 px."""
    opened = context.new_page()
    yield opened
    opened.close()
