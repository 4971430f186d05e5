"""``--watch``: what another program saves is shown at once, without anybody pressing a button."""

import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from parentguide.project.project import default_root
from parentguide.studio.settings import Settings
from parentguide.translation import po
from tests.studio import Visitor, running, settings_for
from tests.test_studio_make import opened

# On an idle machine a change is drawn after about 0.05 s (see docs/studio.md); the tests
# share theirs with others.
LONGEST = 3.0


@pytest.fixture
def work(tmp_path: Path) -> Path:
    for name in ("locales", "templates"):
        shutil.copytree(default_root() / name, tmp_path / "work" / name)
    return tmp_path / "work"


@pytest.fixture
def studio(work: Path) -> Iterator[Settings]:
    with running(settings_for(work, watch=True)) as settings:
        yield settings


def change_guide(work: Path, word: str) -> None:
    path = work / "locales" / "en" / "cse" / "guide.md"
    path.write_text(path.read_text("utf-8").replace("Who to call", word), "utf-8")


def change_template(work: Path, word: str) -> None:
    path = work / "templates" / "web" / "page.html"
    path.write_text(path.read_text("utf-8").replace("</main>", f"<p>{word}</p></main>"), "utf-8")


def change_catalog(work: Path, word: str) -> None:
    path = work / "locales" / "pl" / "LC_MESSAGES" / "cse.po"
    path.write_bytes(po.with_translations(path.read_bytes(), {"call": word}, path))


CHANGES = {
    "guide": ("en", change_guide),
    "template": ("en", change_template),
    "catalog": ("pl", change_catalog),
}


@pytest.mark.browser
@pytest.mark.parametrize("kind", CHANGES)
def test_a_saved_file_is_shown_without_a_button(
    browser: Browser, studio: Settings, work: Path, kind: str
) -> None:
    tag, change = CHANGES[kind]
    page = opened(browser, studio)
    page.goto(f"http://127.0.0.1:{studio.port}/preview?language={tag}")
    frame = page.frame_locator("iframe").locator("body")
    expect(frame).to_be_visible()
    time.sleep(0.3)
    change(work, "Changedword")
    expect(frame).to_contain_text("Changedword", timeout=LONGEST * 1000)
    page.close()


@pytest.mark.parametrize("kind", CHANGES)
def test_the_new_page_is_there_in_a_moment(studio: Settings, work: Path, kind: str) -> None:
    tag, change = CHANGES[kind]
    visitor = Visitor(studio).open()
    taken = [seconds(visitor, work, tag, change, f"Word{number}") for number in range(3)]
    print(f"{kind}: {statistics.median(taken) * 1000:.0f} ms from the save to the new page")
    assert statistics.median(taken) < LONGEST


def seconds(visitor: Visitor, work: Path, tag: str, change: Callable[[Path, str], None], word: str) -> float:
    """From the save of a file to the whole new page, as the script of a preview asks for it."""
    visitor.get(f"/preview/cse/{tag}/page")
    since = visitor.get("/changed").json()["stamp"]
    if change is change_guide:
        path = work / "locales" / "en" / "cse" / "guide.md"
        shutil.copyfile(default_root() / "locales" / "en" / "cse" / "guide.md", path)
        since = visitor.get("/changed").json()["stamp"]
    change(work, word)
    began = time.perf_counter()
    assert visitor.get(f"/changed?since={since}").json()["stamp"] != since
    assert word in visitor.get(f"/preview/cse/{tag}/page").text
    return time.perf_counter() - began


def test_without_the_option_nothing_watches(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as settings:
        visitor = Visitor(settings).open()
        assert visitor.get("/changed").status_code == 404
        assert "data-watch" not in visitor.get("/preview").text
