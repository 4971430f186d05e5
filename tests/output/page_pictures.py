"""Pictures of built pages on a phone: contact sheets by language, and pages whose words are boxes.

    python -m tests.output.page_pictures output --contact contact --boxes boxes

A page whose words are boxes shows what its look says to a reader who cannot read it.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.conftest import FLAGS, need
from tests.output.browsing import add_style
from tests.output.pictures import contact_sheet, use_project_fonts

PHONE: ViewportSize = {"width": 375, "height": 667}
BOXED = ("en", "ur", "ta", "zh-Hans")
# Pictures on a contact sheet, how many stand side by side, and the size of each in pixels.
FIRST = (14, 7, (280, 490))
WHOLE = (7, 7, (280, 5300))
# Each word becomes an element with its colour as ground. The elements have a name of their own, because rules
# of the page speak of “span”; around the words of a node stands another, as flex boxes need.
BOX = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const own = node.parentElement;
    if (!node.data.trim() || own.closest('script, style, svg')) continue;
    const colour = getComputedStyle(own).color, around = document.createElement('x-words');
    for (const part of node.data.split(/(\\s+)/)) {
      if (!part.trim()) { around.append(part); continue; }
      const word = document.createElement('x-word');
      word.textContent = part;
      word.style.background = `linear-gradient(${colour}, ${colour}) center / 100% .7em no-repeat`;
      around.append(word);
    }
    node.replaceWith(around);
  }
}"""
BOX_STYLE = """x-word {color: transparent !important; border-radius: .15em}
a, bdi {text-decoration-color: transparent !important}
ol.pictures li::before {color: transparent !important;
  background: linear-gradient(var(--brand), var(--brand)) center / 100% .7em no-repeat}"""


def make_boxes(page: Page) -> None:
    """Replace the visible words and numbers of the page by boxes of their size."""
    page.evaluate(BOX)
    add_style(page, BOX_STYLE)


def pages_of(output: Path) -> list[Path]:
    """The pages of guides in a built folder, in the order of their languages' tags."""
    return sorted(output.glob("*/*/index.html"))


def boxes(page: Page, paths: Sequence[Path], folder: Path) -> None:
    """The first screen and the whole page of each language of ``BOXED``, with boxes for words."""
    for path in paths:
        tag = path.parent.name
        if tag not in BOXED:
            continue
        page.goto(path.as_uri())
        make_boxes(page)
        page.screenshot(path=folder / f"{tag}-first.png")
        page.screenshot(path=folder / f"{tag}-whole.png", full_page=True)


def contact(page: Page, paths: Sequence[Path], folder: Path) -> None:
    """Contact sheets of first screens and of whole pages."""
    with tempfile.TemporaryDirectory() as work:
        for name, (count, columns, cell), whole in (("first", FIRST, False), ("whole", WHOLE, True)):
            made = []
            for path in paths:
                page.goto(path.as_uri())
                (Path(work) / name).mkdir(exist_ok=True)
                made.append(Path(work) / name / f"{path.parent.name}.png")
                page.screenshot(path=made[-1], full_page=whole)
            for number, at in enumerate(range(0, len(made), count), start=1):
                contact_sheet(made[at : at + count], folder / f"{name}-{number}.png", columns, cell)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.output.page_pictures", description=__doc__)
    parser.add_argument("output", type=Path, help="a folder with built guides")
    parser.add_argument("--contact", type=Path, help="write contact sheets of all languages to this folder")
    parser.add_argument("--boxes", type=Path, help="write pages whose words are boxes to this folder")
    parser.add_argument("--dark", action="store_true", help="with the colours for dark screens")
    given = parser.parse_args()
    paths = pages_of(given.output)
    if not paths:
        parser.error(f"{given.output}: no pages of guides are here. Build them first: make guides")
    with tempfile.TemporaryDirectory() as fonts:
        use_project_fonts(Path(fonts))
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=need("chromium"), args=FLAGS)
            page = browser.new_page(
                viewport=PHONE, device_scale_factor=2, color_scheme="dark" if given.dark else "light"
            )
            for make, folder in ((contact, given.contact), (boxes, given.boxes)):
                if folder is not None:
                    folder.mkdir(parents=True, exist_ok=True)
                    make(page, paths, folder)
            browser.close()


if __name__ == "__main__":
    main()
