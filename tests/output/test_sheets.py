"""Every printed sheet: tagged, complete, and extracted word by word by two PDF readers."""

import json
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp

from parentguide.build.api import BuildRequest, build_guides
from parentguide.infra.pdf_pages import page_count
from parentguide.model import markup, walk
from parentguide.model.contact import FieldValue
from parentguide.model.domain import INTERFACE
from parentguide.model.output import Edition
from parentguide.model.school import School
from parentguide.model.walk import extract
from parentguide.render.print.review_notes import MOST_TERMS
from parentguide.schools.values import LONGEST_ADDRESS, parse_url
from tests.conftest import need
from tests.languages import EACH_STRUCTURE, PROJECT, editions
from tests.output.inked import sides
from tests.output.sheets import (
    FOOTER,
    KINDS,
    READERS,
    SAMPLE,
    SAMPLE_TRANSLATED,
    SHEETS,
    by_pdfium,
    face_of,
    footer,
    glyphs,
    letters,
    lost_words,
    messages,
    phones,
    poppler,
    sheet,
    sheets,
    squeezed,
)
from tests.profile import quick

# What outloud warns of, and why it stays: the rule, and the kinds of sheets where it warns.
ALWAYS_FOUND = {
    # Each part of the review sheet is a /Table with a cell for each text
    # (test_each_part_of_the_review_sheet_is_a_table): outloud does not find the text inside its cells.
    "TBL-014": {"review"},
    # On the review sheet an address is one of the words to check, not a link to follow.
    "LNK-010": {"review"},
}
SOMETIMES_FOUND = {
    # Where a list continues on the next page, Typst paints it out of order. A screen reader
    # follows the tag tree, which is in order. And outloud counts a paragraph's own words before
    # the bold ones and the links among them, of which the two columns have many.
    "ORD-001": {"handout", "large-print", "bilingual", "review"},
    # A picture replaces the bullet of an item. The picture is an artifact, so the item's label is empty.
    "TAG-020": {"handout", "large-print"},
    # The lines to cut along are no table: ten times the same card stands between them.
    "TBL-014": {"cards"},
}
# Amiri has many shapes of one letter; each is extracted as the same letter, as it must be. So has a font that
# is made for a sheet, if the sheet has enough words.
AMIRI = {"TXT-004"}


@pytest.mark.parametrize(("edition", "kind"), SHEETS, indirect=["edition"])
def test_poppler_extracts_every_message(output: Path, edition: Edition, kind: str) -> None:
    text = poppler(sheet(output, edition, kind))
    exact = edition.language.direction == "ltr"
    whole = squeezed(text) if exact else letters(text)
    wanted = {name: squeezed(words) if exact else letters(words) for name, words in messages(edition, kind)}
    lost = {name: words for name, words in wanted.items() if words not in whole}
    # The reader joins a word with a hyphen at the end of a line.
    lost = {
        name: words for name, words in lost.items() if words.replace("-", "") not in whole.replace("-", "")
    }
    if not exact:
        # Two columns, one of each direction: pdftotext cuts lines into the other column. And where a side
        # has more English than words of the language, as the second leaf with the official definition, it
        # takes the runs of a line from left to right.
        lost = {name: words for name, words in lost.items() if not _all_words(name, edition, kind, text)}
    assert lost == {}


def _all_words(name: str, edition: Edition, kind: str, text: str) -> bool:
    """Whether each word of a message is on the sheet, wherever a reader puts it."""
    return not lost_words(dict(messages(edition, kind))[name], letters(text))


@pytest.mark.parametrize(("edition", "kind"), SHEETS, indirect=["edition"])
def test_pdfium_extracts_every_message(output: Path, edition: Edition, kind: str) -> None:
    text = by_pdfium(sheet(output, edition, kind))
    exact = edition.language.direction == "ltr"
    whole = squeezed(text) if exact else letters(text)
    lost = {}
    for name, words in messages(edition, kind):
        wanted = squeezed(words) if exact else letters(words)
        # pdfium writes a control character for a hyphen at the end of a line.
        if wanted.replace("-", "") not in whole.replace("-", ""):
            lost[name] = words
    if not exact:
        # In a right-to-left line pdfium reverses a web address at each full stop; in two
        # columns it cuts lines as poppler does. Each word is there.
        lost = {name: words for name, words in lost.items() if not _all_words(name, edition, kind, text)}
    assert lost == {}


@pytest.mark.parametrize(("edition", "kind"), SHEETS, indirect=["edition"])
def test_pdfium_keeps_words_apart(output: Path, edition: Edition, kind: str) -> None:
    """It misses a space that is a text of its own and has no outline (``parentguide.infra.fonts.SPACED``)."""
    text = re.sub(r"\s+", " ", by_pdfium(sheet(output, edition, kind)))
    joined = {
        f"{before} {after}"
        for _, words in messages(edition, kind)
        for before, after in pairwise(words.split())
        if f"{before} {after}" not in text and f"{before}{after}" in text
    }
    assert joined == set()


@pytest.mark.parametrize(
    ("edition", "kind"),
    sheets(SAMPLE, [kind for kind in KINDS if kind != "cards"]),  # cards have no phone number
    indirect=["edition"],
)
@pytest.mark.parametrize("reader", READERS)
def test_phone_digits_are_extracted_in_order(output: Path, edition: Edition, kind: str, reader: str) -> None:
    text = squeezed(READERS[reader](sheet(output, edition, kind)))
    numbers = phones(edition)
    assert numbers
    for name, shown in numbers.items():
        assert squeezed(shown) in text, name


@pytest.mark.parametrize(("edition", "kind"), SHEETS, indirect=["edition"])
def test_sheets_are_tagged_titled_and_have_embedded_fonts(output: Path, edition: Edition, kind: str) -> None:
    path = sheet(output, edition, kind)
    with pikepdf.open(path) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert pdf.Root.ViewerPreferences.Direction == "/L2R"
        assert str(pdf.Root.Lang).split("-")[0] == edition.language.tag.split("-", maxsplit=1)[0]
        assert str(pdf.docinfo["/Title"]) == markup.plain(edition.guide.title)
        objects = _dictionaries(pdf)
        fonts = [o for o in objects if o.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        tags = _structure(objects)
        assert tags["/H1"] == (2 if kind == "bilingual" else 1)
        if kind in ("handout", "large-print"):
            assert tags["/H2"] >= 5
            assert tags["/L"] >= 3
        if not edition.language.is_source:
            assert "en" in {str(o["/Lang"])[:2] for o in objects if "/Lang" in o}
        assert len(pdf.pages) == page_count(path.read_bytes())


def _dictionaries(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]


def _structure(objects: list[pikepdf.Dictionary]) -> Counter[str]:
    """How often each tag is used."""
    return Counter(str(o.get("/S")) for o in objects if o.get("/Type") == "/StructElem")


@pytest.mark.parametrize("edition", SAMPLE_TRANSLATED, indirect=True)
def test_each_part_of_the_review_sheet_is_a_table(output: Path, edition: Edition) -> None:
    with pikepdf.open(sheet(output, edition, "review")) as pdf:
        tags = _structure(_dictionaries(pdf))
    rows = len(walk.messages(edition.whole)) + len(edition.interface)
    terms = len(edition.notes.terms[:MOST_TERMS])
    assert terms > 1
    # The boxes to tick and the room to write have one head. Two tables of terms come first.
    assert (tags["/Table"], tags["/TH"], tags["/TD"]) == (2 + 2, 10 + 6, 6 * rows + 3 * terms)


@pytest.mark.parametrize("edition", SAMPLE_TRANSLATED, indirect=True)
def test_the_review_sheet_is_short_and_each_side_says_which_words_it_shows(
    output: Path, edition: Edition
) -> None:
    path = sheet(output, edition, "review")
    with pypdfium2.PdfDocument(path) as document:
        assert len(document) <= 20
        for side in document:
            width, _ = side.get_size()
            foot = side.get_textpage().get_text_bounded(0, 0, width, FOOTER)
            assert edition.code in foot
    for side in sides(path):
        least = min(mark.size for mark in side.marks if mark.bottom > FOOTER)
        assert least >= 10


@pytest.mark.parametrize("edition", SAMPLE_TRANSLATED, indirect=True)
def test_each_row_of_the_review_sheet_has_room_to_write(output: Path, edition: Edition) -> None:
    """A line of handwriting is 8 mm or more, also beside a message of one word."""
    with pypdfium2.PdfDocument(sheet(output, edition, "review")) as document:
        for side in document:
            paths = side.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=9)
            bounds = [path.get_bounds() for path in paths]
            # The rules between rows, which are wider than a column.
            rules = sorted({round(b[1]) for b in bounds if b[2] - b[0] > 400 and b[3] - b[1] < 2})
            assert all(
                above - below >= 8 * 72 / 25.4 for below, above in pairwise(rules) if above - below > 2
            )


# pdfua and outloud check every sheet; a quick run checks the handouts, and all sheets of each structure.
# Several sheets share a test, since both programs take longer to start than to check one.
BATCH = 24
CHECKED = sheets(EACH_STRUCTURE) + sheets(SAMPLE, ["handout"]) if quick() else SHEETS
CHECKED = [*{parameter.id: parameter.values for parameter in CHECKED}.values()]


@pytest.mark.parametrize(
    "batch",
    [CHECKED[i : i + BATCH] for i in range(0, len(CHECKED), BATCH)],
    ids=lambda batch: "-".join(batch[0][0]),
)
def test_pdfua_and_outloud_find_only_known_exceptions(output: Path, tmp_path: Path, batch: list[Any]) -> None:
    checked = {sheet(output, editions()[key], kind): (PROJECT.languages[key[1]], kind) for key, kind in batch}
    pdfua([*checked])
    found = outloud([*checked], tmp_path)
    for path, (language, kind) in checked.items():
        always = {rule for rule, kinds in ALWAYS_FOUND.items() if kind in kinds}
        is_arabic = language.script == "Arab"
        always |= AMIRI if is_arabic and face_of(language) is None else set()
        known = always | {rule for rule, kinds in SOMETIMES_FOUND.items() if kind in kinds}
        known |= AMIRI if is_arabic else set()
        assert found[path].keys() <= known, (path.name, found[path])
        assert always <= found[path].keys(), f"{path.name}: an exception is no longer needed"


def test_pdfua_and_outloud_find_only_known_exceptions_on_the_poster(output: Path, tmp_path: Path) -> None:
    poster = output / "poster.pdf"
    pdfua([poster])
    assert outloud([poster], tmp_path)[poster].keys() <= AMIRI


def pdfua(paths: list[Path]) -> None:
    """Assert that pdfua finds nothing."""
    command: list[str | Path] = [Path(sys.executable).with_name("pdfua"), "check", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASS (no findings)") == len(paths)


def outloud(paths: list[Path], folder: Path) -> dict[Path, dict[str, Any]]:
    """A warning or error of outloud for each rule, by file."""
    report = folder / "outloud.json"
    command: list[str | Path] = [Path(sys.executable).with_name("outloud"), "-q", "--json", report, *paths]
    subprocess.run(command, capture_output=True, check=False)
    found: dict[Path, dict[str, Any]] = {}
    for file in json.loads(report.read_text("utf-8"))["results"]:
        findings = [finding for finding in file["findings"] if finding["severity"] != "info"]
        found[Path(file["path"])] = {finding["rule"]: finding for finding in findings}
    assert set(found) == set(paths)
    return found


# In points beside 14 pt Latin: a naskh is set larger, and its Latin words are not.
SMALLEST = {"handout": 12.0, "large-print": 18.0, "bilingual": 12.0}


@pytest.mark.parametrize(("edition", "kind"), sheets(SAMPLE, SMALLEST), indirect=["edition"])
def test_type_is_never_smaller_than_promised(output: Path, edition: Edition, kind: str) -> None:
    path = sheet(output, edition, kind)
    above = footer(path)
    sizes: Counter[float] = Counter()
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            for glyph in glyphs(text):
                if glyph.bottom > above and glyph.char.isalnum():
                    sizes[round(pdfium.FPDFText_GetFontSize(text.raw, glyph.index), 2)] += 1
    assert min(sizes) >= SMALLEST[kind] - 0.01, sorted(sizes.items())[:3]


def _colours(path: Path) -> set[tuple[float, ...]]:
    """Every colour that a page sets, as its components."""
    found = set()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for instruction in pikepdf.parse_content_stream(page):
                operands = list(instruction.operands)
                if str(instruction.operator) in ("rg", "RG", "g", "G", "sc", "SC", "scn", "SCN"):
                    found.add(tuple(float(o) for o in operands if not isinstance(o, pikepdf.Name)))
    return found


@pytest.mark.parametrize("mono", [False, True])
def test_mono_sheets_are_black_and_the_others_are_coloured(tmp_path: Path, mono: bool) -> None:
    school = School("X", guides=parse_url("www.example.sch.uk/guides"))
    build_guides(PROJECT, BuildRequest(("en", "ur"), school=school, mono=mono), tmp_path)
    colours = {colour for path in tmp_path.rglob("*.pdf") for colour in _colours(path)}
    assert any(len(set(colour)) > 1 for colour in colours) is not mono
    if mono:
        greys = colours - {(0.0,), (0.0, 0.0, 0.0)}
        assert greys <= {(1.0,), (1.0, 1.0, 1.0)}, "black, and the white of a QR code"


def codes(path: Path) -> list[str]:
    """The QR codes on a sheet, as a printer with 150 dots an inch prints it."""
    with pypdfium2.PdfDocument(path) as document:
        pictures = [page.render(scale=150 / 72).to_pil() for page in document]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def test_the_longest_school_address_is_a_readable_qr_code(tmp_path: Path) -> None:
    """Also in letters that are not Latin: a code holds bytes, and readers guess the encoding."""
    start = "https://www.школа.example/посібник/"
    address = start + "a" * (LONGEST_ADDRESS - len(start))
    school = School("X", guides=FieldValue("url", "www.школа.example", address))
    build_guides(PROJECT, BuildRequest(("en",), ("handout",), school), tmp_path / "o")
    (path,) = tmp_path.rglob("*-handout.pdf")
    assert codes(path) == [f"{address}/cse/en/"]


def test_the_school_address_is_a_qr_code_and_printed_text(tmp_path: Path) -> None:
    school = School("X", guides=parse_url("www.example.sch.uk/guides/"))
    build_guides(
        PROJECT, BuildRequest(("en", "ur"), ("handout", "poster", "large-print"), school), tmp_path / "o"
    )
    for path in sorted(tmp_path.rglob("*.pdf")):
        address = "https://www.example.sch.uk/guides/"
        if path.parent.name in ("en", "ur"):
            address += f"cse/{path.parent.name}/"
        with pikepdf.open(path) as pdf:
            alternatives = [
                str(o["/Alt"]) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o
            ]
        assert address in alternatives, path
        assert codes(path) == [address], path
        assert letters(address.removeprefix("https://")) in letters(
            subprocess.run([need("pdftotext"), path, "-"], capture_output=True, check=True).stdout.decode()
        )


def frames(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """The poster's frames: left, bottom, right, top."""
    paths = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=9)
    # The ground of a cell and its edge are two paths; the band at the top is as wide as the sheet, and a
    # picture is narrower than a cell.
    found: list[tuple[float, float, float, float]] = []
    for bounds in (path.get_bounds() for path in paths):
        is_known = any(max(abs(a - b) for a, b in zip(bounds, other, strict=True)) < 2 for other in found)
        if not is_known and 100 < bounds[2] - bounds[0] < 0.8 * page.get_width():
            found.append(bounds)
    return found


def cropped(path: Path, frame: tuple[float, float, float, float], height: float) -> str:
    """What poppler extracts from a frame of a page of this height."""
    left, bottom, right, top = (round(side) for side in frame)
    box = ("-x", left, "-y", round(height) - top, "-W", right - left, "-H", top - bottom)
    command = [need("pdftotext"), "-r", "72", *map(str, box), str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")


def test_the_poster_has_every_language_in_its_own_words(output: Path) -> None:
    path = output / "poster.pdf"
    with pypdfium2.PdfDocument(path) as poster:
        assert len(poster) == 1
        text = poster[0].get_textpage()
        cells = [
            (letters(text.get_text_bounded(*frame)), letters(cropped(path, frame, poster[0].get_height())))
            for frame in frames(poster[0])
        ]
        text.close()
    for edition in editions().values():
        if edition.language.is_source:
            continue
        point = PROJECT.catalog(edition.language, INTERFACE)["poster.point"].text
        # Readers guess the order of sentences where lines of two directions meet, and pdfium
        # reverses some last words of a right-to-left line.
        sentences = re.split(r"[.।。።۔،,、，]", point)
        wanted = [letters(w) for w in (edition.language.own_name, edition.language.english_name, *sentences)]
        assert any(all(words in one or words in other for words in wanted) for one, other in cells), wanted


TRANSLATED_TAGS = [tag for tag, language in PROJECT.complete_languages.items() if not language.is_source]


@pytest.mark.parametrize("count", sorted({min(n, len(TRANSLATED_TAGS)) for n in (1, 5, 13, 27, 10_000)}))
def test_all_words_of_the_poster_are_in_their_frames(tmp_path: Path, count: int) -> None:
    """However many languages a school has, no text runs over into the next frame."""
    build_guides(PROJECT, BuildRequest(tuple(TRANSLATED_TAGS[-count:]), ("poster",)), tmp_path / "o")
    with pypdfium2.PdfDocument(tmp_path / "o/poster.pdf") as document:
        page = document[0]
        places = frames(page)
        assert len(places) == count
        inside: Counter[int] = Counter()
        for glyph in glyphs(page.get_textpage()):
            if glyph.right <= glyph.left or glyph.top <= glyph.bottom:
                continue
            for number, (left, bottom, right, top) in enumerate(places):
                if left < glyph.centre < right and bottom < glyph.top and glyph.bottom < top:
                    # Ink may touch the line of the frame, but not cross it.
                    assert bottom - 0.5 <= glyph.bottom < glyph.top <= top + 0.5, (number, glyph)
                    inside[number] += 1
    assert len(inside) == count


@pytest.mark.parametrize("edition", SAMPLE_TRANSLATED, indirect=True)
def test_a_page_has_six_cards_or_more(output: Path, edition: Edition) -> None:
    text = squeezed(poppler(sheet(output, edition, "cards")))
    assert text.count(f"Ispeak{squeezed(edition.language.spoken_as)}.") in (6, 8, 10)


@pytest.mark.parametrize("edition", SAMPLE_TRANSLATED, indirect=True)
def test_both_columns_of_the_bilingual_sheet_are_level(output: Path, edition: Edition) -> None:
    """Each numbered row begins at the same height in both columns."""
    seen = 0
    with pypdfium2.PdfDocument(sheet(output, edition, "bilingual")) as document:
        for page in document:
            middle = page.get_size()[0] / 2
            drawn = [
                glyph
                for glyph in glyphs(page.get_textpage())
                if glyph.bottom > FOOTER and glyph.right > glyph.left and glyph.char.strip()
            ]
            for digit in drawn:
                # Numbers stand between the columns, with nothing else near the middle.
                near = [g for g in drawn if abs(g.centre - middle) < 17 and abs(g.middle - digit.middle) < 5]
                in_block = abs(digit.centre - middle) < 10
                if not in_block or not all(g.char.isdigit() and abs(g.centre - middle) < 10 for g in near):
                    continue
                beside = [glyph.left for glyph in drawn if abs(glyph.middle - digit.middle) < 9]
                assert any(left < middle - 16 for left in beside), "English beside its number"
                assert any(left > middle + 16 for left in beside), "the language beside its number"
                seen += 1
    assert seen >= len(extract(edition.guide.blocks))


def test_a_file_that_is_not_a_pdf_has_no_pages() -> None:
    assert page_count(b"<html>") == 0
