"""The handout: A4, the emergency number on the first side, and what a school adds to it."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from parentguide.build.api import BuildRequest, plan
from parentguide.errors import LayoutError
from parentguide.model.output import Edition
from parentguide.model.school import Colour, Logo, Person, School
from parentguide.model.walk import extract, translate
from parentguide.render.print.handout import Handout
from parentguide.schools.values import parse_phone
from tests.conftest import need
from tests.languages import PROJECT
from tests.output.sheets import SAMPLE, glyphs, phones, sheet, squeezed

A4 = (595.28, 841.89)


def _edition(tag: str) -> Edition:
    return plan(PROJECT, BuildRequest((tag,), ("handout",))).editions[0]


def _text(path: Path, *options: str) -> str:
    done = subprocess.run([need("pdftotext"), *options, str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize("edition", SAMPLE, indirect=True)
def test_the_handout_is_a4_with_the_language_in_the_footer(output: Path, edition: Edition) -> None:
    with pikepdf.open(sheet(output, edition, "handout")) as pdf:
        sizes = [tuple(round(float(v), 2) for v in page.mediabox[2:]) for page in pdf.pages]
    assert {*sizes} == {A4}
    for page in (str(number) for number in range(1, len(sizes) + 1)):
        text = _text(sheet(output, edition, "handout"), "-f", page, "-l", page)
        # pdftotext puts brackets into the order of the line's other words.
        assert set(re.findall(r"\w+", edition.language.english_name)) <= set(re.findall(r"\w+", text))


@pytest.mark.parametrize("edition", SAMPLE, indirect=True)
def test_every_phone_number_is_on_the_first_leaf(output: Path, edition: Edition) -> None:
    """On the first two sides, and the emergency number on the first (test_type.py)."""
    text = _text(sheet(output, edition, "handout"), "-f", "1", "-l", "2")
    for name, shown in phones(edition).items():
        assert shown in re.sub(r"\s+", " ", text), name


def digits_of(side: pypdfium2.PdfPage) -> list[str]:
    """The digits of each line of a side, in the order of the positions of their glyphs."""
    digits = [g for g in glyphs(side.get_textpage()) if g.char.isascii() and g.char.isdigit()]
    lines: list[list[tuple[float, str]]] = []
    height = 0.0
    for glyph in sorted(digits, key=lambda glyph: glyph.middle):
        # Digits whose middles are within 4 pt are on one line.
        if not lines or glyph.middle - height > 4:
            lines.append([])
        lines[-1].append((glyph.left, glyph.char))
        height = glyph.middle
    return ["".join(char for _, char in sorted(line)) for line in lines]


@pytest.mark.parametrize("edition", SAMPLE, indirect=True)
def test_phone_digits_are_drawn_from_left_to_right(output: Path, edition: Edition) -> None:
    """The digits of each line, in the order of the positions of their glyphs."""
    with pypdfium2.PdfDocument(sheet(output, edition, "handout")) as document:
        spelled = [line for number in (0, 1) for line in digits_of(document[number])]
    for name, shown in phones(edition).items():
        assert any(shown.replace(" ", "") in line for line in spelled), (name, spelled)


@pytest.mark.parametrize("picture", ["PNG", "JPEG"])
def test_the_logo_is_on_the_sheet_with_the_school_name_as_its_alternative(picture: str) -> None:
    buffer = BytesIO()
    Image.new("RGB", (90, 30), (10, 90, 90)).save(buffer, picture)
    logo = Logo(buffer.getvalue(), f"image/{picture.lower()}", "Example School", (90, 30))
    edition = replace(_edition("en"), school=School("Example School", logo=logo))
    with pikepdf.open(BytesIO(Handout(PROJECT.templates).render(edition))) as pdf:
        assert len(pdf.pages[0].get_images()) == 1
        alternatives = [
            str(o["/Alt"]) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o
        ]
    assert "Example School" in alternatives


def _with_title(text: str) -> Edition:
    edition = _edition("en")
    first = extract(edition.guide.blocks)[0]
    return replace(edition, guide=translate(edition.guide, edition.language.tag, {first.id: text}))


def test_text_that_looks_like_typst_code_stays_text(tmp_path: Path) -> None:
    code = '#panic("x") $x$ @ref <label> \\u{41} // no'
    path = tmp_path / "x.pdf"
    path.write_bytes(Handout(PROJECT.templates).render(_with_title(code.replace("{41}", "41"))))
    assert squeezed('#panic("x") $x$ @ref <label>') in squeezed(_text(path))


def test_a_very_long_block_goes_on_on_the_next_sides(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(Handout(PROJECT.templates).render(_with_title("word " * 3000)))
    assert _text(path).count("word") == 3000


def test_a_sheet_does_not_depend_on_the_school_before_it() -> None:
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
    edition = _edition("pl")
    alone = [Handout(PROJECT.templates).render(replace(edition, school=school)) for school in schools]
    together = Handout(PROJECT.templates)
    assert [together.render(replace(edition, school=s)) for s in reversed(schools)] == alone[::-1]


def test_a_character_that_no_font_has_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"English: no font has .*U\+13000.*the block “title”"):
        Handout(PROJECT.templates).render(_with_title("A \U00013000"))
