"""The built pages and fragments: accessible, readable in any window, with links that lead somewhere."""

import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise, product
from pathlib import Path
from typing import Literal, get_args

import pytest
from playwright.sync_api import Page

from parentguide.model import markup
from parentguide.model.guide import Block
from parentguide.model.labels import STATE_LABELS
from parentguide.model.output import Edition
from parentguide.project.project import Project
from parentguide.render.tokens import read_tokens
from parentguide.render.web.component_page import component_page, read_components
from parentguide.render.web.look import EXIT_ADDRESS, lean
from tests.languages import (
    EACH_SCRIPT_TRANSLATED,
    EDITIONS,
    EVERY,
    LANGUAGES,
    STRUCTURES,
    TRANSLATED,
    editions,
    one_of_each_script,
    shown_segments,
)
from tests.output.axe import findings, violations
from tests.output.browsing import SPACING, add_style, address, folder_of, host_page, scrolls_sideways
from tests.output.markup import Element, elements
from tests.output.nu import nu_findings
from tests.profile import quick

# Other tests import it from here.

PROJECT = Project()
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (320, 1280)
HEIGHT = 800
SCRIPTS = {language.tag for language in one_of_each_script(EVERY)}
STRUCTURE_TAGS = {language.tag for language in STRUCTURES}
# What axe leaves to a person is in this document, a rule a row.
LEFT_TO_A_PERSON = (PROJECT.root / "docs" / "ACCESSIBILITY.md").read_text("utf-8")
# For each phone link: its address, and its characters sorted by where they are drawn.
DRAWN = """() => [...document.querySelectorAll('a[href^="tel:"]')].map(link => {
  const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT), places = [];
  while (walker.nextNode()) for (let i = 0; i < walker.currentNode.length; i++) {
    const range = document.createRange();
    range.setStart(walker.currentNode, i); range.setEnd(walker.currentNode, i + 1);
    places.push([range.getBoundingClientRect().left, walker.currentNode.data[i]]);
  }
  return [link.getAttribute('href'), places.sort((a, b) => a[0] - b[0]).map(p => p[1]).join('')];
})"""
# Opens or closes what a page folds away.
UNFOLD = "open => document.querySelectorAll('details').forEach(part => { part.open = open; })"
# The element with the focus: its number among links and buttons, its class, whether the bar covers it.
FOCUSED = """() => {
  const at = document.activeElement, bar = document.querySelector('.bar');
  const all = [...document.querySelectorAll('a, button, summary')];
  const covered = !bar.contains(at) && at.className !== 'skip'
    && at.getBoundingClientRect().bottom > bar.getBoundingClientRect().top;
  return [all.indexOf(at), at.className, covered];
}"""
# Puts a script and a picture into the page and waits until the policy has stopped both.
STOPPED = """() => new Promise(resolve => {
  const stopped = [];
  document.addEventListener('securitypolicyviolation', event => {
    stopped.push(event.effectiveDirective);
    if (stopped.length === 2) resolve(stopped.sort());
  });
  setTimeout(() => resolve(stopped), 20000);
  const script = document.createElement('script');
  script.textContent = 'window.evil = 1';
  document.body.append(script);
  new Image().src = 'https://example.org/x.png';
})"""

pytestmark = pytest.mark.browser


# One visit to each page. A check leaves the page as it found it; only the last one does not.


def axe_runs(edition: Edition) -> Iterator[tuple[int, Scheme]]:
    """The widths and colour schemes in which axe reads a page.

    What depends on the language is the width of its words, so every language is read in a narrow
    window. Colours depend on the structure of a page only, and there are three structures.
    """
    yield 320, "light"
    if edition.language.tag in SCRIPTS:
        yield 1280, "light"
    if edition.language.tag in STRUCTURE_TAGS:
        yield from ((width, "dark") for width in WIDTHS)


def check_axe(page: Page, width: int, scheme: Scheme) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=scheme)
    for unfolded in (True, False) if page.locator("details").count() else (False,):
        page.evaluate(UNFOLD, unfolded)
        found = findings(page)
        assert found.violations == []
        assert [rule for rule in found.incomplete if f"| {rule} |" not in LEFT_TO_A_PERSON] == []


def check_style_and_script_run(page: Page, edition: Edition) -> None:
    assert page.evaluate("getComputedStyle(document.querySelector('.bar')).position") == "fixed"
    assert page.locator(".exit-key").is_visible(), "the script has run"


def check_nothing_is_stored(page: Page, edition: Edition) -> None:
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]


def check_phone_numbers_are_drawn_in_order(page: Page, edition: Edition) -> None:
    drawn = page.evaluate(DRAWN)
    texts = "".join(segment.text for segment in shown_segments(edition))
    shown = [contact.value for contact in PROJECT.contacts if f"{{{contact.name}}}" in texts]
    phones = {value.href: value.shown for value in shown if value.kind == "phone"}
    assert {href: text.replace("\u00a0", " ") for href, text in drawn} == phones


def check_language_headings_and_definition(page: Page, edition: Edition) -> None:
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


def check_accessibility_tree(page: Page, edition: Edition) -> None:
    """Landmarks, names and headings, in the order in which a screen reader meets them."""
    tree = page.locator("body").aria_snapshot()
    roles = re.findall(r"^- (\w+)", tree, re.MULTILINE)
    assert roles[:4] == ["link", "banner", "main", "contentinfo"], roles
    assert "- img" not in tree, "the pictures say nothing that the words do not"
    headings = page.eval_on_selector_all("h1,h2,h3", "list => list.map(h => h.textContent.trim())")
    named = re.findall(r'heading "(.*)" \[level', tree)
    assert [re.sub(r"\s+", " ", h) for h in headings] == [n.replace('\\"', '"') for n in named]
    assert re.search(r'navigation "[^"]+"', tree)
    assert re.search(r'region "[^"]+"', tree), "the downloads"


def check_keyboard_focus_is_never_behind_the_bar(page: Page, edition: Edition) -> None:
    """WCAG 2.4.12, Focus Not Obscured (Enhanced). Tab reaches the skip link first, then all links."""
    page.evaluate(UNFOLD, True)
    count = page.locator("a:visible, button:visible, summary:visible").count()
    steps = []
    for _ in range(count):
        page.keyboard.press("Tab")
        steps.append(page.evaluate(FOCUSED))
    assert [step for step in steps if step[2]] == []
    assert steps[0][1] == "skip"
    reached = [step[0] for step in steps]
    assert -1 not in reached
    assert reached == sorted(set(reached)), "each link and button once, in the order of the page"
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "guide"
    page.evaluate(UNFOLD, False)


def check_nothing_scrolls_sideways(page: Page, edition: Edition) -> None:
    for unfolded in (True, False):
        page.evaluate(UNFOLD, unfolded)
        assert not scrolls_sideways(page)
        add_style(page, SPACING)
        assert not scrolls_sideways(page), "with the text spacing of WCAG 1.4.12"
        add_style(page, "")


def check_words_at_400_per_cent(page: Page, edition: Edition) -> None:
    """A window of 1280 by 1024 at 400 % is 320 by 256 (WCAG 1.4.10, Reflow)."""
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("getComputedStyle(document.querySelector('.bar')).position") == "static"
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 320, "height": HEIGHT})


def check_policy_stops_other_scripts_and_pictures(page: Page, edition: Edition) -> None:
    assert page.evaluate(STOPPED) == ["img-src", "script-src-elem"]
    assert page.evaluate("window.evil") is None


CHECKS: tuple[Callable[[Page, Edition], None], ...] = (
    check_style_and_script_run,
    check_nothing_is_stored,
    check_phone_numbers_are_drawn_in_order,
    check_language_headings_and_definition,
    check_accessibility_tree,
    check_keyboard_focus_is_never_behind_the_bar,
    check_nothing_scrolls_sideways,
    check_words_at_400_per_cent,
)


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_a_page_in_its_language(
    page: Page, output: Path, edition: Edition, subtests: pytest.Subtests
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address(output, edition))
    for check in CHECKS:
        with subtests.test(check.__name__):
            check(page, edition)
    with subtests.test("nothing is loaded and the policy stops nothing of our own"):
        assert asked == [page.url.partition("#")[0]]
        assert said == []
    for width, scheme in axe_runs(edition):
        with subtests.test("axe", width=width, scheme=scheme):
            check_axe(page, width, scheme)
    with subtests.test(check_policy_stops_other_scripts_and_pictures.__name__):
        check_policy_stops_other_scripts_and_pictures(page, edition)


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_a_fragment_in_its_language(
    page: Page, output: Path, edition: Edition, subtests: pytest.Subtests
) -> None:
    """On a white and on a black page of a school's website."""
    fragment = (folder_of(output, edition) / "fragment.html").read_text("utf-8")
    white, black = "background:white;color:black", "background:black;color:white"
    every = product(WIDTHS, (white, black))
    for width, style in every if edition.language.tag in STRUCTURE_TAGS else [(320, white)]:
        with subtests.test("axe", width=width, style=style):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.set_content(host_page(fragment, style))
            assert violations(page) == []
    with subtests.test("one element with nothing that an editor strips"):
        assert page.locator("main > :not(h1)").count() == 1
        section = page.locator("main > section")
        assert section.get_attribute("lang") == edition.language.lang
        assert section.get_attribute("dir") == edition.language.direction
        assert section.get_attribute("translate") == "no"
        assert section.locator("script, style, link, img, svg, [id], [class], [onclick]").count() == 0
        assert page.locator("main h1").count() == 1, "the host page's own"


# What the visits rely on.


def shape(path: Path) -> tuple[tuple[object, ...], ...]:
    """The structure of a page: its elements without their words and what only keeps words in a line."""
    return tuple(e.shape for e in elements(path) if not _keeps_words(e))


def _keeps_words(element: Element) -> bool:
    """Whether it is around words such as “17-year-olds”, or is the full stop after a number."""
    parent = element.parent
    return "keep" in element.classes or (
        element.tag == "span" and parent is not None and "way" in parent.classes
    )


@pytest.mark.parametrize("name", ["index.html", "fragment.html"])
def test_pages_have_three_structures(output: Path, name: str) -> None:
    """Therefore one language of each structure is enough where words do not matter."""
    for slug in PROJECT.slugs:
        languages: dict[tuple[tuple[object, ...], ...], set[str]] = defaultdict(set)
        for tag in PROJECT.complete_languages:
            languages[shape(output / slug / tag / name)].add(tag)
        assert len(languages) == len(STRUCTURES) == 3, [sorted(tags) for tags in languages.values()]
        for tags in languages.values():
            assert len(tags & STRUCTURE_TAGS) == 1, sorted(tags)


# Pages that are not in one language.


@pytest.mark.parametrize("name", ["index.html", "README-FIRST.html"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_the_pages_for_all(page: Page, output: Path, name: str, scheme: Scheme) -> None:
    page.goto((output / name).as_uri())
    check_axe(page, 320, scheme)


def test_every_component_has_examples_and_axe_finds_nothing_in_them(page: Page, tmp_path: Path) -> None:
    named = {c.name for c in read_components(PROJECT.templates / "web" / "components.toml")}
    blocks = (PROJECT.templates / "web" / "blocks.html").read_text("utf-8")
    parts = (PROJECT.templates / "web" / "parts.html").read_text("utf-8")
    assert set(re.findall(r'block\.kind == "(\w+)"', blocks)) == {block.kind for block in get_args(Block)}
    drawn = {block.__name__ for block in get_args(Block)} | set(re.findall(r"macro (\w+)\(", parts))
    assert named == drawn - {"stated", "purpose"}, (
        "they only hand their words to “status” and “downloads_list”"
    )
    page.goto(components(tmp_path).as_uri())
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []


def components(folder: Path) -> Path:
    """The component page, in ``folder``."""
    path = folder / "components.html"
    path.write_bytes(component_page(PROJECT.templates, [*editions().values()]))
    return path


# The school's check page.


def parts_shown(path: Path) -> set[tuple[object, ...]]:
    """The kinds of elements on a page, each within its parent."""
    return {(e.parent and e.parent.shape, e.shape) for e in elements(path)}


def pages_with_every_part(paths: Sequence[Path]) -> list[Path]:
    """A few of ``paths`` that have every kind of element between them."""
    seen: set[tuple[object, ...]] = set()
    chosen = []
    for path in paths:
        parts = parts_shown(path)
        if not parts <= seen:
            chosen.append(path)
            seen |= parts
    return chosen


def test_axe_finds_nothing_on_check_pages(page: Page, output: Path, subtests: pytest.Subtests) -> None:
    first = [v for v in STRUCTURES if not v.is_source]
    others = [v for v in EVERY if not v.is_source and v not in first]
    for slug in PROJECT.slugs:
        paths = [output / slug / language.tag / "check.html" for language in (*first, *others)]
        chosen = pages_with_every_part(paths)
        assert chosen[: len(first)] == paths[: len(first)], "one in each direction at least"
        for path in chosen:
            page.goto(path.as_uri())
            for width, scheme in ((320, "dark"), (1280, "light")):
                with subtests.test(path.parent.name, width=width, scheme=scheme):
                    check_axe(page, width, "dark" if scheme == "dark" else "light")


@pytest.mark.parametrize("edition", EACH_SCRIPT_TRANSLATED, indirect=True)
def test_check_page_fits_its_window(page: Page, output: Path, edition: Edition) -> None:
    page.goto((folder_of(output, edition) / "check.html").as_uri())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert not scrolls_sideways(page), width


@pytest.mark.parametrize("edition", TRANSLATED, indirect=True)
def test_check_page_shows_every_message_and_is_not_linked(output: Path, edition: Edition) -> None:
    page = elements(folder_of(output, edition) / "check.html")
    assert [e.attributes["content"] for e in page if e.attributes.get("name") == "robots"] == ["noindex"]
    wanted = {}
    for message in edition.messages:
        values = {name: value.shown for name, value in edition.fields.items()}
        english, translation, back = (
            markup.filled(markup.plain(text), values)
            for text in (message.english, message.translation, message.back)
        )
        back = back or "Nobody has translated these words back into English yet."
        back += f" (By {message.back_origin}.)" if message.back_origin else ""
        wanted[message.context] = [english, translation, back, STATE_LABELS[message.state]]
    assert messages_shown(page) == wanted
    assert "check.html" not in (folder_of(output, edition) / "index.html").read_text("utf-8")


def messages_shown(page: Sequence[Element]) -> dict[str, list[str]]:
    """The words of each message on a check page, and its state, by context."""
    shown: dict[str, list[str]] = {}
    for element in page:
        if element.tag == "h3":
            context = element.text.rpartition(" ")[2]
            shown[context] = []
        elif element.tag == "dd" and len(shown[context]) < 4:
            shown[context].append(element.text)
    for words in shown.values():
        words[3] = re.split(r"\. | \(", words[3])[0]
    return shown


# Whole files.


def test_nu_finds_nothing(output: Path, tmp_path: Path) -> None:
    """A quick run takes the pages of its languages, and other files of one language of each structure."""
    paths = [output / "index.html", output / "README-FIRST.html", components(tmp_path)]
    for slug, language in product(PROJECT.slugs, LANGUAGES):
        folder = output / slug / language.tag
        paths.append(folder / "index.html")
        if quick() and language not in STRUCTURES:
            continue
        paths += folder.glob("check.html")
        paths.append(tmp_path / f"{slug}-{language.tag}.html")
        paths[-1].write_text(host_page((folder / "fragment.html").read_text("utf-8")), "utf-8")
    if not quick():
        assert {path for path in output.rglob("*.html") if path.name != "fragment.html"} <= {*paths}
    assert nu_findings(paths) == []


def test_nu_finds_a_style_that_the_policy_stops(output: Path, tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    text = (output / "index.html").read_text("utf-8")
    page.write_text(text.replace("<style>", "<style>p{color:red}", 1), "utf-8")
    (found,) = nu_findings([page])
    assert "Inline style violates Content Security Policy" in found


def test_every_link_leads_somewhere(output: Path) -> None:
    named = set()
    for path in sorted(output.rglob("*.html")):
        for element in elements(path):
            href = element.attributes.get("href")
            if href is None or href.startswith(("tel:", "https:")):
                continue
            named.add(element.text.strip())
            file, _, place = href.partition("#")
            target = path.parent / file if file else path
            assert target.is_file(), (path, href)
            if place:
                assert any(e.attributes.get("id") == place for e in elements(target)), (path, href)
    for language in PROJECT.complete_languages.values():
        assert any(language.own_name in text for text in named)


def test_pages_name_their_alternates_and_lead_to_all_languages(output: Path) -> None:
    wanted = [(v.lang, f"../{tag}/index.html") for tag, v in PROJECT.complete_languages.items()]
    for slug, tag in editions():
        page = elements(output / slug / tag / "index.html")
        links = [e.attributes for e in page if e.attributes.get("rel") == "alternate"]
        assert [(link["hreflang"], link["href"]) for link in links] == [
            *wanted,
            ("x-default", "../../index.html"),
        ]
        (way,) = [e for e in page if e.attributes.get("href", "").startswith("../../index.html#")]
        assert way.attributes["href"] == f"../../index.html#{slug}"
        assert "Other languages" in way.text
        assert way is next(e for e in page if e.tag == "a" and "nav" in [p.tag for p in e.ancestors()])


def test_every_page_has_the_same_head(output: Path) -> None:
    """The style of its script, the script, and the policy that allows only these two."""
    rules = lean((PROJECT.templates / "web" / "style.css").read_text("utf-8"))
    whole = read_tokens(PROJECT.templates).css() + rules
    styles = {
        script: re.sub(rf"(?m)^\.script-(?!{script}\b).*\n", "", whole)
        for script in {language.script for language in PROJECT.complete_languages.values()}
    }
    assert max(map(len, styles.values())) < len(whole) - 1_000, "a page has the fonts of its own script"
    script = lean((PROJECT.templates / "web" / "page.js").read_text("utf-8"))

    def digest(text: str) -> str:
        return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")

    for (slug, tag), edition in editions().items():
        page = elements(output / slug / tag / "index.html")
        style = styles[edition.language.script]
        policy = (
            f"default-src 'none'; style-src 'sha256-{digest(style)}'; script-src 'sha256-{digest(script)}'; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        )
        head = [e for e in page if e.parent is not None and e.parent.tag == "head" and e.tag != "link"]
        assert [(e.tag, *e.attributes.values(), e.text) for e in head] == [
            ("meta", "utf-8", ""),
            ("meta", "viewport", "width=device-width, initial-scale=1", ""),
            ("meta", "referrer", "no-referrer", ""),
            ("meta", "color-scheme", "light dark", ""),
            ("style", style),
            ("script", script),
            ("meta", "Content-Security-Policy", policy, ""),
            ("title", markup.plain(edition.guide.title)),
            ("meta", "og:title", markup.plain(edition.guide.title), ""),
        ], tag


def test_header_and_footer_have_their_words(output: Path) -> None:
    """The links before the guide, in order, and what stands after it."""
    for (slug, tag), edition in editions().items():
        page = elements(output / slug / tag / "index.html")
        language = edition.language
        before = [e for e in page if e.tag == "a" and "main" not in [p.tag for p in e.ancestors()]]
        assert [(e.classes, e.attributes["href"]) for e in before] == [
            (["skip"], "#guide"),
            (["exit"], EXIT_ADDRESS),
            (["call-now"], "#call"),
            ([], f"../../index.html#{slug}"),
            *([] if language.is_source else [([], "../en/index.html")]),
            ([], "#download"),
            ([], EXIT_ADDRESS),
        ], tag
        (footer,) = [e for e in page if e.tag == "footer"]
        assert language.own_name in footer.text
        assert language.english_name in footer.text
        if language.is_source:
            continue
        words = {name: markup.plain(text) for name, text in edition.interface.items()}
        contexts = (
            "nav.skip",
            "exit.link",
            "",
            "nav.languages",
            "nav.english",
            "download.title",
            "exit.link",
        )
        for element, context in zip(before, contexts, strict=True):
            assert words.get(context, "") in element.text, (tag, context)
        for context in ("privacy", "exit.link", "exit.key"):
            assert words[context] in footer.text, (tag, context)


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_every_segment_is_on_the_page_with_its_words_bold_and_links(output: Path, edition: Edition) -> None:
    """Words, bold and links of each segment, in the order of the guide: what a stored page would show."""
    page = elements(output / edition.guide.slug / edition.language.tag / "index.html")
    values = {name: value.shown for name, value in edition.fields.items()}
    wanted = shown_segments(edition)
    shown = {e.attributes["id"]: e for e in page if e.attributes.get("id") in {s.id for s in wanted}}
    assert [*shown] == [segment.id for segment in wanted]
    for segment in wanted:
        element = shown[segment.id]
        inside = [e for e in page if element in e.ancestors()]
        words = element.text.strip().replace("\u00a0", " ")
        assert words == markup.filled(markup.plain(segment.text), values).replace("\u00a0", " ")
        assert [e.text.replace("\u00a0", " ") for e in inside if e.tag == "strong"] == [
            markup.filled("".join(_plain_run(run) for run in run.runs), values).replace("\u00a0", " ")
            for run in markup.parse(segment.text)
            if isinstance(run, markup.Strong)
        ]
        assert [e.attributes["href"] for e in inside if e.tag == "a"] == [
            edition.fields[name].href for name in markup.fields(segment.text)
        ]


def _plain_run(run: markup.Text | markup.Placeholder) -> str:
    return run.text if isinstance(run, markup.Text) else f"{{{run.name}}}"
