"""The page where families choose their language: by its own name, by script, or by typing."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from parentguide.build.api import BuildRequest, build_guides
from parentguide.model.school import Logo, School
from parentguide.project.project import Project
from tests.output.axe import violations
from tests.output.browsing import SPACING, add_style, scrolls_sideways

PROJECT = Project()
EVERY = PROJECT.complete_languages
PHONE = {"width": 375, "height": 667}
SCREENS = 2
TAP = 44  # CSS pixels (WCAG 2.2, 2.5.5)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
USUAL = ("ur", "pl", "pa")
# The boxes of the words of each name with the box of its frame, and the frames' left edges and widths.
FRAMES = """list => list.map(a => {
  const frame = a.getBoundingClientRect(), own = a.querySelector('.own').getBoundingClientRect();
  const english = (a.querySelector('.english') || a).getBoundingClientRect();
  return {left: Math.round(frame.left), width: Math.round(frame.width),
    inside: own.top >= frame.top && own.bottom <= frame.bottom,
    apart: english.top === frame.top || english.top >= own.bottom - 0.5,
    line: parseFloat(getComputedStyle(a.querySelector('.own')).lineHeight)
      / parseFloat(getComputedStyle(a.querySelector('.own')).fontSize),
    lang: a.querySelector('.own').lang};
})"""
# Each link: its group, and the own name with its language and direction, and the English name.
LINKS = """list => list.map(a => {
  const own = a.querySelector('.own'), english = a.querySelector('.english');
  return {group: a.closest('ul').getAttribute('aria-label'), own: own.textContent, lang: own.lang,
    dir: own.dir, english: english ? english.textContent : 'English',
    tag: a.getAttribute('href').split('/')[1]};
})"""

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def on_a_phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone with and without JavaScript."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=request.param)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture
def gateway(page: Page, output: Path) -> Page:
    page.goto((output / "index.html").as_uri())
    return page


@pytest.fixture(scope="module")
def with_usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gateway of a school with a tall logo and usual languages."""
    out = tmp_path_factory.mktemp("usual") / "o"
    square = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    logo = Logo(square, "image/svg+xml", "The Example Academy", (9, 9))
    school = School("The Example Academy", logo=logo, usual_languages=USUAL)
    build_guides(PROJECT, BuildRequest((), ("web",), school), out)
    return out / "index.html"


def shown(page: Page) -> set[str]:
    """The tags of the languages that can be seen."""
    links = page.locator(".languages a:visible")
    return {str(link.get_attribute("href")).split("/")[1] for link in links.all()}


def folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in letters if unicodedata.category(char) != "Mn")


def test_each_language_is_there_once_in_its_own_words_and_by_script(on_a_phone: Page, output: Path) -> None:
    on_a_phone.goto((output / "index.html").as_uri())
    rows = on_a_phone.eval_on_selector_all(".languages a", LINKS)
    assert {(r["own"], r["lang"], r["dir"], r["english"]) for r in rows} == {
        (v.own_name, v.lang, v.direction, v.english_name) for v in EVERY.values()
    }
    assert len(rows) == len(EVERY) * len(PROJECT.slugs)
    assert rows[0]["english"] == "English"
    scripts: dict[str, set[str]] = {}
    for row in rows:
        scripts.setdefault(row["group"], set()).add(EVERY[row["tag"]].script)
    assert {"Latn"} in scripts.values()
    assert {"Cyrl"} in scripts.values()
    assert {"Arab"} in scripts.values()
    assert sum(map(len, scripts.values())) == len({v.script for v in EVERY.values()}), (
        "a script has one group"
    )
    for group in scripts:
        own = [r["own"] for r in rows if r["group"] == group and r["english"] != "English"]
        assert own == sorted(own, key=folded)


def test_without_javascript_all_groups_are_there_and_no_box(browser: Browser, output: Path) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((output / "index.html").as_uri())
    assert page.locator(".find").is_hidden()
    assert shown(page) == set(EVERY)
    context.close()


@pytest.mark.parametrize("which", ["bare", "usual"])
def test_two_screens_of_a_phone_hold_all_languages(
    on_a_phone: Page, output: Path, with_usual: Path, which: str
) -> None:
    """With one guide. Every name is large enough for a finger, and nothing scrolls sideways."""
    path = with_usual if which == "usual" else output / "index.html"
    on_a_phone.goto(path.as_uri())
    height = on_a_phone.evaluate("document.documentElement.scrollHeight")
    extra = len(PROJECT.slugs) - 1
    assert height <= PHONE["height"] * SCREENS * (1 + extra)
    boxes = [link.bounding_box() for link in on_a_phone.locator(".languages a").all()]
    assert all(box and box["height"] >= TAP and box["width"] >= TAP for box in boxes)
    assert not scrolls_sideways(on_a_phone)


def test_names_stand_in_columns_of_one_width_and_touch_nothing(on_a_phone: Page, output: Path) -> None:
    on_a_phone.goto((output / "index.html").as_uri())
    frames = on_a_phone.eval_on_selector_all(".languages a", FRAMES)
    assert len({frame["left"] for frame in frames}) == 3
    assert max(f["width"] for f in frames) - min(f["width"] for f in frames) <= 1
    assert all(frame["inside"] and frame["apart"] for frame in frames)
    nastaliq = [frame["line"] for frame in frames if frame["lang"] in ("ur", "pnb")]
    assert len(nastaliq) == 2 * len(PROJECT.slugs)
    assert min(nastaliq) >= 2


def test_a_school_is_named_in_letters_beside_its_logo(page: Page, with_usual: Path) -> None:
    page.goto(with_usual.as_uri())
    expect(page.locator("header .logo")).to_be_visible()
    expect(page.locator("header .school-name")).to_have_text("The Example Academy")


def test_nothing_scrolls_sideways_or_is_cut_with_wide_spacing(gateway: Page) -> None:
    for width in (320, 375, 1280):
        gateway.set_viewport_size({"width": width, "height": 800})
        for style in ("", SPACING):
            add_style(gateway, style)
            assert not scrolls_sideways(gateway), width
            cut = "list => list.filter(a => a.scrollWidth > a.clientWidth).map(a => a.textContent)"
            assert gateway.eval_on_selector_all(".languages a", cut) == []


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("farsi", {"fa", "fa-AF"}),
        ("persian", {"fa", "fa-AF"}),
        ("dari", {"fa-AF"}),
        ("mandarin", {"zh-Hans"}),
        ("cantonese", {"zh-Hant"}),
        ("chinese", {"zh-Hans", "zh-Hant"}),
        ("中文", {"zh-Hans", "zh-Hant"}),
        ("体", {"zh-Hans"}),
        ("kurdish", {"ckb", "ku"}),
        ("SORANI", {"ckb"}),
        ("punjabi", {"pa-Guru", "pa-Arab"}),
        ("panjabi gur", {"pa-Guru"}),
        ("twi", {"ak"}),
        ("bangla", {"bn"}),
        ("ukrainian", {"uk"}),
        ("cestina", {"cs"}),
        ("Tieng Viet", {"vi"}),
        ("اردو", {"ur"}),
        ("فارسي", {"fa"}),
        ("  polski ", {"pl"}),
        ("romana", {"ro"}),
        ("தமி", {"ta"}),
    ],
)
def test_the_box_finds_own_names_english_names_and_what_people_type(
    gateway: Page, typed: str, tags: set[str]
) -> None:
    gateway.get_by_label("Find your language").fill(typed)
    assert shown(gateway) == tags
    expect(gateway.get_by_role("status")).to_have_text(
        "1 language" if len(tags) == 1 else f"{len(tags)} languages"
    )


def test_every_language_is_found_by_each_of_its_names(gateway: Page, subtests: pytest.Subtests) -> None:
    box = gateway.get_by_label("Find your language")
    for tag, language in EVERY.items():
        for name in (language.own_name, language.english_name, language.spoken_as, *language.aliases):
            box.fill(name)
            with subtests.test(name):
                assert tag in shown(gateway)
                assert shown(gateway) != set(EVERY)


def test_a_name_that_is_not_found_and_an_empty_box_show_all(gateway: Page) -> None:
    box = gateway.get_by_label("Find your language")
    box.fill("klingon")
    assert shown(gateway) == set(EVERY)
    expect(gateway.get_by_role("status")).to_have_text("No guide has this name. All languages:")
    box.fill("")
    assert shown(gateway) == set(EVERY)
    expect(gateway.get_by_role("status")).to_be_empty()


def test_enter_opens_the_one_language_that_is_found(gateway: Page) -> None:
    if len(PROJECT.slugs) > 1:
        pytest.skip("with two guides there is a choice")
    box = gateway.get_by_label("Find your language")
    box.fill("kurdish")
    box.press("Enter")
    assert gateway.url.endswith("/index.html")
    box.fill("sorani")
    box.press("Enter")
    gateway.wait_for_url("**/ckb/index.html")


def test_axe_finds_nothing_while_somebody_types_and_nothing_is_stored(gateway: Page) -> None:
    said: list[str] = []
    gateway.on("console", lambda message: said.append(message.text))
    for typed in ("kurdish", "klingon"):
        gateway.get_by_label("Find your language").fill(typed)
        for scheme in SCHEMES:
            gateway.emulate_media(color_scheme=scheme)
            assert violations(gateway) == []
    assert gateway.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    assert said == []


def test_the_languages_of_the_school_come_first(page: Page, with_usual: Path) -> None:
    page.goto(with_usual.as_uri())
    rows = page.eval_on_selector_all("section:first-of-type .languages a", LINKS)
    assert [row["tag"] for row in rows][:5] == ["ur", "pl", "pa-Guru", "pa-Arab", "en"]
    assert len({row["group"] for row in rows[:4]}) == 1
    assert len(rows) == len(EVERY), "and no language twice"
    assert violations(page) == []
