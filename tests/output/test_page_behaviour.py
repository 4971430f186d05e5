"""What a page does: leaving it, listening to it, and being whole in whatever way it is looked at."""

import io
import json
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from parentguide.build.api import BuildRequest, build_guides
from parentguide.model.guide import Heading, Quotation
from parentguide.model.output import Edition
from parentguide.model.school import Logo, School
from parentguide.model.walk import blocks_in
from parentguide.project.project import Project
from parentguide.render.web.look import EXIT_ADDRESS
from parentguide.schools.school_file import parse_school
from tests.languages import EDITIONS, editions, shown_segments
from tests.output.browsing import address, unseen

PROJECT = Project()
pytestmark = pytest.mark.browser
MOST_BYTES = 60_000
# The height of a line in type sizes, where a script needs another one than most.
LEAST_LINES = {"Arab": 1.75, "Hans": 1.65, "Hant": 1.65}
# Scripts whose lines may be closer on a phone. Tamil reaches over 1.18 type sizes, Bengali over 1.28, so that
# lines 1.5 apart leave as much free between them as Bengali's 1.6.
LEAST_ON_A_PHONE = {"Taml": 1.5}
# Phones of today, and the smallest that is still used.
PHONES = ((375, 667), (320, 568))
# The most screens of the larger phone that a page may be long with its folded parts closed.
MOST_SCREENS = {"en": 6.0}
MOST_SCREENS_OPEN = 14
# The bar has halves. On the smallest phone one long word may need more.
MOST_WIDER = 12
# The height of the bar; the distances of the first 999 and of the school's number to the bar, which are below
# zero where it hides them; whether the words of a button are cut off; and how much wider one button is than
# the other.
FIRST_SCREEN = """() => {
  const bar = document.querySelector('.bar').getBoundingClientRect();
  const above = link => link ? bar.top - link.getBoundingClientRect().bottom : 0;
  const widths = [...document.querySelectorAll('.bar a')].map(a => Math.round(a.offsetWidth));
  return [bar.height, above(document.querySelector('main a[href="tel:999"]')),
    above(document.querySelector('.school-call a')),
    [...document.querySelectorAll('.bar a')].some(
      a => a.scrollWidth > a.clientWidth || a.scrollHeight > a.clientHeight),
    Math.max(...widths) - Math.min(...widths)];
}"""
# The least distance of a button with 999 to the words around it, in CSS pixels.
CLEAR = 8
# For each button with 999, the least distances to words above, below and beside it. The full stop of its
# sentence is not seen.
AROUND_999 = """() => [...document.querySelectorAll('.band + .contacts a[href="tel:999"]')].map(link => {
  const button = link.getBoundingClientRect(), range = document.createRange();
  const walker = document.createTreeWalker(document.querySelector('#guide'), NodeFilter.SHOW_TEXT);
  let above = Infinity, below = Infinity, beside = Infinity;
  while (walker.nextNode()) {
    const node = walker.currentNode, seen = node.parentElement;
    if (!node.data.trim() || link.contains(node) || getComputedStyle(seen).opacity === '0'
        || !seen.checkVisibility()) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const level = box.top < button.bottom && box.bottom > button.top;
      if (level) beside = Math.min(beside, Math.max(button.left - box.right, box.left - button.right));
      else if (box.right < button.left || box.left > button.right) continue;
      else if (box.bottom <= button.top) above = Math.min(above, button.top - box.bottom);
      else below = Math.min(below, box.top - button.bottom);
    }
  }
  return [above, below, beside];
})"""
# For each link to a number or an address in a box of the guide: its address, whether what belongs to it, such
# as a full stop, is in its line, and its height. Then the lines that begin with a mark that ends something.
IN_LINE = """() => {
  const rows = [...document.querySelectorAll('#guide .callout .way')].map(way => {
    const link = way.querySelector('a').getBoundingClientRect(), range = document.createRange();
    range.selectNodeContents(way);
    const apart = [...range.getClientRects()].some(box => box.top >= link.bottom || box.bottom <= link.top);
    return [way.querySelector('a').getAttribute('href'), apart, link.height];
  });
  const torn = [], walker = document.createTreeWalker(document.querySelector('#guide'), NodeFilter.SHOW_TEXT);
  const top = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + 1);
    const box = range.getBoundingClientRect();
    return box.height ? box : null;
  };
  let last = null, block = null;
  while (walker.nextNode()) {
    const node = walker.currentNode, own = node.parentElement.closest('p, li, h1, h2, h3, dd, dt, summary');
    for (let i = 0; i < node.data.length; i++) {
      const box = node.data[i].trim() ? top(node, i) : null;
      if (!box) continue;
      if (last && block === own && /[.,;:!?\u060c\u061b\u06d4\u0964\u1362\u3002\uff0c]/.test(node.data[i])
          && box.top >= last.bottom) torn.push(node.data.slice(Math.max(0, i - 20), i + 20));
      last = box; block = own;
    }
  }
  return [rows, torn];
}"""
# The least height of what a finger presses, in CSS pixels (WCAG 2.2, 2.5.5).
TAP = 44
# A browser with the voices that the test names. Each utterance lasts until the test calls “finish”.
VOICES = """voices => {
  window.spoken = [];
  window.finish = null;
  class Utterance { constructor(text) { this.text = text; } }
  window.SpeechSynthesisUtterance = Utterance;
  Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: () => voices, cancel() { window.finish = null; }, addEventListener() {},
    speak(said) { window.spoken.push([said.lang, said.text]); window.finish = () => said.onend(); },
  }});
}"""


def first(tag: str) -> Edition:
    """The edition of the first guide in a language."""
    return editions()[PROJECT.slugs[0], tag]


def shown(edition: Edition) -> list[str]:
    """The ids of a page's segments; the English one has the definition once, not as a translation too."""
    return [segment.id for segment in shown_segments(edition)]


def official_words(edition: Edition) -> list[str]:
    """The ids of the translation of the official words, which the page folds away."""
    quotations = [block for block in blocks_in(edition.guide.blocks) if isinstance(block, Quotation)]
    helps = [part.id for block in quotations for part in block.help]
    return [name for name in shown(edition) if name in helps]


def unfold(page: Page) -> None:
    """Open what the page folds away, as a reader does."""
    for summary in page.locator("summary").all():
        summary.click()


def with_voices(page: Page, voices: list[dict[str, Any]]) -> None:
    page.add_init_script(f"({VOICES})({json.dumps(voices)})")


def voice(lang: str, local: bool = True) -> dict[str, Any]:
    return {"lang": lang, "localService": local, "name": lang}


def answer_with_an_empty_page(context: BrowserContext) -> None:
    """Let no request leave the machine: every page of the web is an empty one of the test's own."""
    context.route(
        re.compile("^https?:"),
        lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"),
    )


@pytest.fixture
def offline(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that reaches no other page."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    answer_with_an_empty_page(context)
    yield context
    context.close()


@pytest.fixture(scope="module")
def scriptless(browser: Browser) -> Iterator[BrowserContext]:
    """A phone on which no script of a page runs."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    answer_with_an_empty_page(context)
    yield context
    context.close()


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_page_is_small_and_has_relative_links_only(output: Path, edition: Edition) -> None:
    path = output / edition.guide.slug / edition.language.tag / "index.html"
    assert path.stat().st_size <= MOST_BYTES
    text = path.read_text("utf-8")
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//(?!www\.)""", text)


def test_page_with_a_large_logo_is_still_small(tmp_path: Path) -> None:
    noise = Image.frombytes("RGB", (220, 220), Random(1).randbytes(220 * 220 * 3))  # noqa: S311 - a picture, no secret
    buffer = io.BytesIO()
    noise.save(buffer, "PNG")
    school = parse_school('name = "X"\nlogo = "l.png"', Path("school.toml"), lambda _: buffer.getvalue())
    assert isinstance(school.logo, Logo)
    build_guides(PROJECT, BuildRequest(("pa-Guru",), ("web",), school), tmp_path / "o")
    assert (tmp_path / "o/cse/pa-Guru/index.html").stat().st_size <= MOST_BYTES


def test_exit_link_replaces_the_page(offline: BrowserContext, output: Path) -> None:
    page = offline.new_page()
    page.goto("about:blank")
    page.goto(address(output, first("ur")))
    page.locator(".exit").click()
    page.wait_for_url(EXIT_ADDRESS)
    page.go_back()
    assert page.url == "about:blank"


def test_exit_works_by_keyboard(offline: BrowserContext, output: Path) -> None:
    page = offline.new_page()
    page.goto(address(output, first("pl")))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.url.startswith("file:")
    page.keyboard.press("Escape")
    page.wait_for_url(EXIT_ADDRESS)
    page.goto(address(output, first("pl")))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "exit"
    page.keyboard.press("Enter")
    page.wait_for_url(EXIT_ADDRESS)


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_nothing_is_missing_without_javascript(
    scriptless: BrowserContext, output: Path, edition: Edition
) -> None:
    page = scriptless.new_page()
    page.goto(address(output, edition))
    assert unseen(page, shown(edition)) == official_words(edition), "nothing else may be folded"
    unfold(page)
    assert unseen(page, shown(edition)) == []
    assert page.locator(".listen").is_hidden()
    assert page.locator(".copy").is_hidden()
    assert page.locator(".exit-key").is_hidden()
    page.locator(".exit").click()
    page.wait_for_url(EXIT_ADDRESS)
    page.close()


def test_listen_button_reads_block_by_block_and_stops(browser: Browser, output: Path) -> None:
    edition = first("pl")
    page = browser.new_page()
    with_voices(page, [voice("en-GB"), voice("pl_PL")])
    page.goto(address(output, edition))
    button = page.locator(".listen")
    assert button.is_visible()
    start = button.inner_text()
    button.click()
    assert button.inner_text() != start
    title = edition.guide.blocks[0]
    assert isinstance(title, Heading)
    assert page.locator(".reading").inner_text() == title.segment.text
    for _ in range(400):
        if not page.evaluate("window.finish ? (window.finish(), true) : false"):
            break
        assert page.locator(".reading").count() <= 1
    assert page.locator(".reading").count() == 0
    assert button.inner_text() == start
    spoken = page.evaluate("window.spoken")
    said = " ".join(text for _, text in spoken)
    heard = re.sub(r"\s", "", said)
    for segment in shown_segments(edition):
        words = re.split(r"\*\*|\{\w+\}|\s", segment.text)
        assert all(part in heard for part in words), segment.id
    assert {lang for lang, _ in spoken} == {"pl_PL", "en-GB"}
    assert [text for lang, text in spoken if lang == "en-GB"] == [
        "I speak Polish.",
        "I need an interpreter, please.",
    ]
    page.close()


def test_listen_button_stops_the_reading(browser: Browser, output: Path) -> None:
    page = browser.new_page()
    with_voices(page, [voice("pl-PL")])
    page.goto(address(output, first("pl")))
    page.locator(".listen").click()
    page.evaluate("window.finish()")
    page.locator(".listen").click()
    assert page.locator(".reading").count() == 0
    assert page.evaluate("window.finish") is None
    page.close()


@pytest.mark.parametrize(
    ("tag", "voices", "offered"),
    [
        ("pl", [], False),
        ("pl", [voice("en-GB")], False),
        ("pl", [voice("pl-PL", local=False)], False),
        ("zh-Hans", [voice("zh-CN")], True),
        ("zh-Hans", [voice("zh-HK")], False),
        ("pa-Guru", [voice("pa-IN")], True),
    ],
)
def test_listen_button_needs_a_voice_on_the_device(
    browser: Browser, output: Path, tag: str, voices: list[Any], offered: bool
) -> None:
    page = browser.new_page()
    with_voices(page, voices)
    page.goto(address(output, first(tag)))
    assert page.locator(".listen").is_visible() is offered
    page.close()


def check_first_screen(page: Page) -> None:
    """999 and the school's number are seen at once, above a bar of one row, on every phone."""
    for width, height in PHONES:
        page.set_viewport_size({"width": width, "height": height})
        bar, emergency, school, cut_off, wider = page.evaluate(FIRST_SCREEN)
        assert bar <= 56
        assert emergency >= 0
        assert school >= 0
        assert not cut_off
        assert wider <= (MOST_WIDER if width < 375 else 1)


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_the_first_screen_has_999_and_a_page_is_short(page: Page, output: Path, edition: Edition) -> None:
    page.goto(address(output, edition))
    check_first_screen(page)
    width, height = PHONES[0]
    page.set_viewport_size({"width": width, "height": height})
    tag = edition.language.tag
    assert page.evaluate("document.documentElement.scrollHeight") / height <= MOST_SCREENS.get(tag, 9)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollHeight") / height <= MOST_SCREENS_OPEN


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_a_number_is_a_row_for_a_finger_and_keeps_its_full_stop(
    page: Page, output: Path, edition: Edition
) -> None:
    page.goto(address(output, edition))
    for width, height in (*PHONES, (1000, 900)):
        page.set_viewport_size({"width": width, "height": height})
        rows, torn = page.evaluate(IN_LINE)
        assert [href for href, _, _ in rows][:2] == ["tel:999", "tel:999"]
        assert [row for row in rows if row[1] or row[2] < TAP] == []
        assert torn == []
    sizes = page.eval_on_selector_all('a[href="tel:999"]', "list => list.map(a => a.offsetWidth)")
    assert len({*sizes[:2]}) == 1, "both are buttons of one size"


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_999_stands_clear_of_the_words_around_it(page: Page, output: Path, edition: Edition) -> None:
    page.goto(address(output, edition))
    for width, height in (*PHONES, (1000, 900)):
        page.set_viewport_size({"width": width, "height": height})
        distances = page.evaluate(AROUND_999)
        assert len(distances) == 2
        assert min(map(min, distances)) >= CLEAR, (width, distances)


def test_every_way_to_a_school_is_a_row_for_a_finger(page: Page, tmp_path: Path) -> None:
    """On the side where the reader begins."""
    school = parse_school(
        'name = "X"\nwebsite = "www.x.sch.uk"\n[[team]]\nname = "A"\nrole = "Lead"\nphone = "01462 000 000"\n'
        'email = "a-long-name@a-school.example.sch.uk"\n[[local_contacts]]\nname = "Council"\n'
        'phone = "0300 123 4043"\nwebsite = "www.example.gov.uk/a-page/of-it"',
        Path("school.toml"),
        lambda _: b"",
    )
    build_guides(PROJECT, BuildRequest(("en", "ur"), ("web",), school), tmp_path / "o")
    for tag in ("en", "ur"):
        page.goto((tmp_path / "o" / PROJECT.slugs[0] / tag / "index.html").as_uri())
        page.set_viewport_size({"width": 320, "height": 568})
        boxes = [box.bounding_box() for box in page.locator(".person a, .school-call a").all()]
        assert len(boxes) == 6
        assert all(box and box["height"] >= TAP for box in boxes)
        tops = [box["y"] for box in boxes[1:] if box]
        assert all(after - before >= TAP for before, after in pairwise(tops)), "no row covers another"
    names = "list => list.map(e => getComputedStyle(e).textAlign)"
    assert set(page.eval_on_selector_all('.person [dir="ltr"]:is(dt, dd)', names)) == {"right"}


def test_the_first_screen_has_999_beside_a_schools_details_too(page: Page, tmp_path: Path) -> None:
    """In the languages with the longest titles."""
    school = parse_school(
        'name = "St Mary’s Church of England Primary School"\n[[team]]\nname = "A"\nphone = "01462 000 000"',
        Path("school.toml"),
        lambda _: b"",
    )
    tags = ("en", "ml", "ta", "ur", "so")
    build_guides(PROJECT, BuildRequest(tags, ("web",), school), tmp_path / "o")
    for tag in tags:
        page.goto((tmp_path / "o" / PROJECT.slugs[0] / tag / "index.html").as_uri())
        check_first_screen(page)


def test_the_printed_page_is_open_and_then_as_before(page: Page, output: Path) -> None:
    page.goto(address(output, first("pl")))
    opened = "document.querySelectorAll('main details[open]').length"
    every = page.locator("main details").count()
    page.locator(".status summary").click()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(opened) == every > 1
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(opened) == 1


def test_a_link_to_a_folded_part_opens_it(page: Page, output: Path) -> None:
    page.goto(address(output, first("pl")))
    page.locator("nav summary").click()
    page.locator('nav a[href="#download"]').click()
    page.locator(".downloads ul").wait_for(state="visible")


def test_the_address_can_be_copied_where_the_browser_allows_it(browser: Browser, output: Path) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    edition = first("pl")
    page.goto(address(output, edition) + "#call")
    page.locator(".copy").click()
    page.get_by_text(edition.interface["share.copied"]).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address(output, edition)
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(address(output, edition))
    assert page.locator(".copy").is_hidden()
    context.close()


@pytest.mark.parametrize("mode", ["forced-colors", "print", "reduced-motion", "css-off"])
def test_nothing_is_missing_in_other_media(browser: Browser, output: Path, mode: str) -> None:
    edition = first("ar")
    context = browser.new_context(
        viewport={"width": 320, "height": 800},
        forced_colors="active" if mode == "forced-colors" else "none",
        reduced_motion="reduce" if mode == "reduced-motion" else "no-preference",
    )
    page = context.new_page()
    page.goto(address(output, edition))
    if mode == "print":
        page.emulate_media(media="print")
        assert page.locator(".bar").is_hidden()
        assert page.locator("nav").is_hidden()
        style = "getComputedStyle(document.querySelector('main a[href=\"tel:999\"]'))"
        assert page.evaluate(f"{style}.backgroundColor") == "rgba(0, 0, 0, 0)", "browsers print no grounds"
        assert page.evaluate(f"{style}.borderTopStyle") == "solid"
    if mode == "css-off":
        page.evaluate("document.querySelector('style').remove()")
    if mode != "print":
        unfold(page)
    if mode == "forced-colors":
        assert page.evaluate("getComputedStyle(document.querySelector('.callout')).borderTopStyle") == "solid"
    assert unseen(page, shown(edition)) == []
    context.close()


def test_school_name_is_on_every_page(tmp_path: Path) -> None:
    build_guides(PROJECT, BuildRequest(("en", "ti"), ("web",), School("St Mary’s & All")), tmp_path / "o")
    for name in ("index.html", "cse/en/index.html", "cse/ti/index.html"):
        assert "St Mary’s &amp; All" in (tmp_path / "o" / name).read_text("utf-8")


def test_every_script_has_a_font_stack_and_a_line_height() -> None:
    """Every system's own font has Latin and Cyrillic; for each other script the style names fonts."""
    style = (PROJECT.templates / "web" / "style.css").read_text("utf-8")
    scripts = tomllib.loads((PROJECT.locales / "scripts.toml").read_text("utf-8"))
    for script in {language.script for language in PROJECT.complete_languages.values()} | set(scripts):
        if script in ("Latn", "Cyrl"):
            continue
        rule = re.search(rf"\.script-{script}\{{font-family:([^;]+);line-height:([\d.]+)\}}", style)
        assert rule is not None, script
        assert rule[1].count(",") >= 3, "a font for each of the large systems"
        assert rule[1].endswith("sans-serif")
        assert float(rule[2]) >= LEAST_LINES.get(script, 1.6), script
    narrow = dict(re.findall(r"(?m)^body\.script-(\w+)\{[^}]*line-height:([\d.]+)", style))
    assert narrow.keys() <= LEAST_ON_A_PHONE.keys()
    assert all(float(height) >= LEAST_ON_A_PHONE[script] for script, height in narrow.items())
    assert float(re.findall(r":lang\(pnb\)\)\{font-family[^}]*line-height:([\d.]+)", style)[0]) >= 2.2, (
        "nastaliq"
    )
    for line in re.findall(r"(?m)^\.script-.*", style):
        assert len({*re.findall(r"\.script-(\w+)", line)}) == 1, "pages in other scripts go without the line"
    assert not re.search(r"(?:margin|padding|border|inset)-(?:left|right)|(?<!-)\b(?:left|right):", style)
