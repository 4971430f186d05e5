"""PDF readers extract the words of a sheet in a derived font exactly, marks included."""

import re
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from parentguide.infra.typst_pool import compile_document
from parentguide.model.language import PrintFace
from parentguide.model.output import Edition
from parentguide.render.print.sheet import as_json, as_typst_reads, look_files
from parentguide.render.print.sheet_data import language_data
from parentguide.render.print.typeface import with_typeface
from tests.conftest import need
from tests.unit.fonts.faces import HARD, NASKH, NASTALIQ, SANS, family, system_folders
from tests.unit.render.editions import TEMPLATES, edition, language

SETTING = """
#import "setting.typ": *
#set document(title: "Test")
#set page(width: 500pt, height: auto)
#set text(font: fonts-of(given.fonts), size: 16pt, lang: "ur", dir: rtl, fallback: false)
#set par(leading: 2em)
#show: with-marks.with(given.marked, given.features)
#given.text
"""


def with_words(text: str, name: str) -> Edition:
    family(name)
    urdu = replace(language("ur", "rtl", "Arab"), own_name=text)
    printed = replace(urdu, print=replace(urdu.print, faces=(PrintFace(name),)))
    return with_typeface(edition(printed), system_folders(name))[0]


def pdf(text: str, name: str) -> bytes:
    from parentguide.fonts.cache import derived_folder

    made = with_words(text, name)
    assert made.typeface is not None
    data = {**language_data(made.language, made.typeface), "mono": True, "accent": "#000000", "text": text}
    return compile_document(
        SETTING.encode(),
        TEMPLATES / "print",
        as_typst_reads({**look_files(TEMPLATES, ""), "edition.json": as_json(data)}),
        (derived_folder(made.typeface.digest),),
        format="pdf",
        pdf_standards="ua-1",
    )


def words(text: str) -> list[str]:
    return re.sub("[\u202a-\u202e]", "", unicodedata.normalize("NFC", text)).split()


@pytest.mark.parametrize("name", [SANS, NASKH, NASTALIQ])
def test_words_with_marks_and_joiners_come_back_exactly(tmp_path: Path, name: str) -> None:
    # One glyph draws all of this word, so pdfium takes its marks for copies.
    text = re.sub("[(0-9)«»؟،۔]", "", HARD).replace("اللّٰه", "")
    path = tmp_path / "words.pdf"
    path.write_bytes(pdf(text, name))
    poppler = subprocess.run(
        [need("pdftotext"), path, "-"], capture_output=True, text=True, check=True
    ).stdout
    with pypdfium2.PdfDocument(path) as document:
        pdfium = document[0].get_textpage().get_text_range()
    wanted = words(text)
    assert [word for word in wanted if word not in words(poppler)] == []
    assert [word for word in wanted if word not in words(pdfium)] == []


def test_no_other_font_sets_a_word(tmp_path: Path) -> None:
    path = tmp_path / "words.pdf"
    path.write_bytes(pdf("فورًا کر، محمد می‌شود۔", SANS))
    with pikepdf.open(path) as document:
        names = {
            str(item.BaseFont)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        }
    assert {re.sub(r"^/\w+\+", "", name)[:10] for name in names} == {"SheetsArab"}
