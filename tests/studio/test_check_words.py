"""What a checker reads and presses for a whole guide: counted on the page, as a person sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.studio.app import Running, copy_words, serving, settings_for
from tests.studio.test_check import URDU, block, checking

MOST_WORDS = 5_000
MOST_KEYS = 176  # without what is typed
# 101 blocks with ten corrections and three requests: the guide, and the first blocks of the interface.
BLOCKS = 101
SPEED = 200  # words a minute

# Words that are on the screen while nothing is open: a closed “More” shows one word.
VISIBLE = """most => {
    const words = node => node.innerText.trim().split(/\\s+/).filter(Boolean).length;
    const sum = nodes => [...nodes].reduce((total, one) => total + words(one), 0);
    const rows = [...document.querySelectorAll(".block")].slice(0, most);
    const count = selector => rows.reduce((total, row) => total + sum(row.querySelectorAll(selector)), 0);
    const english = count("[id$='-en']"), own = count(".theirs");
    const around = words(document.querySelector("main")) - sum(document.querySelectorAll(".block"));
    return {blocks: rows.length, english, own, rest: sum(rows) - english - own, around};
}"""
CORRECTIONS, REQUESTS = 10, 3


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    work = copy_words(tmp_path / "work", ("en", "ur"))
    with serving(settings_for(work)) as running:
        yield running


def total(count: dict[str, int]) -> int:
    return sum(value for key, value in count.items() if key != "blocks")


def counted(page: Page, most: int) -> dict[str, int]:
    found: dict[str, int] = page.evaluate(VISIBLE, most)
    return found


@pytest.mark.browser
def test_a_whole_guide_is_read_in_an_evening(browser: Browser, served: Running) -> None:
    page = checking(browser, served)
    expect(page.locator("#progress")).to_contain_text("of 60 blocks")
    guide = counted(page, BLOCKS)
    # What one correction and one request show and take, with the keyboard alone.
    row = block(page, "lead")
    page.locator("#block-cse-lead .pair").focus()
    page.keyboard.press("Enter")
    expect(row.get_by_role("textbox", name="The translation")).to_be_focused()
    correction = total(counted(page, BLOCKS)) - total(guide)
    page.keyboard.press("Escape")
    page.locator("#block-cse-lead .pair").focus()
    keys = 0
    for target in (".more > summary", ".ask > summary"):
        while not row.locator(target).evaluate("one => one === document.activeElement"):
            page.keyboard.press("Tab")
            keys += 1
            assert keys < 9
        page.keyboard.press("Enter")
        keys += 1
    expect(row.get_by_label("What is wrong?")).to_be_focused()
    request = total(counted(page, BLOCKS)) - total(guide)
    page.goto(f"{served.address}{URDU}?part=interface")
    expect(page.locator("#progress")).to_contain_text("blocks are correct")
    interface = counted(page, BLOCKS - guide["blocks"])
    both = {key: guide[key] + interface[key] for key in guide}
    opened = CORRECTIONS * correction + REQUESTS * request
    words = total(both) + opened
    # Ctrl and Enter for each block; Enter before it to correct, and the way to the question to ask.
    presses = BLOCKS + CORRECTIONS + REQUESTS * keys
    print(f"{both}, {opened} opened: {words} words, {words / SPEED:.1f} minutes; {presses} keys")
    assert both["blocks"] == BLOCKS
    assert words < MOST_WORDS
    assert presses <= MOST_KEYS
    page.context.close()
