"""The pages in Debian's Chromium: accessible, readable anywhere, numbers in order."""

import json
import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page

from parentguide.build.api import BuildRequest, plan
from parentguide.model.output import Edition
from parentguide.project.project import Project
from parentguide.render.web.component_page import component_page, read_components
from tests.conftest import need
from tests.golden import without_sizes

PROJECT = Project()
EDITIONS = [
    pytest.param(e, id=f"{e.guide.slug}-{e.language.tag}") for e in plan(PROJECT, BuildRequest()).editions
]
TRANSLATED = [parameter for parameter in EDITIONS if not parameter.id.endswith("-en")]  # type: ignore[union-attr]


def one_of_each_script(editions: Iterable[Any]) -> list[Any]:
    """The first edition of each script, for what is long and the same in every language of it."""
    return list({p.values[0].language.script: p for p in reversed([*editions])}.values())


TOOLS = Path(__file__).parent / "tools" / "node_modules"
ALL_RULES = """axe.run(document, {rules: Object.fromEntries(
    axe.getRules().map(rule => [rule.ruleId, {enabled: true}]))})"""
NU = "vnu-jar/build/dist/vnu.jar"
# In it: the languages whose words it knows, a tag and a name a line.
NU_LANGUAGES = "nu/validator/localentities/files/language-profiles-list.txt"
SPACING = """* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}
p {margin-bottom: 2em !important}"""
# A style sheet that the page's policy does not stop, as a reader's own style would not be.
ADD_STYLE = """text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);
  document.adoptedStyleSheets = [sheet]; }"""
# For each phone link: its address, and its characters sorted by where they were drawn.
DRAWN = """() => [...document.querySelectorAll('a[href^="tel:"]')].map(link => {
  const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT), places = [];
  while (walker.nextNode()) for (let i = 0; i < walker.currentNode.length; i++) {
    const range = document.createRange();
    range.setStart(walker.currentNode, i); range.setEnd(walker.currentNode, i + 1);
    places.push([range.getBoundingClientRect().left, walker.currentNode.data[i]]);
  }
  return [link.getAttribute('href'), places.sort((a, b) => a[0] - b[0]).map(p => p[1]).join('')];
})"""

pytestmark = pytest.mark.browser


def tool(relative: str) -> Path:
    """A file of an npm package. Skips where it is missing; in CI that is a failure."""
    path = TOOLS / relative
    if path.exists():
        return path
    if os.environ.get("CI"):
        pytest.fail(f"{relative} is not installed, and in CI nothing skips")
    pytest.skip(f"{relative} is not installed: run make test with npm")


def host_page(fragment: str) -> str:
    """A page of a school's website with the fragment pasted into it."""
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>News</title></head>'
        f"<body><main><h1>News</h1>{fragment}</main></body></html>"
    )


def address(output: Path, edition: Edition) -> str:
    return (output / edition.guide.slug / edition.language.tag / "index.html").as_uri()


def violations(page: Page) -> list[Any]:
    page.evaluate(tool("axe-core/axe.min.js").read_text("utf-8"))
    found = page.evaluate(ALL_RULES)["violations"]
    return [(v["id"], v["nodes"][0]["html"]) for v in found]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_with_every_rule_on(
    browser: Browser, output: Path, edition: Edition, scheme: Any, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(address(output, edition))
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_axe_leaves_to_a_person_is_written_down(page: Page, output: Path, edition: Edition) -> None:
    written = (PROJECT.root / "docs" / "ACCESSIBILITY.md").read_text("utf-8")
    page.goto(address(output, edition))
    page.evaluate(tool("axe-core/axe.min.js").read_text("utf-8"))
    for rule in page.evaluate(ALL_RULES)["incomplete"]:
        assert f"| {rule['id']} |" in written


@pytest.mark.parametrize("name", ["index.html", "README-FIRST.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_for_all(
    browser: Browser, output: Path, name: str, scheme: Any
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800}, color_scheme=scheme)
    page.goto((output / name).as_uri())
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("edition", one_of_each_script(TRANSLATED))
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_the_school_s_check_page_is_accessible_and_not_linked(
    browser: Browser, output: Path, edition: Edition, width: int, scheme: Any
) -> None:
    folder = output / edition.guide.slug / edition.language.tag
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto((folder / "check.html").as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator('meta[name="robots"]').get_attribute("content") == "noindex"
    assert page.locator(".message").count() == len(edition.messages)
    for index in (0, len(edition.messages) - 1):
        shown = page.locator(".message").nth(index).locator("dd").all_inner_texts()
        message = edition.messages[index]
        back = message.back or "Nobody has translated this text back into English yet."
        back += f" (By {message.back_origin}.)" if message.back_origin else ""
        assert shown[:4] == [message.english, message.translation, back, "draft"]
    page.close()
    assert "check.html" not in (folder / "index.html").read_text("utf-8")


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_a_fragment_on_a_light_or_dark_page(
    page: Page, output: Path, edition: Edition, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    folder = output / edition.guide.slug / edition.language.tag
    fragment = (folder / "fragment.html").read_text("utf-8")
    for ground in ("white;color:black", "black;color:white"):
        hosted = host_page(fragment).replace("<body>", f'<body style="background:{ground}">')
        page.set_content(hosted)
        assert violations(page) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_fragment_is_one_element_with_nothing_that_an_editor_strips(
    page: Page, output: Path, edition: Edition
) -> None:
    folder = output / edition.guide.slug / edition.language.tag
    page.set_content(host_page((folder / "fragment.html").read_text("utf-8")))
    assert page.locator("main > section").count() == 1
    section = page.locator("section")
    assert section.get_attribute("lang") == edition.language.lang
    assert section.get_attribute("dir") == edition.language.direction
    assert section.get_attribute("translate") == "no"
    assert section.locator("script, style, link, img, svg, [id], [class], [onclick]").count() == 0
    assert page.locator("main h1").count() == 1, "the page's own"


def test_every_component_has_examples_and_axe_finds_nothing_in_them(browser: Browser, tmp_path: Path) -> None:
    named = {c["name"] for c in read_components(PROJECT.templates / "web" / "components.toml")}
    blocks = (PROJECT.templates / "web" / "blocks.html").read_text("utf-8")
    parts = (PROJECT.templates / "web" / "parts.html").read_text("utf-8")
    drawn = set(re.findall(r'if kind == "(\w+)"', blocks)) | set(re.findall(r"macro (\w+)\(", parts))
    assert named == drawn - {"stated"}, "“stated” only hands its words to “status” and the fragment"
    path = tmp_path / "components.html"
    path.write_bytes(component_page(PROJECT.templates, plan(PROJECT, BuildRequest()).editions))
    schemes: tuple[Any, ...] = ("light", "dark")
    for scheme in schemes:
        page = browser.new_page(viewport={"width": 320, "height": 800}, color_scheme=scheme)
        page.goto(path.as_uri())
        assert violations(page) == []
        page.close()


def nu_says(pages: Iterable[Path]) -> list[str]:
    """What the Nu checker says of pages.

    It guesses what language a page is in, and takes one that it does not know for another, so it
    is not asked to guess of those.
    """
    with ZipFile(tool(NU)) as jar:
        lines = jar.read(NU_LANGUAGES).decode("utf-8").splitlines()
    known = {re.split(r"[-\t]", line, maxsplit=1)[0] for line in lines}
    guessed: list[str] = []
    others: list[str] = []
    for page in pages:
        lang = re.search(r'<html lang="([a-z]+)', page.read_text("utf-8"))
        assert lang is not None, page
        (guessed if lang[1] in known else others).append(str(page))
    return [*_nu(guessed), *_nu(others, "--no-langdetect")]


def _nu(pages: Sequence[str], *options: str) -> list[str]:
    if not pages:
        return []
    done = subprocess.run(
        [need("java"), "-jar", str(tool(NU)), "--format", "json", *options, *pages],
        capture_output=True,
        text=True,
        check=False,
    )
    return [f"{message['url']}: {message['message']}" for message in json.loads(done.stderr)["messages"]]


def test_nu_finds_nothing(output: Path, tmp_path: Path) -> None:
    pages = [path for path in sorted(output.rglob("*.html")) if path.name != "fragment.html"]
    for number, fragment in enumerate(sorted(output.rglob("fragment.html"))):
        pages.append(tmp_path / f"{number}.html")
        pages[-1].write_text(host_page(fragment.read_text("utf-8")), "utf-8")
    pages.append(tmp_path / "components.html")
    pages[-1].write_bytes(component_page(PROJECT.templates, plan(PROJECT, BuildRequest()).editions))
    assert nu_says(pages) == []


def test_nu_would_find_a_style_that_the_policy_stops(output: Path, tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    text = (output / "index.html").read_text("utf-8")
    page.write_text(text.replace("<style>", "<style>p{color:red}", 1), "utf-8")
    (found,) = nu_says([page])
    assert "Inline style violates Content Security Policy" in found


@pytest.mark.parametrize("edition", EDITIONS)
def test_phones_are_in_order_by_eye(page: Page, output: Path, edition: Edition) -> None:
    page.goto(address(output, edition))
    drawn = page.evaluate(DRAWN)
    phones = {c.value.href: c.value.shown for c in PROJECT.contacts if c.value.kind == "phone"}
    assert {href: text.replace("\u00a0", " ") for href, text in drawn} == phones


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_sideways_scrolling_and_nothing_loaded(page: Page, output: Path, edition: Edition) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address(output, edition))
    assert asked == [address(output, edition)]
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
    page.evaluate(ADD_STYLE, SPACING)
    assert not page.evaluate(wide), "with the text spacing of WCAG 1.4.12"


@pytest.mark.parametrize("edition", EDITIONS)
def test_language_direction_headings_and_definition(page: Page, output: Path, edition: Edition) -> None:
    page.goto(address(output, edition))
    html = page.locator("html")
    assert html.get_attribute("lang") == edition.language.lang
    assert html.get_attribute("dir") == edition.language.direction
    levels = page.eval_on_selector_all("h1,h2,h3,h4", "list => list.map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    definition = PROJECT.guide_source(edition.guide.slug).definition
    assert definition is not None
    quoted = page.eval_on_selector_all(".official p", "list => list.map(p => p.textContent)")
    assert tuple(quoted) == definition.paragraphs
    if not edition.language.is_source:
        assert page.locator('[lang="en"]:not([dir="ltr"])').count() == 0
        assert page.locator(".help").count() == 1


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_keyboard_reaches_the_guide_first(page: Page, output: Path, edition: Edition) -> None:
    page.goto(address(output, edition))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "guide"


def test_every_link_leads_somewhere(page: Page, output: Path) -> None:
    names = {}
    for html in sorted(output.rglob("*.html")):
        page.goto(html.as_uri())
        rows = page.eval_on_selector_all(
            "a[href], link[href]", "list => list.map(a => [a.getAttribute('href'), a.textContent])"
        )
        for href, text in rows:
            names[href] = text
            if not href.startswith(("tel:", "https:", "#")):
                assert (html.parent / href.partition("#")[0]).is_file(), (html, href)
    for language in PROJECT.languages.values():
        assert any(language.own_name in text for text in names.values())


GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.html")), ids=lambda path: path.stem)
def test_golden_pages(output: Path, path: Path) -> None:
    """Four pages as they were looked at and accepted. ``make golden`` accepts new ones."""
    slug, tag = path.stem.split("-", 1)
    page = (output / slug / tag / "index.html").read_text("utf-8")
    assert without_sizes(page) == path.read_text("utf-8")


def test_there_are_golden_pages() -> None:
    assert {path.stem for path in GOLDEN.glob("*.html")} >= {"cse-en", "cse-ar", "cse-bn", "cse-zh-Hans"}
