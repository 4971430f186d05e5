"""What a page does: leaving it, listening to it, its policy, its size, its accessibility tree."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from parentguide.build.api import BuildRequest, build_guides, plan
from parentguide.model.guide import Heading, Segment
from parentguide.model.output import Edition
from parentguide.model.school import Logo, School
from parentguide.model.walk import extract
from parentguide.project.project import Project
from parentguide.render.web.look import EXIT_ADDRESS
from tests.test_pages import EDITIONS, address

PROJECT = Project()
pytestmark = pytest.mark.browser
MOST_BYTES = 60_000
# A browser with the voices that the test names; it “speaks” each utterance at once.
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
    return next(e for e in plan(PROJECT, BuildRequest()).editions if e.language.tag == tag)


def shown(edition: Edition) -> list[Segment]:
    """The segments of a page; the English one has the definition once, not as a translation too."""
    return [
        s for s in extract(edition.guide.blocks) if not (edition.language.is_source and "definition-" in s.id)
    ]


def with_voices(page: Page, voices: list[dict[str, Any]]) -> None:
    import json

    page.add_init_script(f"({VOICES})({json.dumps(voices)})")


def voice(lang: str, local: bool = True) -> dict[str, Any]:
    return {"lang": lang, "localService": local, "name": lang}


@pytest.fixture
def offline(browser: Browser) -> Iterator[BrowserContext]:
    """A phone on which the exit's page is an empty one of the test's own."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.route(
        re.compile("^https?:"),
        lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"),
    )
    yield context
    context.close()


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_is_small_and_whole(output: Path, edition: Edition) -> None:
    path = output / edition.guide.slug / edition.language.tag / "index.html"
    assert path.stat().st_size <= MOST_BYTES
    text = path.read_text("utf-8")
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//(?!www\.)""", text), "relative links only"


def test_a_page_with_a_large_logo_is_still_small(tmp_path: Path) -> None:
    import io
    from random import Random

    from PIL import Image

    from parentguide.schools.school_file import parse_school

    noise = Image.frombytes("RGB", (220, 220), Random(1).randbytes(220 * 220 * 3))  # noqa: S311 - a picture, no secret
    buffer = io.BytesIO()
    noise.save(buffer, "PNG")
    school = parse_school('name = "X"\nlogo = "l.png"', Path("school.toml"), lambda _: buffer.getvalue())
    assert isinstance(school.logo, Logo)
    build_guides(PROJECT, BuildRequest(("pa-Guru",), ("web",), school), tmp_path / "o")
    assert (tmp_path / "o/cse/pa-Guru/index.html").stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_policy_allows_our_own_style_and_script_and_nothing_else(
    page: Page, output: Path, edition: Edition
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address(output, edition))
    assert page.evaluate("getComputedStyle(document.querySelector('.bar')).position") == "fixed"
    assert page.locator(".exit-key").is_visible(), "the script has run"
    assert said == []
    page.evaluate("""() => { const s = document.createElement('script'); s.textContent = 'window.evil = 1';
        document.body.append(s); const i = new Image(); i.src = 'https://example.org/x.png'; }""")
    page.wait_for_timeout(50)
    assert page.evaluate("window.evil") is None
    assert len(said) >= 2
    assert all("Content Security Policy" in text for text in said)


def test_exit_replaces_the_page(offline: BrowserContext, output: Path) -> None:
    page = offline.new_page()
    page.goto("about:blank")
    page.goto(address(output, first("ur")))
    page.locator(".exit").click()
    page.wait_for_url(EXIT_ADDRESS)
    page.go_back()
    assert page.url == "about:blank"


def test_exit_by_keyboard(offline: BrowserContext, output: Path) -> None:
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


@pytest.mark.parametrize("edition", EDITIONS)
def test_without_javascript_nothing_is_missing(browser: Browser, output: Path, edition: Edition) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    context.route(re.compile("^https?:"), lambda route: route.fulfill(body="", content_type="text/html"))
    page = context.new_page()
    page.goto(address(output, edition))
    for segment in shown(edition):
        assert page.locator(f"[id='{segment.id}']").is_visible(), segment.id
    assert page.locator(".listen").is_hidden()
    assert page.locator(".exit-key").is_hidden()
    page.locator(".exit").click()
    page.wait_for_url(EXIT_ADDRESS)
    context.close()


def test_listen_reads_block_by_block_and_stops(browser: Browser, output: Path) -> None:
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
    for segment in extract(edition.guide.blocks):
        words = re.split(r"\*\*|\{\w+\}|\s", segment.text)
        assert all(part in heard for part in words), segment.id
    assert {lang for lang, _ in spoken} == {"pl_PL", "en-GB"}
    assert [text for lang, text in spoken if lang == "en-GB"] == [
        "I speak Polish.",
        "I need an interpreter, please.",
    ]
    page.close()


def test_listen_can_be_stopped(browser: Browser, output: Path) -> None:
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
def test_listen_is_offered_only_with_a_voice_of_the_device(
    browser: Browser, output: Path, tag: str, voices: list[Any], offered: bool
) -> None:
    page = browser.new_page()
    with_voices(page, voices)
    page.goto(address(output, first(tag)))
    assert page.locator(".listen").is_visible() is offered
    page.close()


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_has_the_focus_is_never_behind_the_bar(page: Page, output: Path, edition: Edition) -> None:
    """WCAG 2.4.12, Focus Not Obscured (Enhanced)."""
    page.goto(address(output, edition))
    count = page.locator("a:visible, button:visible").count()
    for _ in range(count):
        page.keyboard.press("Tab")
        hidden = page.evaluate("""() => {
            const at = document.activeElement, bar = document.querySelector('.bar');
            if (bar.contains(at) || at.className === 'skip') return false;
            return at.getBoundingClientRect().bottom > bar.getBoundingClientRect().top; }""")
        assert not hidden, page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("edition", EDITIONS)
def test_at_400_per_cent_the_bar_does_not_cover_the_words(
    browser: Browser, output: Path, edition: Edition
) -> None:
    """A window of 1280 by 1024 at 400 % is 320 by 256 (WCAG 1.4.10, Reflow)."""
    page = browser.new_page(viewport={"width": 320, "height": 256})
    page.goto(address(output, edition))
    assert page.evaluate("getComputedStyle(document.querySelector('.bar')).position") == "static"
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.close()


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_accessibility_tree(page: Page, output: Path, edition: Edition) -> None:
    """Landmarks, names and headings as a screen reader meets them, in order."""
    page.goto(address(output, edition))
    tree = page.locator("body").aria_snapshot()
    roles = re.findall(r"^- (\w+)", tree, re.MULTILINE)
    assert roles[:4] == ["link", "banner", "main", "contentinfo"], roles
    assert "- img" not in tree, "the pictures say nothing that the words do not"
    headings = page.eval_on_selector_all("h1,h2,h3", "list => list.map(h => h.textContent.trim())")
    named = re.findall(r'heading "(.*)" \[level', tree)
    assert [re.sub(r"\s+", " ", h) for h in headings] == [n.replace('\\"', '"') for n in named]
    assert re.search(r'navigation "[^"]+"', tree)
    assert re.search(r'region "[^"]+"', tree), "the downloads"


@pytest.mark.parametrize("mode", ["forced-colors", "print", "reduced-motion", "css-off"])
def test_other_ways_to_look_at_it(browser: Browser, output: Path, mode: str) -> None:
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
    if mode == "css-off":
        page.evaluate("document.querySelector('style').remove()")
    if mode == "forced-colors":
        assert page.evaluate("getComputedStyle(document.querySelector('.callout')).borderTopStyle") == "solid"
    for segment in shown(edition):
        assert page.locator(f"[id='{segment.id}']").is_visible(), (mode, segment.id)
    context.close()


def test_alternates_and_the_way_to_all_languages(page: Page, output: Path) -> None:
    for edition in plan(PROJECT, BuildRequest()).editions:
        page.goto(address(output, edition))
        rows = page.eval_on_selector_all(
            "link[rel=alternate]", "list => list.map(l => [l.hreflang, l.getAttribute('href')])"
        )
        wanted = [[v.lang, f"../{tag}/index.html"] for tag, v in PROJECT.languages.items()]
        assert rows == [*wanted, ["x-default", "../../index.html"]]
        first_link = page.locator("nav a").first
        assert first_link.get_attribute("href") == f"../../index.html#{edition.guide.slug}"
        assert "Other languages" in first_link.inner_text()


def test_the_gateway_is_sorted_and_says_each_language_in_its_own(page: Page, output: Path) -> None:
    page.goto((output / "index.html").as_uri())
    rows = page.eval_on_selector_all(
        ".languages a",
        """list => list.map(a => { const own = a.querySelector('.own'), english = a.querySelector('.english');
            return [own.textContent, own.lang, own.dir, english ? english.textContent : 'English']; })""",
    )
    english = [row[3] for row in rows]
    assert english[0] == "English"
    assert english[1:] == sorted(english[1:])
    assert {(r[0], r[1], r[2]) for r in rows} == {
        (v.own_name, v.lang, v.direction) for v in PROJECT.languages.values()
    }


def test_the_school_name_is_on_every_page(tmp_path: Path) -> None:
    build_guides(PROJECT, BuildRequest(("en", "ti"), ("web",), School("St Mary’s & All")), tmp_path / "o")
    for name in ("index.html", "cse/en/index.html", "cse/ti/index.html"):
        assert "St Mary’s &amp; All" in (tmp_path / "o" / name).read_text("utf-8")


def test_every_script_has_a_font_stack_and_a_line_height() -> None:
    """Latin and Cyrillic are in every system's own font; each other script names its fonts."""
    style = (PROJECT.templates / "web" / "style.css").read_text("utf-8")
    import tomllib

    scripts = tomllib.loads((PROJECT.locales / "scripts.toml").read_text("utf-8"))
    for script in {language.script for language in PROJECT.languages.values()} | set(scripts):
        if script in ("Latn", "Cyrl"):
            continue
        rule = re.search(rf"\.script-{script}\{{font-family:([^;]+);line-height:([\d.]+)\}}", style)
        assert rule is not None, script
        assert rule[1].count(",") >= 3, "a font for each of the large systems"
        assert rule[1].endswith("sans-serif")
        assert float(rule[2]) >= 1.75
    assert not re.search(r"(?:margin|padding|border|inset)-(?:left|right)|(?<!-)\b(?:left|right):", style)
