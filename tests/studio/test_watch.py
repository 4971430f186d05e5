"""``--watch``: what another program saves is shown at once, without anybody pressing a button."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from parentguide.project.project import default_root
from parentguide.translation import po
from tests.studio.app import copy_words, in_process, opened, serving, settings_for


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A workspace with words and templates of its own."""
    folder = copy_words(tmp_path / "work")
    shutil.copytree(default_root() / "templates", folder / "templates")
    return folder


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
def test_a_saved_file_is_shown_without_a_button(browser: Browser, work: Path) -> None:
    with serving(settings_for(work, watch=True)) as studio:
        page = opened(browser, studio)
        # The first answer tells the page's script which state it shows.
        with page.expect_response("**/changed?since="):
            page.goto(f"{studio.address}/make?language=en")
        frame = page.frame_locator("iframe").locator("body")
        expect(frame).to_contain_text("Who to call")
        change_guide(work, "Changedword")
        expect(frame).to_contain_text("Changedword")
        page.close()


@pytest.mark.parametrize("kind", CHANGES)
def test_each_save_is_reported_and_previewed(work: Path, kind: str) -> None:
    tag, change = CHANGES[kind]
    with in_process(settings_for(work, watch=True)) as studio:
        visitor = studio.visitor().open()
        before = visitor.get(f"/preview/cse/{tag}/page").text
        since = visitor.get("/changed").json()["stamp"]
        change(work, "Changedword")
        assert visitor.get(f"/changed?since={since}").json()["stamp"] != since
        assert "Changedword" not in before
        assert "Changedword" in visitor.get(f"/preview/cse/{tag}/page").text


def test_without_the_option_nothing_watches(tmp_path: Path) -> None:
    with in_process(settings_for(tmp_path)) as studio:
        visitor = studio.visitor().open()
        assert visitor.get("/changed").status_code == 404
        assert "data-watch" not in visitor.get("/make").text
