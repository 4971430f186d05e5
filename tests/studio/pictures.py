"""``make studio-pictures``: the pictures of docs/STUDIO.md, made by doing what it describes.

Make them again when the look has changed; no test compares them with the templates.
"""

import os
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from parentguide.project.project import Project
from tests.conftest import FLAGS
from tests.output.pictures import use_project_fonts
from tests.studio.app import LONGEST, copy_words, opened, serving, settings_for

FOLDER = Path("docs/studio")
NAMES = ("school", "languages", "preview", "ready", "check", "piece", "conflict", "newsletter", "write")
_COLOURS = 64
_TALLEST = 1400


def take(page: Page, name: str) -> None:
    """A picture of the page from its top, small enough to lie in the repository."""
    page.wait_for_load_state("load")
    for frame in page.frames:
        frame.wait_for_load_state("load")
    page.wait_for_function("document.fonts.ready.then(() => [...document.images].every(i => i.complete))")
    path = FOLDER / f"{name}.png"
    # In a window as high as the picture: else what stays at the foot of the window is in the middle.
    before = page.viewport_size
    assert before is not None
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({**before, "height": max(before["height"], min(height, _TALLEST))})
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=path)
    page.set_viewport_size(before)
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path)


def make_guides(page: Page, base: str) -> None:
    page.goto(f"{base}/school")
    page.get_by_label("The school's name").fill("Example School")
    page.locator("#team-1-name").fill("A. Teacher")
    page.locator("#team-1-role").fill("Designated Safeguarding Lead")
    page.locator("#team-1-phone").fill("01462 000000")
    expect(page.frame_locator("#look").locator("body")).to_contain_text("01462 000 000")
    take(page, "school")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/languages")
    for tag in ("pl", "ur", "so"):
        page.locator(f"#language-{tag}").check()
    expect(page.locator("#count")).to_contain_text("Saved")
    take(page, "languages")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/sheets")
    page.goto(f"{base}/make?language=ur&view=handout")
    take(page, "preview")
    page.get_by_role("button", name="Make the guides").click()
    page.get_by_role("heading", name="Your guides are ready").wait_for(timeout=LONGEST)
    take(page, "ready")


def check_translation(page: Page, base: str) -> None:
    page.goto(f"{base}/translations/ur")
    page.get_by_label("What you do").fill("teacher")
    page.get_by_role("button", name="Start checking").click()
    take(page, "check")
    piece = f"{base}/translations/ur/cse/call-danger"
    page.goto(piece)
    text = page.locator("#text").input_value()
    page.locator("#text").fill(text.replace("{police_emergency}", "112"))
    page.locator("#findings .error").first.wait_for()
    take(page, "piece")
    browser = page.context.browser
    assert browser is not None
    # The same person at another browser.
    other = browser.new_context(storage_state=page.context.storage_state()).new_page()
    other.goto(piece)
    other.locator("#text").fill(text.replace("فوری", "ابھی"))
    other.get_by_role("button", name="Save my translation").click()
    other.wait_for_load_state("load")
    other.context.close()
    page.locator("#text").fill(text.replace("فوری", "شدید"))
    page.get_by_role("button", name="Save my translation").click()
    take(page, "conflict")


def write(page: Page, base: str) -> None:
    page.goto(f"{base}/write/new")
    newsletter = Project().guide_source("cse").newsletter_path.read_text("utf-8")
    page.get_by_label("Or paste the text").fill(newsletter)
    page.get_by_role("button", name="Read the letter or newsletter").click()
    page.locator("#piece-2 summary").click()
    # The bar with “Undo” is at the bottom of the window: there it hides no text of the picture.
    page.set_viewport_size({"width": 1100, "height": _TALLEST})
    take(page, "newsletter")
    page.set_viewport_size({"width": 1100, "height": 800})
    page.goto(f"{base}/write/cse?card=signs")
    page.wait_for_load_state("networkidle")
    take(page, "write")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = copy_words(Path(folder) / "work", tuple(Project().languages))
        use_project_fonts(Path(folder))
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        with serving(settings_for(work)) as studio, sync_playwright() as play:
            browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            page = opened(browser, studio, 1100)
            make_guides(page, studio.address)
            check_translation(page, studio.address)
            write(page, studio.address)
            browser.close()


if __name__ == "__main__":
    main()
