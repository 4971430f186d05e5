"""Every printed sheet in every language: tagged, whole, every word given back by two readers."""

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp

from parentguide.build.api import BuildRequest, build_guides, plan
from parentguide.infra.pdf_pages import page_count
from parentguide.model import markup
from parentguide.model.contact import FieldValue
from parentguide.model.output import Edition
from parentguide.model.school import School
from parentguide.model.walk import extract
from parentguide.project.project import Project
from parentguide.render.print.fixed_size import find_phrase
from parentguide.schools.values import LONGEST_ADDRESS, parse_url
from tests.conftest import need

PROJECT = Project()
EDITIONS = plan(PROJECT, BuildRequest()).editions
KINDS = ("handout", "large-print", "bilingual", "cards", "review")
ONLY_TRANSLATED = {"bilingual", "cards", "review"}
SHEETS = [
    pytest.param(e, kind, id=f"{e.guide.slug}-{e.language.tag}-{kind}")
    for e in EDITIONS
    for kind in KINDS
    if not (e.language.is_source and kind in ONLY_TRANSLATED)
]
# What outloud warns of, and why it stays. Tested to be needed, so that none outlives its reason.
OUTLOUD_EXCEPTIONS = {
    # Amiri has many shapes of one letter; each gives back the same letter, as it must.
    "TXT-004": {tag for tag, language in PROJECT.languages.items() if language.script == "Arab"},
    # The review sheet's grid is one /Table with a cell for each (test_the_review_sheet_is_a_table):
    # outloud does not find the text inside its cells.
    "TBL-014": {"*review"},
    # On the sheet for a pen an address is one of the words to check, not a thing to press.
    "LNK-010": {"*review"},
    # Where a list runs over to the next side, Typst paints it out of order. A screen reader
    # follows the tag tree, which is in order. And outloud counts a paragraph's own words before
    # the bold ones and the links among them, of which the two columns have many.
    "ORD-001": {"*large-print", "*bilingual"},
}


def sheet(output: Path, edition: Edition, kind: str) -> Path:
    slug, tag = edition.guide.slug, edition.language.tag
    return output / slug / tag / f"{slug}-{tag}-{kind}.pdf"


def squeezed(text: str) -> str:
    """NFC, without white space, direction marks and the marks for a hyphen at a line's end."""
    return re.sub(
        "[\\s\u0002\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069]",
        "",
        unicodedata.normalize("NFC", text),
    )


def letters(text: str) -> str:
    """Letters, marks and digits only.

    A reader of right-to-left text guesses on which side of a number a comma stands, and
    each guesses otherwise; letters and digits must be exact in all.
    """
    return "".join(char for char in squeezed(text) if unicodedata.category(char)[0] in "LMN")


@cache
def poppler(path: Path) -> str:
    """The text as pdftotext gives it; page feet are left out, as they part a block in two.

    Left-to-right sheets are read in the order of the content, since pdftotext guesses at
    columns; right-to-left ones need its guess at directions.
    """
    return pdftotext(path, 0, 3000, *([] if path.parent.name in RIGHT_TO_LEFT else ["-raw"]))


def pdftotext(path: Path, left: float, right: float, *options: str) -> str:
    """What pdftotext gives of all sides between two edges from the left, in points, without the feet."""
    edges = {"-x": left, "-y": 0, "-W": right - left, "-H": body_height(path)}
    box = [part for name, edge in edges.items() for part in (name, str(int(edge)))]
    done = subprocess.run([need("pdftotext"), *options, *box, path, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


RIGHT_TO_LEFT = {e.language.tag for e in EDITIONS if e.language.direction == "rtl"}
# The foot of a side, in points: the language's name and the page's number.
FOOT = 38
LARGE_FOOT = 56


def foot(path: Path) -> int:
    return LARGE_FOOT if path.stem.endswith("large-print") else FOOT


def body_height(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return int(pdf.pages[0].mediabox[3]) - foot(path)


@cache
def by_pdfium(path: Path) -> str:
    return pdfium_text(path)


def pdfium_text(path: Path, left: float = 0, right: float | None = None) -> str:
    """The same as pdfium gives it; ``right`` is the page's edge where it is left out."""
    text = []
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            width, height = page.get_size()
            box = (left, foot(path), width if right is None else right, height)
            text.append(page.get_textpage().get_text_bounded(*box))
    return "".join(text)


def messages(edition: Edition, kind: str) -> Iterator[tuple[str, str]]:
    """What a sheet must give back: id, and words with the fields filled."""
    values = {name: value.shown for name, value in edition.fields.items()}
    for segment in extract(edition.guide.blocks):
        if edition.language.is_source and segment.id.startswith("definition-"):
            continue  # in English the definition stands once
        if kind == "cards" and segment.id != "interpreter-say":
            continue
        yield segment.id, markup.filled(markup.plain(segment.text), values)


@pytest.mark.parametrize(("edition", "kind"), SHEETS)
def test_poppler_gives_every_message_back(output: Path, edition: Edition, kind: str) -> None:
    text = poppler(sheet(output, edition, kind))
    exact = edition.language.direction == "ltr"
    whole = squeezed(text) if exact else letters(text)
    wanted = {name: squeezed(words) if exact else letters(words) for name, words in messages(edition, kind)}
    lost = {name: words for name, words in wanted.items() if words not in whole}
    # A word with a hyphen at the end of a line is joined by the reader, not by the sheet.
    lost = {
        name: words for name, words in lost.items() if words.replace("-", "") not in whole.replace("-", "")
    }
    if not exact:
        # Two columns, one of each direction: pdftotext cuts lines into the other column. And where a
        # side has more English than words of the language, as beside the official definition, it
        # takes the runs of a line with a number or Latin letters in it from left to right.
        lost = {
            name: words
            for name, words in lost.items()
            if not (kind in ("bilingual", "review") or name.startswith("definition-"))
            or not _all_words(name, edition, kind, text)
        }
    assert lost == {}


def _all_words(name: str, edition: Edition, kind: str, text: str) -> bool:
    """Whether each word of a message is on the sheet, wherever a reader puts it."""
    return not lost_words(dict(messages(edition, kind))[name], letters(text))


def lost_words(words: str, heap: str) -> list[str]:
    """The words that are nowhere in ``heap``, the letters of a sheet."""
    return [word for word in re.split(r"[\W_]+", words) if letters(word) not in heap]


@pytest.mark.parametrize(("edition", "kind"), SHEETS)
def test_pdfium_gives_every_message_back(output: Path, edition: Edition, kind: str) -> None:
    path = sheet(output, edition, kind)
    text = by_pdfium(path)
    if edition.language.script == "Guru":
        # pdfium takes Gurmukhi's non-spacing marks for right-to-left ones and turns the line
        # round, whatever the font. Nothing is lost: it has the characters that poppler has.
        assert Counter(letters(text)) == Counter(letters(poppler(path)))
        return
    exact = edition.language.direction == "ltr"
    whole = squeezed(text) if exact else letters(text)
    lost = {}
    for name, words in messages(edition, kind):
        wanted = squeezed(words) if exact else letters(words)
        # pdfium writes a control character for a hyphen at the end of a line.
        if wanted.replace("-", "") not in whole.replace("-", ""):
            lost[name] = words
    if not exact:
        # In a right-to-left line pdfium turns a web address round at each full stop; in two
        # columns it cuts lines as poppler does. Each word is there.
        lost = {name: words for name, words in lost.items() if not _all_words(name, edition, kind, text)}
    assert lost == {}


@pytest.mark.parametrize(("edition", "kind"), SHEETS)
@pytest.mark.parametrize("reader", [poppler, by_pdfium], ids=["poppler", "pdfium"])
def test_phones_are_in_order_in_the_text_layer(
    output: Path, edition: Edition, kind: str, reader: object
) -> None:
    if kind == "cards":
        return  # they carry no number
    assert callable(reader)
    text = squeezed(reader(sheet(output, edition, kind)))
    for contact in PROJECT.contacts:
        if contact.value.kind == "phone":
            assert squeezed(contact.value.shown) in text, contact.name


@pytest.mark.parametrize(("edition", "kind"), SHEETS)
def test_tagged_titled_embedded_and_counted(output: Path, edition: Edition, kind: str) -> None:
    path = sheet(output, edition, kind)
    with pikepdf.open(path) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang).split("-")[0] == edition.language.tag.split("-", maxsplit=1)[0]
        assert str(pdf.docinfo["/Title"]) == markup.plain(edition.guide.title)
        fonts = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        tags = Counter(_structure(pdf))
        assert tags["/H1"] == (2 if kind == "bilingual" else 1)
        if kind in ("handout", "large-print"):
            assert tags["/H2"] >= 5
            assert tags["/L"] >= 3
        if not edition.language.is_source:
            assert "en" in {
                str(o["/Lang"])[:2] for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Lang" in o
            }
        assert len(pdf.pages) == page_count(path.read_bytes())


def _structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem":
            yield str(item.get("/S"))


@pytest.mark.parametrize(
    "edition", [e for e in EDITIONS if not e.language.is_source], ids=lambda e: e.language.tag
)
def test_the_review_sheet_is_a_table(output: Path, edition: Edition) -> None:
    with pikepdf.open(sheet(output, edition, "review")) as pdf:
        tags = Counter(_structure(pdf))
    rows = len(extract(edition.guide.blocks))
    assert (tags["/Table"], tags["/TH"], tags["/TD"]) == (1, 5, 5 * rows)


def test_pdfua_and_outloud_find_nothing_unexplained(output: Path) -> None:
    import json
    import sys

    paths = sorted(output.rglob("*.pdf"))
    folder = Path(sys.executable).parent
    done = subprocess.run([folder / "pdfua", "check", *paths], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASS (no findings)") == len(paths)
    report = output.parent / "outloud.json"
    subprocess.run([folder / "outloud", "-q", "--json", report, *paths], capture_output=True, check=False)
    used = set()
    for file in json.loads(report.read_text("utf-8"))["results"]:
        name = Path(file["path"]).stem
        for finding in file["findings"]:
            if finding["severity"] == "info":
                continue
            rule = finding["rule"]
            allowed = OUTLOUD_EXCEPTIONS.get(rule, set())
            matches = {
                a
                for a in allowed
                if (name.endswith(a[1:]) if a[0] == "*" else f"-{a}-" in name or name == "poster")
            }
            assert matches, (name, finding)
            used |= {(rule, match) for match in matches}
    assert used == {(rule, name) for rule, names in OUTLOUD_EXCEPTIONS.items() for name in names}


SMALLEST = {"handout": 12.0, "large-print": 18.0, "bilingual": 12.0}


@pytest.mark.parametrize(("edition", "kind"), [p for p in SHEETS if p.values[1] in SMALLEST])
def test_type_is_never_smaller_than_promised(output: Path, edition: Edition, kind: str) -> None:
    """In points beside 14 pt Latin: a naskh is set larger, and its Latin words are not."""
    document = pypdfium2.PdfDocument(sheet(output, edition, kind))
    sizes: Counter[float] = Counter()
    above = foot(sheet(output, edition, kind))
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            bottom = text.get_charbox(index)[1]
            if bottom > above and text.get_text_range(index, 1).isalnum():
                sizes[round(pdfium.FPDFText_GetFontSize(text.raw, index), 2)] += 1
        text.close()
        page.close()
    document.close()
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


def test_mono_sheets_are_black_and_the_others_are_not(tmp_path: Path) -> None:
    for mono in (False, True):
        out = tmp_path / str(mono)
        school = School("X", guides=parse_url("www.example.sch.uk/guides"))
        build_guides(PROJECT, BuildRequest(("en", "ur"), school=school, mono=mono), out)
        coloured = {p.name for p in out.rglob("*.pdf") if any(len(set(c)) > 1 for c in _colours(p))}
        assert bool(coloured) is not mono
        if mono:
            greys = {c for p in out.rglob("*.pdf") for c in _colours(p)} - {(0.0,), (0.0, 0.0, 0.0)}
            assert greys <= {(1.0,), (1.0, 1.0, 1.0)}, "black, and the white of a QR code"


def codes(path: Path) -> list[str]:
    """What a phone's camera reads on a sheet, as a printer of 150 dots an inch prints it."""
    with pypdfium2.PdfDocument(path) as sheet:
        pictures = [page.render(scale=150 / 72).to_pil() for page in sheet]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def test_the_longest_address_of_a_school_is_a_code_that_can_be_read(tmp_path: Path) -> None:
    """Letters that are not Latin, too: a code knows bytes, and readers guess at their meaning."""
    start = "https://www.школа.example/посібник/"
    address = start + "a" * (LONGEST_ADDRESS - len(start))
    school = School("X", guides=FieldValue("url", "www.школа.example", address))
    build_guides(PROJECT, BuildRequest(("en",), ("handout",), school), tmp_path / "o")
    (path,) = tmp_path.rglob("*-handout.pdf")
    assert codes(path) == [f"{address}/cse/en/"]


def test_the_school_s_address_is_a_qr_code_with_its_letters(tmp_path: Path) -> None:
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
    return [path.get_bounds() for path in paths]


def cropped(path: Path, frame: tuple[float, float, float, float], height: float) -> str:
    """What poppler reads in a frame of a page of this height."""
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
    for edition in EDITIONS:
        if edition.language.is_source:
            continue
        phrase = find_phrase(edition.guide.blocks)
        assert phrase is not None
        # The order of sentences is guessed at where lines of two directions meet, and pdfium turns
        # some last words of a right-to-left line round.
        sentences = re.split(r"[.।。።۔،,、，]", phrase.segment.text)
        wanted = [letters(w) for w in (edition.language.own_name, edition.language.english_name, *sentences)]
        assert any(all(words in one or words in other for words in wanted) for one, other in cells), wanted


@pytest.mark.parametrize("count", [1, 5, 13, 27, 40])
def test_all_words_of_the_poster_stand_in_their_frames(tmp_path: Path, count: int) -> None:
    """However many languages a school has, none runs over into the next."""
    tags = [e.language.tag for e in EDITIONS if not e.language.is_source]
    build_guides(PROJECT, BuildRequest(tuple(tags[-count:]), ("poster",)), tmp_path / "o")
    with pypdfium2.PdfDocument(tmp_path / "o/poster.pdf") as document:
        page = document[0]
        places = frames(page)
        assert len(places) == count
        text = page.get_textpage()
        inside: Counter[int] = Counter()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if right <= left or top <= bottom:
                continue
            for number, (x, y, far, high) in enumerate(places):
                if x < (left + right) / 2 < far and y < top and bottom < high:
                    assert y <= bottom < top <= high, (number, text.get_text_range(index, 1))
                    inside[number] += 1
        text.close()
        page.close()
    assert len(inside) == count


def test_the_cards_are_eight(output: Path) -> None:
    for edition in EDITIONS:
        if not edition.language.is_source:
            text = squeezed(poppler(sheet(output, edition, "cards")))
            assert text.count(f"Ispeak{squeezed(edition.language.spoken_as)}.") == 8


@pytest.mark.parametrize(
    "edition", [e for e in EDITIONS if not e.language.is_source], ids=lambda e: e.language.tag
)
def test_the_pairs_of_the_bilingual_sheet_stand_level(output: Path, edition: Edition) -> None:
    """Each number's row begins at one height on both sides."""
    document = pypdfium2.PdfDocument(sheet(output, edition, "bilingual"))
    seen = 0
    for page in document:
        text = page.get_textpage()
        middle = page.get_size()[0] / 2
        rows = []
        for index in range(text.count_chars()):
            char = text.get_text_range(index, 1)
            left, bottom, right, top = text.get_charbox(index)
            if char.strip() and bottom > FOOT and right > left:
                rows.append(((bottom + top) / 2, left, char))
        # A digit that begins a line of words, such as a date's, has more close after it.
        numbers = [
            (y, char)
            for y, left, char in rows
            if left < 52
            and char.isdigit()
            and not any(52 <= other < 63 and abs(height - y) < 5 for height, other, _ in rows)
        ]
        for y, _ in numbers:
            beside = [left for height, left, _ in rows if abs(height - y) < 9]
            assert any(52 < left < middle for left in beside), "English beside its number"
            assert any(left > middle for left in beside), "the language beside its number"
            seen += 1
        text.close()
        page.close()
    document.close()
    assert seen >= len(extract(edition.guide.blocks))


def test_a_sheet_made_twice_is_the_same(tmp_path: Path) -> None:
    editions = ("handout", "large-print", "bilingual", "cards", "review", "poster")
    for name in ("a", "b"):
        build_guides(PROJECT, BuildRequest(("en", "ar"), editions), tmp_path / name)
    for path in sorted((tmp_path / "a").rglob("*.pdf")):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


def test_bytes_io_is_not_a_pdf() -> None:
    assert page_count(BytesIO(b"<html>").getvalue()) == 0
