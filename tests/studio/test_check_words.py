"""What a checker reads and presses for a whole guide: counted on the page, as a person sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.studio.app import Running, copy_words, serving, settings_for
from tests.studio.test_check import URDU, checking

MOST_WORDS = 5_000
# 101 blocks with ten corrections and three requests: the guide, and the first blocks of the interface.
BLOCKS = 101
SPEED = 200  # words a minute

# Words that are on the screen while nothing is open: a closed “More” shows one word.
VISIBLE = """most => {
    const words = node => node.innerText.trim().split(/\\s+/).filter(Boolean).length;
    const rows = [...document.querySelectorAll(".block")].slice(0, most);
    const count = selector => rows.reduce(
        (sum, row) => sum + [...row.querySelectorAll(selector)].reduce((part, one) => part + words(one), 0), 0);
    const around = words(document.querySelector("main"))
        - [...document.querySelectorAll(".block")].reduce((sum, row) => sum + words(row), 0);
    return {blocks: rows.length, english: count("[id$='-en']"), own: count(".theirs"),
        rest: rows.reduce((sum, row) => sum + words(row), 0) - count("[id$='-en']") - count(".theirs"), around};
}"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    work = copy_words(tmp_path / "work", ("en", "ur"))
    with serving(settings_for(work)) as running:
        yield running


def counted(page: Page, most: int) -> dict[str, int]:
    found: dict[str, int] = page.evaluate(VISIBLE, most)
    return found


@pytest.mark.browser
def test_a_whole_guide_is_read_in_an_evening(browser: Browser, served: Running) -> None:
    page = checking(browser, served)
    expect(page.locator("#progress")).to_contain_text("of 60 blocks")
    guide = counted(page, BLOCKS)
    page.goto(f"{served.address}{URDU}?part=interface")
    expect(page.locator("#progress")).to_contain_text("blocks are correct")
    interface = counted(page, BLOCKS - guide["blocks"])
    both = {key: guide[key] + interface[key] for key in guide}
    words = sum(value for key, value in both.items() if key != "blocks")
    print(f"{both}: {words} words, {words / SPEED:.1f} minutes at {SPEED} a minute")
    assert both["blocks"] == BLOCKS
    assert words < MOST_WORDS
    page.context.close()
