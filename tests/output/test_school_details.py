"""What a school says of itself, on pages and sheets: colour, policy, date, languages of its contacts."""

import re
import subprocess
import tomllib
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from coloraide import Color
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Page

from parentguide import BuildRequest, Project, School, build_guides, parse_school
from parentguide.model.school import Colour, LocalContact, same_speech
from parentguide.schools.accent import DARK_GROUNDS, ENOUGH, LIGHT_GROUNDS, accent, contrast
from parentguide.schools.notices import school_notices
from tests.conftest import need
from tests.languages import EVERY, LANGUAGES, STRUCTURES, one_of_each_script
from tests.output.axe import violations
from tests.output.browsing import host_page, scrolls_sideways
from tests.output.nu import nu_findings
from tests.profile import cases, quick

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
TAGS = tuple(language.tag for language in STRUCTURES)
EACH_SCRIPT = [language.tag for language in one_of_each_script(EVERY)]


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A school with everything filled in: all languages as pages, three as everything.

    It is built once for all worker processes.
    """
    own = tmp_path_factory.getbasetemp()
    out = (own if worker_id == "master" else own.parent) / "school"
    with FileLock(out.with_name("school.lock")):
        if not (out / "done").exists():
            build_guides(PROJECT, BuildRequest(formats=("web", "fragment"), school=SCHOOL), out / "web")
            build_guides(PROJECT, BuildRequest(TAGS, school=SCHOOL), out / "all")
            (out / "done").touch()
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
    """What poppler reads, without white space and its marks of direction.

    pdfium reverses web addresses in right-to-left lines.
    """
    done = subprocess.run([need("pdftotext"), pdf, "-"], capture_output=True, check=True)
    return re.sub(r"[\s\u202a-\u202e]", "", done.stdout.decode("utf-8"))


COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@settings(max_examples=cases(300), deadline=None)
@given(wanted=COLOURS)
def test_every_accent_has_enough_contrast_on_all_its_grounds(wanted: str) -> None:
    made = accent(wanted)
    assert contrast(made.light, LIGHT_GROUNDS) >= ENOUGH
    assert contrast(made.dark, DARK_GROUNDS) >= ENOUGH
    if contrast(wanted, LIGHT_GROUNDS) >= ENOUGH:
        assert made.light == wanted
    if contrast(wanted, DARK_GROUNDS) >= ENOUGH:
        assert made.dark == wanted


@pytest.mark.parametrize("vivid", ["#e4002b", "#ffcc00", "#0077cc", "#7bc043", "#ff69b4"])
def test_corrected_colour_keeps_its_hue(vivid: str) -> None:
    made = accent(vivid)
    hue = Color(vivid).convert("oklch")["hue"]
    for corrected in (made.light, made.dark):
        turned = abs(Color(corrected).convert("oklch")["hue"] - hue)
        assert min(turned, 360 - turned) < 4, (vivid, corrected)


def test_short_colour_equals_the_long_one_and_black_and_white_are_colours() -> None:
    assert accent("#A1b") == accent("#aa11bb")
    assert accent("#fff").dark == "#ffffff"
    assert accent("#000").light == "#000000"


def test_grounds_are_those_of_the_fragment() -> None:
    """An accent is measured against the colours that the template draws."""
    fragment = (PROJECT.templates / "web" / "fragment.html").read_text("utf-8")
    assert set(re.findall(r'background:(#\w+)|: "(#\w+)"|box\("(#\w+)"\)', fragment)) - {("", "", "")}
    for ground in re.findall(r'(?:background:|: "|box\(")(#\w{6})', fragment):
        assert ground in LIGHT_GROUNDS


def test_contact_speaks_a_language_in_all_its_scripts() -> None:
    assert same_speech("pa", "pa-Guru")
    assert same_speech("pa", "pa-Arab")
    assert same_speech("zh", "zh-Hans")
    assert not same_speech("pa-Guru", "pa-Arab")
    assert not same_speech("fa", "fa-AF")
    assert not same_speech("s", "so")
    assert LocalContact("x", SCHOOL.local_contacts[0].values, ("pl", "ur")).speaks("ur")


def test_remarks_name_corrections_and_what_appears_nowhere() -> None:
    school = replace(
        SCHOOL,
        local_contacts=(replace(SCHOOL.local_contacts[0], languages=("eo", "pl")),),
        logo=SCHOOL.logo and replace(SCHOOL.logo, left_out=("<script>",)),
    )
    colour, logo, spoken = map(str, school_notices(school, PROJECT.complete_languages))
    assert "#e4002b" in colour
    assert "#a1001b is used instead" in colour
    assert "<script>" in logo
    assert "speaks “eo”" in spoken
    fine = replace(SCHOOL, colour=accent("#0f4a4f"))
    assert school_notices(fine, PROJECT.complete_languages) == ()


def test_local_authority_is_first() -> None:
    names = [contact.name for contact in SCHOOL.local_contacts]
    assert names == ["Hertfordshire Children's Services", "Helpline in many languages"]


def test_dates_are_read_as_files_and_spreadsheets_write_them() -> None:
    for written in ("2026-11-24", '"2026-11-24"', '"24/11/2026"', '"  2026-11-24 "'):
        assert parse_school(f"date = {written}").dated == date(2026, 11, 24)
    assert parse_school('date = ""').dated is None


def test_contacts_are_marked_on_the_pages_of_the_languages_they_speak(whole: Path) -> None:
    marked = {}
    for tag, language in PROJECT.complete_languages.items():
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
        assert ("languages(Polski)03000000001" in text) == shown


@pytest.mark.parametrize(
    ("tag", "shown"), [("en", "24 November 2026"), ("pl", "24 listopada 2026"), ("ur", "24 نومبر، 2026")]
)
def test_date_is_in_the_footer_in_the_page_s_language(whole: Path, tag: str, shown: str) -> None:
    footer = page_of(whole, tag).partition("<footer>")[2]
    unbroken = shown.replace(" ", "\u00a0")
    assert f'<p><time datetime="2026-11-24">{unbroken}</time></p>' in footer
    assert f">{unbroken}</time>" in (whole / f"all/cse/{tag}/fragment.html").read_text("utf-8")
    assert shown in (whole / f"all/cse/{tag}/read-aloud.txt").read_text("utf-8").splitlines()
    for sheet in ("handout", "large-print"):
        # Right-to-left punctuation is put on one or other side by each reader.
        words = [re.sub(r"\W", "", word) for word in shown.split()]
        assert all(word in text_of(whole / f"all/cse/{tag}/cse-{tag}-{sheet}.pdf") for word in words)


def test_school_without_a_date_has_none_on_page_or_sheet(tmp_path: Path) -> None:
    build_guides(PROJECT, BuildRequest(("en",), ("web", "handout"), School("X")), tmp_path)
    assert "<time" not in (tmp_path / "cse/en/index.html").read_text("utf-8")
    assert "2026" not in text_of(tmp_path / "cse/en/cse-en-handout.pdf")


@pytest.mark.parametrize("tag", TAGS)
def test_policy_s_address_follows_its_sentence(whole: Path, tag: str) -> None:
    # The address may go on in the next line at its slashes only.
    parts = re.split(r"(?<=/)", POLICY)
    pieces = "<wbr>".join(f"<span>{part}</span>" for part in parts)
    link = f'<a href="https://{POLICY}"><bdi lang="en" dir="ltr">{pieces}</bdi></a>'
    page = page_of(whole, tag)
    assert re.search(rf'<p id="policy">[^<]*</p>\s*<p data-quiet>{re.escape(link)}</p>', page)
    fragment = (whole / f"all/cse/{tag}/fragment.html").read_text("utf-8")
    assert f'<bdi lang="en" dir="ltr">{"<wbr>".join(parts)}</bdi>' in fragment
    assert POLICY in (whole / f"all/cse/{tag}/read-aloud.txt").read_text("utf-8")
    sheets = {"handout", "large-print"} | ({"bilingual"} if tag != "en" else set())
    for sheet in sheets:
        pdf = whole / f"all/cse/{tag}/cse-{tag}-{sheet}.pdf"
        assert POLICY in poppler(pdf), (tag, sheet)


def test_every_language_has_a_handout_for_a_school_with_everything(tmp_path: Path) -> None:
    tags = tuple(language.tag for language in LANGUAGES)
    built = build_guides(PROJECT, BuildRequest(tags, ("handout",), SCHOOL), tmp_path)
    assert built.made == len(built.plan.editions) == len(tags) * len(PROJECT.slugs)
    for pdf in tmp_path.rglob("*.pdf"):
        text = text_of(pdf)
        for needed in ("01462000000", "01462000001", "03000000000", "03000000001"):
            assert needed in text, (pdf.name, needed)


def rgb(colour: str) -> str:
    """``#rrggbb`` as a browser writes it."""
    return f"rgb({', '.join(str(int(colour[n : n + 2], 16)) for n in (1, 3, 5))})"


@pytest.mark.browser
@pytest.mark.parametrize("tag", TAGS)
def test_page_with_everything_filled_in(page: Page, whole: Path, tag: str, subtests: pytest.Subtests) -> None:
    """Structure and colours do not depend on more than the three structures (test_pages.py)."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((whole / f"web/cse/{tag}/index.html").as_uri())
    assert SCHOOL.colour is not None
    schemes: tuple[Any, ...] = (("light", SCHOOL.colour.light), ("dark", SCHOOL.colour.dark))
    for (scheme, colour), width in product(schemes, (320, 1280)):
        with subtests.test(scheme=scheme, width=width):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("getComputedStyle(document.querySelector('h2')).color") == rgb(colour)
            with Image.open(BytesIO(page.locator(".logo").screenshot())) as drawn:
                assert (204, 0, 0) in strong_colours(drawn)
            assert not scrolls_sideways(page)
            assert violations(page) == []
    assert [url for url in asked if not url.startswith("data:image/svg+xml;base64,")] == [page.url]
    assert said == [], "the policy has the hash of the style with the school's colour"


@pytest.mark.browser
@pytest.mark.parametrize("tag", EACH_SCRIPT)
def test_page_with_everything_filled_in_fits_its_window(page: Page, whole: Path, tag: str) -> None:
    page.goto((whole / f"web/cse/{tag}/index.html").as_uri())
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert not scrolls_sideways(page), width


@pytest.mark.browser
def test_axe_finds_nothing_on_the_gateway_with_everything_filled_in(page: Page, whole: Path) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto((whole / "web/index.html").as_uri())
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("tag", TAGS)
def test_axe_finds_nothing_in_a_fragment_with_everything_filled_in(page: Page, whole: Path, tag: str) -> None:
    page.set_content(host_page((whole / f"web/cse/{tag}/fragment.html").read_text("utf-8")))
    assert violations(page) == []


@pytest.mark.browser
def test_nu_finds_nothing_with_everything_filled_in(whole: Path) -> None:
    """A quick run takes one language of each structure."""
    pages = [path for path in sorted((whole / "web").rglob("*.html")) if path.name != "fragment.html"]
    assert len(pages) == len(PROJECT.complete_languages) * len(PROJECT.slugs) + 2
    if quick():
        folders = {"web", *TAGS}
        pages = [path for path in pages if path.parent.name in folders]
        assert len(pages) == len(TAGS) * len(PROJECT.slugs) + 2
    assert nu_findings(pages) == []


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


def test_colour_is_on_sheets_and_mono_leaves_it_out(tmp_path: Path) -> None:
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


def test_same_school_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        build_guides(
            PROJECT, BuildRequest(("pl",), ("web", "handout", "fragment"), SCHOOL), tmp_path / folder
        )
    first, second = (
        [path.read_bytes() for path in sorted((tmp_path / folder).rglob("*.*"))] for folder in ("a", "b")
    )
    assert first == second


def test_component_examples_have_all_keys_of_a_contact() -> None:
    """The component page shows everything that a school can say."""
    path = PROJECT.templates / "web" / "components.toml"
    schools = [
        example["school"]
        for component in tomllib.loads(path.read_text("utf-8"))["component"]
        for example in component["examples"]
        if "school" in example
    ]
    assert any("policy" in school for school in schools)
    assert any("languages" in contact for school in schools for contact in school.get("local_contacts", ()))
