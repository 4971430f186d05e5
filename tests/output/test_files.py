"""The plain files beside pages and sheets: to read aloud, to send, to unpack, to read first."""

import json
import posixpath
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest

from parentguide.build.api import BuildRequest, archive_path, build_guides
from parentguide.build.previous import NOTE
from parentguide.errors import LayoutError, ProjectError
from parentguide.infra.atomic import zip_bytes
from parentguide.model import markup
from parentguide.model.contact import FieldValue
from parentguide.model.guide import BulletList
from parentguide.model.output import Edition
from parentguide.model.school import School
from parentguide.model.walk import blocks_in, for_two_readers
from parentguide.project.project import Project
from parentguide.render.text.plain_text import LINK_PLACE, LONGEST_MESSAGE
from parentguide.schools.values import parse_url
from tests.languages import EDITIONS, editions, shown_segments
from tests.output.markup import elements

PROJECT = Project()
NAMES = (("English", "en"), ("Urdu", "ur"))
# The attributes that make a browser fetch something.
FETCHING = {"src", "srcset", "data", "poster", "background"}


def read(output: Path, edition: Edition, name: str) -> str:
    return (output / edition.guide.slug / edition.language.tag / name).read_text("utf-8")


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_read_aloud_text_has_each_block_once_with_its_number_on_the_bilingual_sheet(
    output: Path, edition: Edition
) -> None:
    text, guide = read(output, edition, "read-aloud.txt"), edition.guide
    wanted = edition.numbers
    values = {
        name: f"\u2066{v.shown}\u2069" if edition.language.direction == "rtl" else v.shown
        for name, v in edition.fields.items()
    }
    lines = re.findall(r"^(\d+)\. (.*)$", text, re.MULTILINE)
    steps = {
        item.id: f"  {position}. "
        for block in blocks_in(edition.guide.blocks)
        if isinstance(block, BulletList) and block.ordered
        for position, item in enumerate(block.items, 1)
    }
    expected = [
        (str(wanted[s.id]), steps.get(s.id, "") + markup.filled(markup.plain(s.text), values))
        for s in shown_segments(replace(edition, guide=replace(guide, blocks=for_two_readers(guide.blocks))))
    ]
    assert lines == expected
    assert "**" not in text
    assert not markup.fields(text)
    if not edition.language.is_source:
        assert f"I speak {edition.language.spoken_as}. I need an interpreter, please." in text


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_message_is_short_and_has_a_place_for_the_link(output: Path, edition: Edition) -> None:
    text = read(output, edition, "message.txt")
    assert LINK_PLACE in text
    assert len(text) <= LONGEST_MESSAGE
    assert len(text.strip()) > 30


def test_message_has_the_school_s_own_address(tmp_path: Path) -> None:
    school = School("X", guides=parse_url("https://www.example.sch.uk/our-families/guides/"))
    build_guides(PROJECT, BuildRequest(formats=("message",), school=school), tmp_path / "o")
    for edition in editions().values():
        text = read(tmp_path / "o", edition, "message.txt")
        assert (
            f"https://www.example.sch.uk/our-families/guides/{edition.guide.slug}/{edition.language.tag}/"
            in text
        )
        assert LINK_PLACE not in text


def test_address_too_long_for_a_message_is_refused(tmp_path: Path) -> None:
    address = "https://www.example.sch.uk/" + "a" * 280
    school = School("X", guides=FieldValue("url", address, address))
    with pytest.raises(LayoutError, match="300"):
        build_guides(PROJECT, BuildRequest(("pl",), ("message",), school), tmp_path / "o")
    assert not (tmp_path / "o" / "cse").exists()


def test_archive_holds_the_folder_twice_and_is_the_same_on_any_day(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        out = tmp_path / name / "guides"
        build_guides(PROJECT, BuildRequest(("en", "ur"), ("web", "handout", "message"), archive=True), out)
        made.append(archive_path(out).read_bytes())
        assert archive_path(out) == tmp_path / name / "guides.zip"
    assert made[0] == made[1]
    with ZipFile(BytesIO(made[0])) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        out = tmp_path / "a" / "guides"
        made_paths = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
        sheets = {f"To print/Handout/{n} – handout.pdf": f"cse/{t}/cse-{t}-handout.pdf" for n, t in NAMES}
        website = {f"For your website/{path}": path for path in made_paths - {NOTE, "README-FIRST.html"}}
        copies = website | sheets
        assert {*names} == {*copies, "README-FIRST.html"}
        assert names == sorted(names)
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            # Without this flag (bit 11), Windows takes names for its own character set.
            assert entry.filename.isascii() or entry.flag_bits & 0x800
            if entry.filename in copies:
                assert archive.read(entry) == (out / copies[entry.filename]).read_bytes()


def test_read_first_page_of_an_archive_explains_its_folders_and_links_into_them(tmp_path: Path) -> None:
    out = tmp_path / "guides"
    formats = ("web", "handout", "poster")
    build_guides(PROJECT, BuildRequest(("en", "ur"), formats, archive=True), out)
    with ZipFile(archive_path(out)) as archive:
        archive.extractall(tmp_path / "unpacked")
    text = (tmp_path / "unpacked" / "README-FIRST.html").read_text("utf-8")
    assert "the whole folder “For your website”" in text
    assert "such as “Urdu – handout.pdf”" in text
    hrefs = re.findall(r'href="([^"#]+)"', text)
    assert {"For%20your%20website/index.html", "To%20print/Poster%20%E2%80%93%20A3.pdf"} <= {*hrefs}
    for href in hrefs:
        assert (tmp_path / "unpacked" / unquote(href)).is_file(), href
    assert "ZIP" not in (out / "README-FIRST.html").read_text("utf-8")


def test_pages_of_an_archive_link_to_files_that_are_in_it(tmp_path: Path) -> None:
    out = tmp_path / "guides"
    build_guides(PROJECT, BuildRequest(("en", "ur"), ("web", "handout", "signs"), archive=True), out)
    with ZipFile(archive_path(out)) as archive:
        names = {*archive.namelist()}
    linked = 0
    for page in [name for name in names if name.endswith("index.html")]:
        for element in elements(out / page.removeprefix("For your website/")):
            href = (element.attributes.get("href") or "").partition("#")[0]
            if href and not re.match(r"\w+:|//", href):
                path = posixpath.normpath(posixpath.join(posixpath.dirname(page), href))
                assert path in names or f"{path}/index.html" in names, (page, href)
                linked += path.endswith(".pdf")
    assert linked >= 4


def test_archive_without_pages_has_each_file_once(tmp_path: Path) -> None:
    out = tmp_path / "guides"
    build_guides(PROJECT, BuildRequest(("ur",), ("handout", "message"), archive=True), out)
    with ZipFile(archive_path(out)) as archive:
        assert archive.namelist() == [
            "Other files/cse/ur/message.txt",
            "Other files/manifest.json",
            "To print/Handout/Urdu – handout.pdf",
        ]


def test_archive_refuses_paths_outside_its_folder() -> None:
    with pytest.raises(ProjectError):
        zip_bytes([("../evil.txt", b"x")])


def test_read_first_page_names_files_that_exist(output: Path) -> None:
    text = (output / "README-FIRST.html").read_text("utf-8")
    example = re.search(r"such as “(cse/[\w-]+)”", text)
    assert example is not None
    named = re.findall(r"<dt>([^<]+)</dt>", text)
    assert len(named) >= 9
    for name in named:
        assert (output / example[1] / name).is_file(), name
    for href in re.findall(r'href="([^"#]+)"', text):
        assert (output / href).is_file(), href
    for language in PROJECT.complete_languages.values():
        assert language.english_name in text
        assert language.own_name in text
    drafts = sum(language.review == "draft" for language in PROJECT.complete_languages.values())
    assert f"{drafts} of the {len(PROJECT.complete_languages) - 1} translations here are drafts" in text


def test_read_first_page_names_only_what_was_made(tmp_path: Path) -> None:
    build_guides(PROJECT, BuildRequest(("en", "pl"), ("web",)), tmp_path / "o")
    text = (tmp_path / "o" / "README-FIRST.html").read_text("utf-8")
    assert re.findall(r"<dt>([^<]+)</dt>", text) == ["index.html"]
    assert "poster" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)


def test_pages_name_nothing_to_fetch(output: Path) -> None:
    for path in sorted(output.rglob("*.html")):
        fetched = []
        for element in elements(path):
            loads_href = element.tag == "link" and element.attributes.get("rel") != "alternate"
            for name, value in element.attributes.items():
                if (name in FETCHING or (name == "href" and loads_href)) and not value.startswith("data:"):
                    fetched.append(f"{element.tag} {name}={value}")
        assert fetched == [], path
        assert "@import" not in path.read_text("utf-8")


def test_page_gives_the_size_and_pages_of_each_download(output: Path) -> None:
    rows = json.loads((output / "manifest.json").read_text("utf-8"))["artifacts"]
    page = read(output, editions()["cse", "pl"], "index.html")
    for row in rows:
        if row["language"] == "pl" and row["edition"] in ("handout", "large-print", "bilingual", "cards"):
            assert f"Liczba stron: {row['pages']}" in page
            assert f"{round(row['bytes'] / 1000)}\u00a0kB" in page
