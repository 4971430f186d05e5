"""What a school says of itself, on pages and sheets: colour, policy, date, who speaks what."""

import re
import subprocess
import tomllib
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Browser, Page

from parentguide import BuildRequest, Project, School, build_guides, parse_school
from parentguide.model.school import Colour, LocalContact, same_speech
from parentguide.schools.accent import DARK_GROUNDS, DEFAULT, ENOUGH, LIGHT_GROUNDS, accent, contrast
from parentguide.schools.notices import school_notices
from tests.conftest import need
from tests.test_pages import EDITIONS, host_page, nu_says, one_of_each_script, violations

PROJECT = Project()
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80"><style>.a{fill:#c00}</style>'
    '<rect class="a" width="120" height="80"/><circle cx="160" cy="40" r="36" style="fill:#0f4a4f"/></svg>'
)
POLICY = "www.st-marys.herts.sch.uk/wp-content/2026/09/Safeguarding-and-Child-Protection-Policy-2026-27.pdf"
WHOLE = f"""
name = "St Mary's Church of England Primary School"
website = "www.st-marys-church-of-england-primary.herts.sch.uk"
guides = "www.st-marys.herts.sch.uk/guides"
policy = "{POLICY}"
logo = "logo.svg"
colour = "#e4002b"
date = 2026-11-24
[[team]]
name = "A. Teacher"
role = "Designated Safeguarding Lead"
phone = "01462 000000"
email = "safeguarding@st-marys.herts.sch.uk"
[[team]]
name = "B. Teacher"
role = "Deputy Designated Safeguarding Lead"
phone = "01462 000001"
[[local_contacts]]
name = "Helpline in many languages"
phone = "0300 000 0001"
languages = ["PL", "ur", "ro"]
[[local_contacts]]
kind = "local_authority"
name = "Hertfordshire Children's Services"
phone = "0300 000 0000"
languages = ["pa"]
"""
SCHOOL = parse_school(WHOLE, Path("school.toml"), lambda _: LOGO.encode())
TAGS = ("en", "ur", "pl")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with everything filled in: all languages as pages, three as everything."""
    out = tmp_path_factory.mktemp("school")
    build_guides(PROJECT, BuildRequest(formats=("web", "fragment"), school=SCHOOL), out / "web")
    build_guides(PROJECT, BuildRequest(TAGS, school=SCHOOL), out / "all")
    return out


def page_of(whole: Path, tag: str) -> str:
    return (whole / "web" / "cse" / tag / "index.html").read_text("utf-8")


def text_of(pdf: Path) -> str:
    """What pdfium reads, without white space: a long address is broken over lines."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(document[n].get_textpage().get_text_bounded() for n in range(len(document)))
    document.close()
    return re.sub(r"[\s\u00a0\ufffe]", "", text)


def poppler(pdf: Path) -> str:
    """What poppler reads, without white space and its marks of direction; pdfium turns web
    addresses in right-to-left lines round."""
    done = subprocess.run([need("pdftotext"), pdf, "-"], capture_output=True, check=True)
    return re.sub(r"[\s\u202a-\u202e]", "", done.stdout.decode("utf-8"))


COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@settings(max_examples=300, deadline=None)
@given(given_=COLOURS)
def test_every_colour_can_be_read_on_all_it_stands_on(given_: str) -> None:
    made = accent(given_)
    assert contrast(made.light, LIGHT_GROUNDS) >= ENOUGH
    assert contrast(made.dark, DARK_GROUNDS) >= ENOUGH
    if contrast(given_, LIGHT_GROUNDS) >= ENOUGH:
        assert made.light == given_
    if contrast(given_, DARK_GROUNDS) >= ENOUGH:
        assert made.dark == given_


@pytest.mark.parametrize("vivid", ["#e4002b", "#ffcc00", "#0077cc", "#7bc043", "#ff69b4"])
def test_a_corrected_colour_keeps_its_hue(vivid: str) -> None:
    from coloraide import Color

    made = accent(vivid)
    hue = Color(vivid).convert("oklch")["hue"]
    for corrected in (made.light, made.dark):
        turned = abs(Color(corrected).convert("oklch")["hue"] - hue)
        assert min(turned, 360 - turned) < 4, (vivid, corrected)


def test_a_short_colour_is_the_long_one_and_black_and_white_are_colours() -> None:
    assert accent("#A1b") == accent("#aa11bb")
    assert accent("#fff").dark == "#ffffff"
    assert accent("#000").light == "#000000"


def test_the_grounds_are_those_of_the_style_sheet_and_the_fragment() -> None:
    """The colours that an accent is measured against are the ones that the templates draw."""
    style = (PROJECT.templates / "web" / "style.css").read_text("utf-8")
    light, dark = re.findall(r":root\{([^}]*)\}", style)
    for declared, grounds, brand in (
        (light, LIGHT_GROUNDS, DEFAULT.light),
        (dark, DARK_GROUNDS, DEFAULT.dark),
    ):
        values = dict(re.findall(r"--(\w+):(#\w+)", declared))
        used = {values[name] for name in ("paper", "soft", "warm", "cool", "on")}
        assert {"#ffffff" if value == "#fff" else value for value in used} == set(grounds)
        assert values["brand"] == brand
    fragment = (PROJECT.templates / "web" / "fragment.html").read_text("utf-8")
    assert set(re.findall(r'background:(#\w+)|: "(#\w+)"|box\("(#\w+)"\)', fragment)) - {("", "", "")}
    for ground in re.findall(r'(?:background:|: "|box\(")(#\w{6})', fragment):
        assert ground in LIGHT_GROUNDS


def test_who_speaks_a_language_is_understood_in_its_scripts_only() -> None:
    assert same_speech("pa", "pa-Guru")
    assert same_speech("pa", "pa-Arab")
    assert same_speech("zh", "zh-Hans")
    assert not same_speech("pa-Guru", "pa-Arab")
    assert not same_speech("fa", "fa-AF")
    assert not same_speech("s", "so")
    assert LocalContact("x", SCHOOL.local_contacts[0].value, ("pl", "ur")).speaks("ur")


def test_remarks_say_what_was_corrected_and_what_shows_nowhere() -> None:
    school = replace(
        SCHOOL,
        local_contacts=(replace(SCHOOL.local_contacts[0], languages=("cy", "pl")),),
        logo=SCHOOL.logo and replace(SCHOOL.logo, left_out=("<script>",)),
    )
    colour, logo, spoken = school_notices(school, PROJECT.languages)
    assert "#e4002b" in colour
    assert "#a1001b is used instead" in colour
    assert "<script>" in logo
    assert "speaks “cy”" in spoken
    fine = replace(SCHOOL, colour=accent("#0f4a4f"))
    assert school_notices(fine, PROJECT.languages) == ()


def test_the_local_authority_stands_first() -> None:
    names = [contact.name for contact in SCHOOL.local_contacts]
    assert names == ["Hertfordshire Children's Services", "Helpline in many languages"]


def test_dates_as_files_and_spreadsheets_have_them() -> None:
    for written in ("2026-11-24", '"2026-11-24"', '"24/11/2026"', '"  2026-11-24 "'):
        assert parse_school(f"date = {written}").dated == date(2026, 11, 24)
    assert parse_school('date = ""').dated is None


def test_contacts_are_marked_on_the_pages_of_the_languages_they_speak(whole: Path) -> None:
    marked = {}
    for tag, language in PROJECT.languages.items():
        row = re.findall(r"0300 000 000\d</bdi></a>(?: · <bdi>([^<]*)</bdi>)?</dd>", page_of(whole, tag))
        assert len(row) == 2, tag
        marked[tag] = row
        assert {own for own in row if own} <= {language.own_name}
    assert {tag for tag, row in marked.items() if row[0]} == {"pa-Guru", "pa-Arab"}
    assert {tag for tag, row in marked.items() if row[1]} == {"pl", "ur", "ro"}
    aloud = (whole / "all/cse/pl/read-aloud.txt").read_text("utf-8")
    assert "Helpline in many languages · 0300 000 0001 · Polski" in aloud
    assert "Hertfordshire Children's Services · 0300 000 0000\n" in aloud
    for tag, shown in (("pl", True), ("en", False)):
        text = text_of(whole / f"all/cse/{tag}/cse-{tag}-large-print.pdf")
        assert ("03000000001·Polski" in text) == shown


@pytest.mark.parametrize(
    ("tag", "shown"), [("en", "24 November 2026"), ("pl", "24 listopada 2026"), ("ur", "24 نومبر، 2026")]
)
def test_the_date_stands_at_the_foot_in_the_language(whole: Path, tag: str, shown: str) -> None:
    footer = page_of(whole, tag).partition("<footer>")[2]
    assert f'<p><time datetime="2026-11-24">{shown}</time></p>' in footer
    assert f">{shown}</time>" in (whole / f"all/cse/{tag}/fragment.html").read_text("utf-8")
    assert shown in (whole / f"all/cse/{tag}/read-aloud.txt").read_text("utf-8").splitlines()
    for sheet in ("handout", "large-print"):
        # Right-to-left punctuation is put on one or other side by each reader.
        words = [re.sub(r"\W", "", word) for word in shown.split()]
        assert all(word in text_of(whole / f"all/cse/{tag}/cse-{tag}-{sheet}.pdf") for word in words)


def test_without_a_date_there_is_none(tmp_path: Path) -> None:
    build_guides(PROJECT, BuildRequest(("en",), ("web", "handout"), School("X")), tmp_path)
    assert "<time" not in (tmp_path / "cse/en/index.html").read_text("utf-8")
    assert "2026" not in text_of(tmp_path / "cse/en/cse-en-handout.pdf")


@pytest.mark.parametrize("tag", TAGS)
def test_the_policy_s_address_follows_its_sentence(whole: Path, tag: str) -> None:
    link = f'<a href="https://{POLICY}"><bdi dir="ltr">{POLICY}</bdi></a>'
    page = page_of(whole, tag)
    assert re.search(rf'<p id="policy">[^<]*</p>\s*<p data-quiet>{re.escape(link)}</p>', page)
    fragment = (whole / f"all/cse/{tag}/fragment.html").read_text("utf-8")
    assert f'<bdi dir="ltr">{POLICY}</bdi>' in fragment
    assert POLICY in (whole / f"all/cse/{tag}/read-aloud.txt").read_text("utf-8")
    sheets = {"large-print"} | ({"bilingual"} if tag != "en" else set())
    for sheet in sheets:
        pdf = whole / f"all/cse/{tag}/cse-{tag}-{sheet}.pdf"
        assert POLICY in poppler(pdf), (tag, sheet)


def test_every_language_has_a_handout_for_a_school_with_everything(tmp_path: Path) -> None:
    built = build_guides(PROJECT, BuildRequest(formats=("handout",), school=SCHOOL), tmp_path)
    assert built.made == len(built.plan.editions)
    for pdf in tmp_path.rglob("*.pdf"):
        text = text_of(pdf)
        for needed in ("01462000000", "01462000001", "03000000000", "03000000001"):
            assert needed in text, (pdf.name, needed)


def test_what_gives_way_on_a_full_handout_is_the_address_and_then_the_code(whole: Path) -> None:
    kept = text_of(whole / "all/cse/en/cse-en-handout.pdf")
    assert POLICY in kept
    full = poppler(whole / "all/cse/ur/cse-ur-handout.pdf")
    assert "wp-content" not in full
    assert "www.st-marys-church-of-england" in full, "the school's website stays"


def _listen(page: Page, asked: list[str], said: list[str]) -> None:
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))


@pytest.mark.browser
@pytest.mark.parametrize("tag", [p.values[0].language.tag for p in one_of_each_script(EDITIONS)])
def test_axe_and_width_with_everything_filled_in(browser: Browser, whole: Path, tag: str) -> None:
    schemes: tuple[Any, ...] = ("light", "dark")
    for scheme, width in [(scheme, width) for scheme in schemes for width in (320, 1280)]:
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        asked: list[str] = []
        said: list[str] = []
        _listen(page, asked, said)
        page.goto((whole / f"web/cse/{tag}/index.html").as_uri())
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [url for url in asked if not url.startswith("data:image/svg+xml;base64,")] == [page.url]
        assert said == [], "the policy has the hash of the style with the school's colour"
        with Image.open(BytesIO(page.locator(".logo").screenshot())) as drawn:
            assert (204, 0, 0) in strong_colours(drawn)
        colour = SCHOOL.colour
        assert colour is not None
        wanted = colour.light if scheme == "light" else colour.dark
        rgb = f"rgb({', '.join(str(int(wanted[n : n + 2], 16)) for n in (1, 3, 5))})"
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == rgb
        page.close()


@pytest.mark.browser
def test_axe_with_everything_on_the_gateway_and_in_the_fragment(browser: Browser, whole: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800}, color_scheme="dark")
    page.goto((whole / "web/index.html").as_uri())
    assert violations(page) == []
    page.close()
    # A new page: the written one would keep the policy of the page before.
    page = browser.new_page(viewport={"width": 320, "height": 800})
    for tag in TAGS:
        fragment = (whole / f"web/cse/{tag}/fragment.html").read_text("utf-8")
        page.set_content(host_page(fragment))
        assert violations(page) == []
    page.close()


@pytest.mark.browser
def test_nu_finds_nothing_with_everything_filled_in(whole: Path) -> None:
    pages = [path for path in sorted((whole / "web").rglob("*.html")) if path.name != "fragment.html"]
    assert len(pages) == len(PROJECT.languages) + 2
    assert nu_says(pages) == []


def ink(pdf: Path) -> set[tuple[int, int, int]]:
    """The strong colours of a sheet's first side."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=1).to_pil()
    document.close()
    return strong_colours(picture)


def strong_colours(picture: Image.Image) -> set[tuple[int, int, int]]:
    found = picture.convert("RGB").getcolors(1_000_000) or []
    colours = [colour for _, colour in found if isinstance(colour, tuple)]
    return {(c[0], c[1], c[2]) for c in colours if max(c) - min(c) > 60}


def test_the_colour_is_on_sheets_and_mono_leaves_it_out(tmp_path: Path) -> None:
    school = School("X", colour=Colour("#a20010", "#a20010", "#ff9d97"))
    build_guides(PROJECT, BuildRequest(("en", "pl"), ("handout", "poster"), school), tmp_path / "colour")
    build_guides(
        PROJECT, BuildRequest(("en", "pl"), ("handout", "poster"), school, mono=True), tmp_path / "mono"
    )
    for name in ("cse/pl/cse-pl-handout.pdf", "poster.pdf"):
        red = ink(tmp_path / "colour" / name)
        assert red
        assert all(r > g and r > b for r, g, b in red)
        assert ink(tmp_path / "mono" / name) == set()


def test_the_same_school_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        build_guides(
            PROJECT, BuildRequest(("pl",), ("web", "handout", "fragment"), SCHOOL), tmp_path / folder
        )
    first, second = (
        [path.read_bytes() for path in sorted((tmp_path / folder).rglob("*.*"))] for folder in ("a", "b")
    )
    assert first == second


def test_the_example_of_components_has_all_keys_of_a_contact() -> None:
    """The component page draws what a school can say."""
    path = PROJECT.templates / "web" / "components.toml"
    schools = [
        example["school"]
        for component in tomllib.loads(path.read_text("utf-8"))["component"]
        for example in component["examples"]
        if "school" in example
    ]
    assert any("policy" in school for school in schools)
    assert any("languages" in contact for school in schools for contact in school.get("local_contacts", ()))
