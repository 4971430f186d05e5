"""The second project, ``examples/online-safety``: a guide on another subject, built in every format.

It shows that nothing in the program belongs to the first guide: no file of a build of it, nor what a file
says of itself, names the subject of the first.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from playwright.sync_api import Page

from parentguide.build.api import BuildRequest, build_guides
from parentguide.build.previous import MANIFEST
from parentguide.model import markup
from parentguide.model.contact import FieldValue
from parentguide.model.output import Edition
from parentguide.model.walk import extract
from parentguide.render import FORMATS
from parentguide.schools.school_file import parse_school
from tests.conftest import need
from tests.example import EXAMPLE, SLUG, TAGS, TRANSLATED, editions
from tests.languages import PROJECT
from tests.output import test_pages as pages
from tests.output import test_pdf as pdfs
from tests.output.markup import elements
from tests.output.nu import nu_findings
from tests.output.sheets import (
    KINDS,
    ONLY_TRANSLATED,
    by_pdfium,
    letters,
    lost_words,
    messages,
    pdftotext,
    poppler,
    sheet,
    squeezed,
)
from tests.output.test_addresses import codes

SHEETS = [(tag, kind) for tag in TAGS for kind in KINDS if not (tag == "en" and kind in ONLY_TRANSLATED)]
# The subject of the first guide, as its words say it in the three languages.
OF_THE_FIRST_GUIDE = re.compile(r"exploit|\bcse\b|wykorzystywani\w*\s+seksualn|استغلال", re.IGNORECASE)
# The same without white space, as text that was extracted from a PDF is compared.
SQUEEZED = re.compile(r"exploit|\(cse\)|wykorzystywani\w{1,2}seksualn|استغلال", re.IGNORECASE)
# A school that says everything of itself that a guide can depend on.
SCHOOL = """name = "Example School"
website = "www.example.sch.uk"
policy = "www.example.sch.uk/policy"
guides = "www.example.sch.uk/guides"
new_training = true
policy_updated = true
report_remove = true
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("example") / "output"
    build_guides(EXAMPLE, BuildRequest(), out)
    return out


@pytest.fixture(scope="module")
def built_for_a_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("example-school") / "output"
    school = parse_school(SCHOOL, Path("school.toml"))
    build_guides(EXAMPLE, BuildRequest(school=school), out)
    return out


def test_every_format_is_made_in_every_language(built: Path) -> None:
    rows = json.loads((built / MANIFEST).read_text("utf-8"))["artifacts"]
    made = {(row["language"], row["edition"]) for row in rows if row["language"]}
    formats = {kind.name for kind in FORMATS}
    assert {name for _, name in made} == formats
    for tag in TRANSLATED:
        assert {name for language, name in made if language == tag} == formats
    for name in ("index.html", "README-FIRST.html", "poster.pdf"):
        assert (built / name).is_file()


@pytest.mark.parametrize("name", ["built", "built_for_a_school"])
def test_no_file_says_that_it_is_about_the_first_guide_s_subject(
    request: pytest.FixtureRequest, name: str
) -> None:
    out: Path = request.getfixturevalue(name)
    files = sorted(path for path in out.rglob("*") if path.is_file())
    assert {path.suffix for path in files} >= {".html", ".txt", ".json", ".pdf"}
    assert [path.relative_to(out).as_posix() for path in files if names_the_first_subject(path)] == []


def test_the_search_finds_the_subject_of_the_first_guide(tmp_path: Path) -> None:
    out = tmp_path / "o"
    build_guides(PROJECT, BuildRequest(languages=TAGS), out)
    files = [path for path in out.rglob("*") if path.is_file()]
    kinds = {".html", ".txt", ".json", ".pdf"}
    assert {path.suffix for path in files if names_the_first_subject(path)} == kinds
    for tag in TAGS:
        handout = out / "cse" / tag / f"cse-{tag}-handout.pdf"
        assert OF_THE_FIRST_GUIDE.search("\n".join(_strings(handout)))
        assert SQUEEZED.search(squeezed(_all_text(handout)))


def names_the_first_subject(path: Path) -> bool:
    """Whether the name of a file, its words, or what it says of itself names the first guide's subject."""
    if OF_THE_FIRST_GUIDE.search(path.name):
        return True
    if path.suffix != ".pdf":
        text = path.read_text("utf-8")
        if path.suffix == ".json":
            text = json.dumps(json.loads(text), ensure_ascii=False)
        return OF_THE_FIRST_GUIDE.search(unescape(text)) is not None
    about = "\n".join([*_strings(path), *codes(path)])
    return bool(OF_THE_FIRST_GUIDE.search(about) or SQUEEZED.search(squeezed(_all_text(path))))


def _all_text(path: Path) -> str:
    """What two readers extract from a PDF, with the footers."""
    by_poppler = subprocess.run([need("pdftotext"), path, "-"], capture_output=True, check=True)
    with pypdfium2.PdfDocument(path) as document:
        by_pdfium = [page.get_textpage().get_text_bounded() for page in document]
    return "\n".join([by_poppler.stdout.decode("utf-8"), *by_pdfium])


def _strings(path: Path) -> Iterator[str]:
    """Every string of a PDF outside its pages' content: titles, alternative texts, bookmarks, addresses."""
    with pikepdf.open(path) as pdf:
        yield str(pdf.open_metadata())
        for found in pdf.objects:
            yield from _strings_in(found)
        yield from _strings_in(pdf.trailer)


def _strings_in(value: pikepdf.Object, depth: int = 0) -> Iterator[str]:
    if depth and value.is_indirect:
        return
    if isinstance(value, pikepdf.String):
        yield str(value)
    elif isinstance(value, pikepdf.Array):
        for item in value:
            if isinstance(item, pikepdf.Object):
                yield from _strings_in(item, depth + 1)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for item in value.values():
            if isinstance(item, pikepdf.Object):
                yield from _strings_in(item, depth + 1)


@pytest.mark.parametrize("tag", TAGS)
def test_the_text_message_is_the_guide_s_own(built_for_a_school: Path, tag: str) -> None:
    text = (built_for_a_school / SLUG / tag / "message.txt").read_text("utf-8")
    assert "Example School" in text
    assert f"www.example.sch.uk/guides/{SLUG}/{tag}/" in text


@pytest.mark.parametrize("tag", TAGS)
def test_every_segment_is_on_the_page(built: Path, tag: str) -> None:
    pages.test_every_segment_is_on_the_page_with_its_words_bold_and_links(built, editions()[tag])


def test_every_link_leads_to_a_file(built: Path) -> None:
    followed = 0
    for path in built.rglob("*.html"):
        for element in elements(path):
            href = element.attributes.get("href", "tel:")
            if href.startswith(("tel:", "https:")):
                continue
            file, _, place = href.partition("#")
            target = path.parent / file if file else path
            assert target.is_file(), (path, href)
            assert not place or any(e.attributes.get("id") == place for e in elements(target)), (path, href)
            followed += 1
    assert followed


def test_nu_finds_nothing_in_the_pages(built: Path) -> None:
    assert nu_findings(sorted(built.rglob("index.html"))) == []


def phones(edition: Edition) -> list[FieldValue]:
    """The phone numbers that the guide names."""
    names = [name for segment in extract(edition.guide.blocks) for name in markup.fields(segment.text)]
    return [value for name in names if (value := edition.fields[name]).kind == "phone"]


@pytest.mark.browser
@pytest.mark.parametrize("tag", TAGS)
def test_axe_finds_nothing_in_a_page_and_it_fits_a_phone(page: Page, built: Path, tag: str) -> None:
    page.goto((built / SLUG / tag / "index.html").as_uri())
    pages.check_axe(page, 320, "light")
    pages.check_nothing_scrolls_sideways(page, editions()[tag])
    drawn = {href: text.replace("\u00a0", " ") for href, text in page.evaluate(pages.DRAWN)}
    assert drawn == {value.href: value.shown for value in phones(editions()[tag])}


@pytest.mark.parametrize(("tag", "kind"), SHEETS)
def test_two_readers_extract_every_word_of_a_sheet(built: Path, tag: str, kind: str) -> None:
    edition = editions()[tag]
    path = sheet(built, edition, kind)
    wanted = dict(messages(edition, kind))
    assert wanted
    for read in (poppler, by_pdfium):
        text = letters(read(path))
        lost = {name: lost_words(words, text) for name, words in wanted.items()}
        assert {name: words for name, words in lost.items() if words} == {}


@pytest.mark.parametrize("tag", TAGS)
def test_the_handout_has_its_numbers_on_the_first_side(built: Path, tag: str) -> None:
    edition = editions()[tag]
    pdfs.test_the_handout_is_a4_with_the_language_in_the_footer(built, edition)
    first = re.sub(r"\s+", " ", pdftotext(sheet(built, edition, "handout"), 0, 3000, "-l", "1"))
    assert len(phones(edition)) == 4
    assert [value.shown for value in phones(edition) if value.shown not in first] == []


@pytest.mark.parametrize(("tag", "kind"), SHEETS)
def test_a_sheet_is_tagged_and_names_its_language(built: Path, tag: str, kind: str) -> None:
    with pikepdf.open(sheet(built, editions()[tag], kind)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).split("-")[0] == tag
        assert str(pdf.docinfo.Title)
