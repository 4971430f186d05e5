"""The printed sheets of the shared build, and the text that two PDF readers extract from them."""

import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from parentguide.fonts.faces import first_found
from parentguide.model import markup
from parentguide.model.guide import BulletList, Heading
from parentguide.model.language import Language, PrintFace
from parentguide.model.output import Edition
from parentguide.model.walk import extract
from parentguide.render.pictures import read_pictures
from tests.conftest import need
from tests.languages import EACH_STRUCTURE, EDITIONS, PROJECT, shown_segments

KINDS = ("handout", "large-print", "bilingual", "cards", "review")
ONLY_TRANSLATED = {"bilingual", "cards", "review"}
RIGHT_TO_LEFT = {tag for tag, language in PROJECT.complete_languages.items() if language.direction == "rtl"}
# The height of a page's footer in points; it holds the language's name and the page number.
FOOTER = 38
LARGE_FOOTER = 56


def sheets(editions: Iterable[Any], kinds: Iterable[str] = KINDS) -> list[Any]:
    """Values for ``parametrize(("edition", "kind"), …, indirect=["edition"])`` from those for ``edition``."""
    chosen = [*kinds]
    return [
        pytest.param((slug, tag), kind, id=f"{slug}-{tag}-{kind}")
        for parameter in editions
        for slug, tag in parameter.values
        for kind in chosen
        if not (kind in ONLY_TRANSLATED and PROJECT.languages[tag].is_source)
    ]


# A quick run has at least one translation of each structure in it.
SAMPLE = [*{parameter.id: parameter for parameter in EDITIONS + EACH_STRUCTURE}.values()]
SAMPLE_TRANSLATED = [p for p in SAMPLE if not PROJECT.languages[p.values[0][1]].is_source]
SHEETS = sheets(SAMPLE)


def sheet(output: Path, edition: Edition, kind: str) -> Path:
    """The PDF of one kind in the shared build."""
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

    Readers of right-to-left text guess on which side of a number a comma stands, and their
    guesses differ; letters and digits must be exact in all.
    """
    return "".join(char for char in squeezed(text) if unicodedata.category(char)[0] in "LMN")


def lost_words(words: str, text: str) -> list[str]:
    """The words that are nowhere in ``text``, the letters of a sheet."""
    return [word for word in re.split(r"[\W_]+", words) if letters(word) not in text]


def messages(edition: Edition, kind: str) -> Iterator[tuple[str, str]]:
    """The messages that a sheet shows: id, and text with the fields filled."""
    values = {name: value.shown for name, value in edition.fields.items()}
    for segment in shown_segments(edition):
        if kind == "cards" and segment.id != "interpreter-say":
            continue
        yield segment.id, markup.filled(markup.plain(segment.text), values)


def beside_english(edition: Edition) -> set[str]:
    """The ids of the messages on the handout's second leaf, where the official definition is in English."""
    blocks = edition.guide.blocks
    leaves = [i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.begins_leaf]
    return {segment.id for segment in extract(blocks[leaves[0] :])} if leaves else set()


def in_columns(edition: Edition) -> set[str]:
    """The ids of the items with pictures on handout and large print: they stand beside each other, or beside
    their pictures and numbers."""
    pictures = read_pictures(PROJECT.templates).drawings
    lists = [block for block in edition.guide.blocks if isinstance(block, BulletList)]
    return {item.id for block in lists for item in block.items if item.id in pictures}


def face_of(language: Language) -> PrintFace | None:
    """The typeface from which the font of the language's sheets is made; None if they use a font as it is."""
    found = first_found(language.print.faces, PROJECT.fonts)
    return found[0] if found else None


def phones(edition: Edition) -> dict[str, str]:
    """The phone numbers that the guide shows, by the name of their contact."""
    texts = "".join(segment.text for segment in shown_segments(edition))
    found = {contact.name: contact.value for contact in PROJECT.contacts if f"{{{contact.name}}}" in texts}
    return {name: value.shown for name, value in found.items() if value.kind == "phone"}


@cache
def poppler(path: Path) -> str:
    """The text that pdftotext extracts, without the footers, which would split a block in two.

    Left-to-right sheets are read in the order of the content, since pdftotext guesses at
    columns; right-to-left ones need its guess at directions.
    """
    return pdftotext(path, 0, 3000, *([] if path.parent.name in RIGHT_TO_LEFT else ["-raw"]))


@cache
def by_pdfium(path: Path) -> str:
    """The text that pdfium extracts, without the footers."""
    return pdfium_text(path)


READERS: dict[str, Callable[[Path], str]] = {"poppler": poppler, "pdfium": by_pdfium}


def pdftotext(path: Path, left: float, right: float, *options: str) -> str:
    """What pdftotext extracts between two distances from the left edge, in points, without footers."""
    edges = {"-x": left, "-y": 0, "-W": right - left, "-H": _body_height(path)}
    box = [part for name, edge in edges.items() for part in (name, str(int(edge)))]
    done = subprocess.run([need("pdftotext"), *options, *box, path, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def pdfium_text(path: Path, left: float = 0, right: float | None = None, page: int | None = None) -> str:
    """The same as pdfium extracts it; ``right`` is the page's edge where it is left out, and ``page`` all
    pages."""
    text = []
    with pypdfium2.PdfDocument(path) as document:
        for side in document if page is None else [document[page]]:
            width, height = side.get_size()
            box = (left, footer(path), width if right is None else right, height)
            text.append(side.get_textpage().get_text_bounded(*box))
    return "".join(text)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page, and the edges of its box in points from the lower left corner."""

    index: int
    char: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


def glyphs(text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    """Every character of a page, as pdfium finds it."""
    for index in range(text.count_chars()):
        yield Glyph(index, chr(pdfium.FPDFText_GetUnicode(text.raw, index)), *text.get_charbox(index))


def footer(path: Path) -> int:
    """The height of the footer of a sheet."""
    return LARGE_FOOTER if path.stem.endswith("large-print") else FOOTER


def _body_height(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return int(pdf.pages[0].mediabox[3]) - footer(path)
