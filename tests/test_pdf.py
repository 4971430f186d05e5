"""The printed sheets: two sides, tagged, every word given back, every number in order."""

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from parentguide.build.api import BuildRequest, plan
from parentguide.errors import LayoutError
from parentguide.model import markup
from parentguide.model.guide import Heading, Segment
from parentguide.model.output import Edition
from parentguide.model.school import Colour, Logo, Person, School
from parentguide.model.walk import extract, translate
from parentguide.project.project import Project
from parentguide.render.print.handout import Handout
from parentguide.schools.values import parse_phone
from tests.conftest import need

PROJECT = Project()
EDITIONS = plan(PROJECT, BuildRequest()).editions
EVERY = [pytest.param(e, id=f"{e.guide.slug}-{e.language.tag}") for e in EDITIONS]
A4 = (595.28, 841.89)


def _path(output: Path, edition: Edition) -> Path:
    slug, tag = edition.guide.slug, edition.language.tag
    return output / slug / tag / f"{slug}-{tag}-handout.pdf"


def _squeezed(text: str) -> str:
    """NFC, without white space, bidi marks and the page's foot."""
    return re.sub("[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069]", "", unicodedata.normalize("NFC", text))


def _poppler(path: Path, *options: str) -> str:
    done = subprocess.run([need("pdftotext"), *options, str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def _said(segment: Segment, edition: Edition) -> Iterator[str]:
    """The words between a segment's fields, and the fields, as they must come out."""
    for run in markup.parse(segment.text):
        for part in run.runs if isinstance(run, markup.Strong) else (run,):
            yield part.text if isinstance(part, markup.Text) else edition.fields[part.name].shown


@pytest.mark.parametrize("edition", EVERY)
def test_two_sides_of_a4_with_the_language_at_the_foot(output: Path, edition: Edition) -> None:
    with pikepdf.open(_path(output, edition)) as pdf:
        assert [tuple(round(float(v), 2) for v in page.mediabox[2:]) for page in pdf.pages] == [A4, A4]
    for page in ("1", "2"):
        text = _poppler(_path(output, edition), "-f", page, "-l", page)
        # pdftotext puts brackets into the order of the line's other words.
        assert set(re.findall(r"\w+", edition.language.english_name)) <= set(re.findall(r"\w+", text))


@pytest.mark.parametrize("edition", EVERY)
def test_who_to_call_is_on_the_first_side_in_the_right_order(output: Path, edition: Edition) -> None:
    text = _poppler(_path(output, edition), "-f", "1", "-l", "1")
    for contact in PROJECT.contacts:
        assert contact.value.shown in re.sub(r"\s+", " ", text), contact.name


@pytest.mark.parametrize("edition", EVERY)
def test_phones_are_in_order_by_eye(output: Path, edition: Edition) -> None:
    """From the places of the glyphs: the digits of each line, left to right."""
    document = pypdfium2.PdfDocument(_path(output, edition))
    text = document[0].get_textpage()
    digits: list[tuple[float, float, str]] = []
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if char.isascii() and char.isdigit():
            left, bottom, _, top = text.get_charbox(index)
            digits.append(((bottom + top) / 2, left, char))
    lines: list[list[tuple[float, str]]] = []
    height = 0.0
    for middle, left, char in sorted(digits):
        # Digits whose middles lie within 4 pt stand on one line.
        if not lines or middle - height > 4:
            lines.append([])
        lines[-1].append((left, char))
        height = middle
    spelled = ["".join(char for _, char in sorted(line)) for line in lines]
    for contact in PROJECT.contacts:
        if contact.value.kind == "phone":
            wanted = contact.value.shown.replace(" ", "")
            assert any(wanted in line for line in spelled), (contact.name, spelled)
    text.close()
    document.close()


@pytest.mark.parametrize("edition", EVERY)
def test_poppler_gives_every_word_back(output: Path, edition: Edition) -> None:
    # In the order of the content: pdftotext guesses at columns where a label stands beside words.
    order = () if edition.language.direction == "rtl" else ("-raw",)
    text = _squeezed(_poppler(_path(output, edition), *order))
    lost = [
        f"{segment.id}: {part}"
        for segment in extract(edition.guide.blocks)
        for part in _said(segment, edition)
        if not _found(_squeezed(part), text)
    ]
    assert lost == []


def _found(part: str, text: str) -> bool:
    """``part`` as it is; in right-to-left text its words, as numbers in it are runs of their own."""
    if part in text:
        return True
    return all(piece in text for piece in re.split(r"[0-9A-Za-z()+./،.۔:“”\"«»؛,-]+", part))


@pytest.mark.parametrize("edition", EVERY)
def test_tagged_titled_and_in_its_language(output: Path, edition: Edition) -> None:
    with pikepdf.open(_path(output, edition)) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert "/StructTreeRoot" in root
        assert str(root.Lang).split("-")[0] == edition.language.tag.split("-", maxsplit=1)[0]
        title = edition.guide.blocks[0]
        assert isinstance(title, Heading)
        assert str(pdf.docinfo["/Title"]) == markup.plain(edition.guide.title)
        embedded = [
            font
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
            for font in [item]
        ]
        assert embedded
        assert all("/FontFile2" in font or "/FontFile3" in font for font in embedded)


@pytest.mark.parametrize("edition", EVERY)
def test_it_still_fits_with_a_school(edition: Edition) -> None:
    from dataclasses import replace

    number = parse_phone("01462 000000")
    team = (
        Person("A. Teacher", "Designated Safeguarding Lead", number),
        Person("B. Teacher", "Deputy", number),
    )
    pdf = Handout(PROJECT.templates).render(replace(edition, school=School("Example School", team=team)))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) == 2


@pytest.mark.parametrize("picture", ["PNG", "JPEG"])
def test_the_logo_is_on_the_sheet_with_its_name(picture: str) -> None:
    from dataclasses import replace

    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (90, 30), (10, 90, 90)).save(buffer, picture)
    logo = Logo(buffer.getvalue(), f"image/{picture.lower()}", "Example School", (90, 30))
    edition = replace(EDITIONS[0], school=School("Example School", logo=logo))
    with pikepdf.open(BytesIO(Handout(PROJECT.templates).render(edition))) as pdf:
        assert len(pdf.pages[0].get_images()) == 1
        alternatives = [
            str(o["/Alt"]) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o
        ]
    assert "Example School" in alternatives


def _with_title(text: str) -> Edition:
    from dataclasses import replace

    edition = next(e for e in EDITIONS if e.language.is_source)
    first = extract(edition.guide.blocks)[0]
    return replace(edition, guide=translate(edition.guide, edition.language.tag, {first.id: text}))


def test_a_text_that_looks_like_code_is_only_text(tmp_path: Path) -> None:
    code = '#panic("x") $x$ @ref <label> \\u{41} // no'
    path = tmp_path / "x.pdf"
    path.write_bytes(Handout(PROJECT.templates).render(_with_title(code.replace("{41}", "41"))))
    assert _squeezed('#panic("x") $x$ @ref <label>') in _squeezed(_poppler(path))


def test_a_guide_too_long_for_two_sides_is_refused() -> None:
    with pytest.raises(LayoutError, match="does not fit") as caught:
        Handout(PROJECT.templates).render(_with_title("word " * 3000))
    assert "the block “" in str(caught.value)
    assert caught.value.remedy


def test_a_sheet_does_not_depend_on_the_school_before_it() -> None:
    from dataclasses import replace

    number = parse_phone("01462 000000")
    schools = [
        School("Short"),
        School(
            "A school with a rather long name, to take up more than one line",
            team=(Person("N", "R", number),) * 4,
        ),
        School(),
        School("Red", colour=Colour("#7a0019", "#7a0019", "#ffb3c1")),
        School("Blue", colour=Colour("#003366", "#003366", "#99ccff"), team=(Person("N", "R", number),)),
        School("Red again", colour=Colour("#7a0019", "#7a0019", "#ffb3c1")),
    ]
    edition = next(e for e in EDITIONS if e.language.tag == "pl")
    alone = [Handout(PROJECT.templates).render(replace(edition, school=school)) for school in schools]
    together = Handout(PROJECT.templates)
    assert [together.render(replace(edition, school=s)) for s in reversed(schools)] == alone[::-1]


def test_a_character_that_no_font_has_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"English: no font has .*U\+13000.*the block “title”"):
        Handout(PROJECT.templates).render(_with_title("A \U00013000"))
