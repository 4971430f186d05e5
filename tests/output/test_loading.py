"""Nothing moves while a page arrives piece by piece. ``make bench`` measures how long a slow phone takes."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from parentguide.model.output import Edition
from tests.languages import EDITIONS
from tests.output.loading import served, visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_nothing_moves_while_a_page_loads(browser: Browser, output: Path, edition: Edition) -> None:
    with served(output, slowly=True) as address:
        page = f"{address}/{edition.guide.slug}/{edition.language.tag}/index.html"
        loaded = visit(browser, page, slow=False)
    assert loaded.largest > 0, "something was painted"
    assert (loaded.moved, loaded.waiting) == (0, 0)


def test_nothing_moves_while_the_gateway_loads(browser: Browser, output: Path) -> None:
    with served(output, slowly=True) as address:
        loaded = visit(browser, f"{address}/index.html", slow=False)
    assert (loaded.moved, loaded.waiting) == (0, 0)


def test_a_page_that_moves_is_found(browser: Browser, tmp_path: Path) -> None:
    late = (
        "setTimeout(() => { const block = document.createElement('div'); block.innerHTML = '<br>'.repeat(9);"
        " document.body.prepend(block); }, 50)"
    )
    html = f"<!DOCTYPE html><p>{'words ' * 200}</p><script>{late}</script>"
    (tmp_path / "a.html").write_text(html, "utf-8")
    with served(tmp_path) as address:
        assert visit(browser, f"{address}/a.html").moved > 0


def test_words_that_move_with_their_second_line_are_found(browser: Browser, tmp_path: Path) -> None:
    words = f"<p style='display:flex;height:200rem;align-items:center'><span>{'words ' * 1300}</span>"
    # Browsers read about 1,000 bytes before they paint anything.
    (tmp_path / "a.html").write_text(f"<!DOCTYPE html><style>{' ' * 2000}</style><body>{words}", "utf-8")
    with served(tmp_path, slowly=True) as address:
        assert visit(browser, f"{address}/a.html", slow=False).moved > 0
