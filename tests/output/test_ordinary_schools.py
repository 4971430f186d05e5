"""Every ordinary school gets its guides: all files are made or named, and no detail of it is lost."""

import html
import json
import re
import subprocess
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest

from parentguide.build.batch import SchoolResult, build_schools
from parentguide.build.plan import BuildRequest
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.render.print.sheet_data import known_role
from parentguide.schools.details import detail_texts
from parentguide.schools.notices import school_notices
from parentguide.schools.school_file import read_school
from parentguide.schools.spreadsheet import SchoolRow, read_schools
from tests.conftest import need
from tests.output.ordinary_schools import ordinary_schools
from tests.output.sheets import RIGHT_TO_LEFT, letters, pdftotext, squeezed
from tests.output.test_addresses import links
from tests.output.test_sheets import pdfua
from tests.profile import cases

PROJECT = Project()
FILES = Path(__file__).parent / "schools"
# Latin, Arabic, Tamil, Han and Ethiopic script.
TAGS = ("pl", "ur", "ta", "zh-Hans", "am")
COUNT = 200
# In points: less than that of any sheet.
MARGIN = 20


def build(schools: Sequence[School], formats: tuple[str, ...], out: Path) -> list[SchoolResult]:
    rows = [SchoolRow(f"row {n}", f"school-{n}", school.name, school) for n, school in enumerate(schools)]
    return [*build_schools(PROJECT, BuildRequest(TAGS, formats), rows, out)]


def check_school(school: School, result: SchoolResult, folder: Path, formats: Sequence[str]) -> None:
    """All files are made or named, and show all details of the school."""
    assert result.error == "", school
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    made = {row["path"] for row in manifest["artifacts"]}
    missing = {row["path"] for row in manifest.get("left_out", ())}
    assert missing == {file.path for file in result.left_out}
    assert not made & missing
    for tag in TAGS:
        files = {f"cse/{tag}/{name}" for name in (file_name(f, tag) for f in formats)}
        assert files <= made | missing
        assert f"cse/{tag}/index.html" in made
        check_page(school, folder / f"cse/{tag}/index.html")
        for path in files & made:
            if path.endswith(".pdf"):
                check_sheet(school, folder / path)
    check_readme(result, folder, made, missing)


def file_name(name: str, tag: str) -> str:
    return {"web": "index.html", "read-aloud": "read-aloud.txt"}.get(name, f"cse-{tag}-{name}.pdf")


def check_page(school: School, path: Path) -> None:
    source = path.read_text("utf-8")
    words = squeezed(html.unescape(re.sub(r"<[^>]+>", "", source.partition("<main")[2] + source)))
    for place, text in detail_texts(school):
        if place != "guides":  # the page is there itself
            assert squeezed(text) in words, (path, place, text)
    markup = re.sub(r"<script>.*?</script>", "", source, flags=re.DOTALL)
    for target in re.findall(r'href="([^"#:]+)"', markup):
        assert (path.parent / target).resolve().is_file(), (path, target)


def check_sheet(school: School, path: Path) -> None:
    read = on_paper(path)
    either_way = path.parent.name in RIGHT_TO_LEFT
    for place, text in detail_texts(school):
        # A role that has a translation is in the language, and in English too on the sheet with both.
        translated = place.endswith("role") and known_role(text) and path.parent.name != "en"
        if not translated or "bilingual" in path.name:
            assert any(is_in(text, one, either_way) for one in read), (path, place, text)
    if school.guides:
        base = school.guides.href.rstrip("/") + "/"
        for link in links(path):
            if link.startswith(base) and "/policies/" not in link:
                assert (path.parents[2] / link.removeprefix(base) / "index.html").is_file(), link


def on_paper(path: Path) -> tuple[str, str]:
    """The text within the margins, without and with the footers: a footer can be within a text, and a last
    line can be where some sheets have their footer. What runs off the paper is lost."""
    with pypdfium2.PdfDocument(path) as document:
        width, _ = document[0].get_size()
    order = [] if path.parent.name in RIGHT_TO_LEFT else ["-raw"]
    edges = ["-x", str(MARGIN), "-y", "0", "-W", str(int(width) - 2 * MARGIN), "-H", "3000"]
    command: list[str | Path] = [need("pdftotext"), *order, *edges, path, "-"]
    whole = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    return pdftotext(path, MARGIN, width - MARGIN, *order), whole


def is_in(text: str, read: str, either_way: bool) -> bool:
    """Whether the sheet has the text; where readers guess at directions, whether it has each word."""
    if squeezed(text) in squeezed(read):
        return True
    if not either_way and not re.search("[\u0590-\u08ff]", text):
        return False
    found = letters(read)
    # poppler reverses the parts of an emoji in right-to-left text.
    return all(
        letters(word) in found or (has_symbol(word) and set(word) <= set(read))
        for word in re.split(r"[\s·/.@-]+", text)
    )


def has_symbol(word: str) -> bool:
    return any(unicodedata.category(char) in ("So", "Me") for char in word)


def check_readme(result: SchoolResult, folder: Path, made: set[str], missing: set[str]) -> None:
    readme = html.unescape((folder / "README-FIRST.html").read_text("utf-8"))
    for line in result.missing:
        assert line in readme
    assert bool(result.missing) == bool(missing) == ("could not be made" in readme)
    for name in re.findall(r"<dt>([^<]+)</dt>", readme):
        assert any(path.endswith(f"/{name}") for path in made), name


def test_ordinary_schools_get_all_their_files_with_all_their_details(tmp_path: Path) -> None:
    schools = [*ordinary_schools(cases(COUNT))]
    kinds = (("web", "handout"), ("web", "large-print"), ("web", "bilingual", "read-aloud"))
    for turn, formats in enumerate(kinds):
        group, out = schools[turn :: len(kinds)], tmp_path / str(turn)
        results = build(group, formats, out)
        assert len(results) == len(group)
        for school, result in zip(group, results, strict=True):
            check_school(school, result, out / result.entry.folder, formats)
            assert school_notices(school, PROJECT.complete_languages) == (), "every character has a font"


@pytest.mark.parametrize("path", sorted(FILES.glob("*.toml")), ids=lambda path: path.stem)
def test_schools_from_the_field_get_all_their_files(path: Path, tmp_path: Path) -> None:
    school = read_school(path)
    formats = ("web", "handout", "large-print", "bilingual")
    (result,) = build([school], formats, tmp_path)
    check_school(school, result, tmp_path / result.entry.folder, formats)


def test_names_from_the_field_are_on_page_and_sheet(tmp_path: Path) -> None:
    names = (FILES / "names.txt").read_text("utf-8").splitlines()
    schools = [School(name) for name in names if name]
    for school, result in zip(schools, build(schools, ("web", "large-print"), tmp_path), strict=True):
        check_school(school, result, tmp_path / result.entry.folder, ("web", "large-print"))


def test_a_trust_from_the_field_gets_all_its_files(tmp_path: Path) -> None:
    rows = read_schools(FILES / "trust.csv")
    for row, result in zip(
        rows, build_schools(PROJECT, BuildRequest(TAGS, ("web", "handout")), rows, tmp_path), strict=True
    ):
        assert row.school is not None
        check_school(row.school, result, tmp_path / row.folder, ("web", "handout"))


def test_names_with_every_kind_of_emoji_come_back_from_accessible_sheets(tmp_path: Path) -> None:
    """Sequences with joiners, tones of skin, flags, keycaps, and signs that other fonts have too."""
    names = (
        "Hill Top 👩🏽\u200d🏫 School",
        "👨\u200d👩\u200d👧\u200d👦 Nursery",
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f Ysgol 🇬🇧",
        "No. 1\ufe0f\u20e3 ❤\ufe0f ★ ✝ 👍🏿",
    )
    schools = [School(name) for name in names]
    results = build(schools, ("web", "large-print"), tmp_path)
    sheets = []
    for school, result in zip(schools, results, strict=True):
        folder = tmp_path / result.entry.folder
        check_school(school, result, folder, ("web", "large-print"))
        sheets.append(folder / "cse/ur/cse-ur-large-print.pdf")
    pdfua(sheets)
