"""Words with positions out of a PDF page. All calls hold the lock of ``infra/pdfium.py``.

Decision: docs/decisions/0032-pdfium-positions-and-tags.md.
"""

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from parentguide.newsletter.pdf_values import Box, Word

_BOLD_NAME = re.compile(r"bold|black|heavy|[-,]demi|semibold", re.IGNORECASE)
_SYMBOL_NAME = re.compile(r"wingding|webding|dingbat|symbol|bullet", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # ISO 32000-1, table 123
_HYPHENS = {"\ufffe": "-", "\x02": "-", "\u00ad": "-"}  # PDFium marks a hyphen that ends a line
_MOST_SLANT = 3  # degrees
# Chromium draws some spaces as white only. Letters may be as far apart, but not the first after a comma.
_PUNCTUATION, _LEAST_SPACE = ",;:.!?)”’", 0.14
_LEAST_DRAWN = 0.1  # points
_LEAST_SIZE = 1.5  # points; smaller letters are not meant to be seen


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    symbol: bool
    tag: int
    artifact: bool
    invisible: bool
    angle: float  # degrees

    @property
    def quarter(self) -> int:
        return round(self.angle / 90) % 4


@dataclass(frozen=True, slots=True)
class Character:
    """One character; ``left``, ``right`` and ``base`` are turned so that its line is level."""

    text: str
    left: float
    right: float
    base: float
    style: _Style
    after_space: bool

    @property
    def turn(self) -> int | None:
        """Right angles from level; None for text at another angle."""
        off = abs(self.style.angle - 90 * round(self.style.angle / 90))
        return self.style.quarter if off < _MOST_SLANT else None


def read_characters(text_page: Any) -> list[Character]:
    """The characters of a page in the order of drawing, spaces left out."""
    styles: dict[int, _Style] = {}
    found: list[Character] = []
    after_space = True
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    half = ""
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        text = chr(pdfium.FPDFText_GetUnicode(text_page, index) or 0xFFFD)
        if "\ud800" <= text <= "\udbff":
            half = text
            continue
        text, half = _whole(half, _HYPHENS.get(text, text)), ""
        drawn = pdfium.FPDFText_GetTextObject(text_page, index)
        if text.isspace() or not drawn or unicodedata.category(text) == "Cc":
            after_space = True
            continue
        address = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        style = styles.get(address)
        if style is None:
            style = styles[address] = _style(text_page, index, drawn)
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
        found.append(_level(text, x.value, y.value, box, style, after_space=after_space))
        after_space = False
    return found


def _whole(half: str, text: str) -> str:
    """PDFium gives an emoji as the two halves that UTF-16 makes of it."""
    if not half or not "\udc00" <= text <= "\udfff":
        return text
    return (half + text).encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _level(text: str, x: float, y: float, box: Any, style: _Style, *, after_space: bool) -> Character:
    """The character as its line is read: a line that runs up the page is laid level."""
    left, right, base = (
        (x, box.right, y),
        (y, box.top, -x),
        (-x, -box.left, -y),
        (-y, -box.bottom, x),
    )[style.quarter]
    return Character(text, left, max(left, right), base, style, after_space)


def _style(text_page: Any, index: int, drawn: Any) -> _Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    size = abs(pdfium.FPDFText_GetFontSize(text_page, index)) * math.hypot(matrix.c, matrix.d)
    name_bytes, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page, index, name_bytes, 256, flags)
    name = name_bytes.value.decode("utf-8", "replace")
    mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
    # The weight that PDFium works out of the stems is of no use: Chromium's regular fonts have up to 625.
    bold = bool(_BOLD_NAME.search(name)) or bool(flags.value & _FORCE_BOLD)
    bold = bold or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
    return _Style(
        size=size,
        bold=bold,
        symbol=bool(_SYMBOL_NAME.search(name)),
        tag=pdfium.FPDFPageObj_GetMarkedContentID(drawn),
        artifact="Artifact" in _marks(drawn),
        invisible=mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP),
        angle=math.degrees(math.atan2(matrix.b, matrix.a)),
    )


def _marks(drawn: Any) -> list[str]:
    names = []
    for index in range(max(0, pdfium.FPDFPageObj_CountMarks(drawn))):
        mark = pdfium.FPDFPageObj_GetMark(drawn, index)
        name, size = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
        if pdfium.FPDFPageObjMark_GetName(mark, name, 128, size):
            names.append(bytes(name)[: max(0, size.value - 2)].decode("utf-16-le", "replace"))
    return names


def words_of(characters: list[Character]) -> list[Word]:
    """Words in the order of drawing: a space, a gap, a new line, or another tag ends one."""
    words: list[Word] = []
    run: list[Character] = []
    for character in characters:
        if run and not _continues(run[-1], character):
            words.append(_word(run))
            run = []
        run.append(character)
    if run:
        words.append(_word(run))
    return _with_glue(words)


def _continues(last: Character, following: Character) -> bool:
    size = max(last.style.size, following.style.size)
    gap = following.left - last.right
    return (
        not following.after_space
        and not _is_white(last.text, following.text, gap / size)
        and abs(following.base - last.base) < 0.1 * size
        and (-0.5 * size < gap < 0.3 * size or following.left == last.left)  # letters of a ligature
        and last.style.tag == following.style.tag
        and last.style.artifact == following.style.artifact
        and abs(last.style.size - following.style.size) < 0.1 * size
        and last.style.bold == following.style.bold
        and last.style.symbol == following.style.symbol
    )


def _is_white(last: str, following: str, gap: float) -> bool:
    """Whether the white after a comma or the like, in type sizes, is a space."""
    return last in _PUNCTUATION and following.isalpha() and gap > _LEAST_SPACE


def _word(run: list[Character]) -> Word:
    style = run[0].style
    text = unicodedata.normalize("NFKC", "".join(c.text for c in run)) if _ligature(run) else None
    return Word(
        text=text or "".join(character.text for character in run),
        left=run[0].left,
        right=max(character.right for character in run),
        base=run[0].base,
        size=style.size,
        bold=style.bold,
        symbol=style.symbol,
        tag=style.tag,
        artifact=style.artifact,
        glued=not run[0].after_space,
    )


def _ligature(run: list[Character]) -> bool:
    return any("\ufb00" <= character.text <= "\ufb06" for character in run)


def _with_glue(words: list[Word]) -> list[Word]:
    """A word is glued to the one before only if it lies right beside it, such as after bold letters."""
    result = words[:1]
    for last, word in pairwise(words):
        gap = word.left - last.right
        beside = word.glued and -0.5 * word.size < gap < 0.2 * max(word.size, last.size)
        beside = beside and not _is_white(last.text[-1:], word.text[:1], gap / word.size)
        level = abs(word.base - last.base) < 0.5 * max(word.size, last.size)
        result.append(word if beside and level else replace(word, glued=False))
    return result


def visible(character: Character, area: Box) -> bool:
    """Whether the character is drawn, large enough to see, and on the page, which shows ``area``."""
    style = character.style
    if style.invisible or style.size < _LEAST_SIZE:
        return False
    shown = turned_box(area, style.quarter)
    across = shown.left - 2 <= character.left <= shown.right + 2
    return across and shown.bottom - 2 <= character.base <= shown.top + 2


def turned_box(box: Box, quarter: int) -> Box:
    """The box on a page that is turned so that text at an angle of ``quarter`` right angles is level."""
    return (
        box,
        Box(box.bottom, -box.right, box.top, -box.left),
        Box(-box.right, -box.top, -box.left, -box.bottom),
        Box(-box.top, box.left, -box.bottom, box.right),
    )[quarter]


def boxes_of(page: Any, most: int) -> list[Box]:
    """The shapes and pictures that the page draws, in the order of drawing; at most ``most`` of them."""
    found: list[Box] = []
    for item in page.get_objects(max_depth=4):
        if len(found) >= most:
            break
        if item.type in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            found.append(Box(*item.get_bounds()))
        elif item.type == pdfium.FPDF_PAGEOBJ_TEXT and (picture := _picture(item)):
            found.append(picture)
    return found


def _picture(item: Any) -> Box | None:
    """The place of an emoji that PDFium does not list as text, because LibreOffice draws nothing for it."""
    left, _, right, _ = item.get_bounds()
    if right - left > _LEAST_DRAWN:
        return None
    name = ctypes.create_string_buffer(100)
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(item.raw), name, 100)
    matrix, points = pdfium.FS_MATRIX(), ctypes.c_float()
    if b"emoji" not in name.value.lower() or not pdfium.FPDFPageObj_GetMatrix(item.raw, matrix):
        return None
    pdfium.FPDFTextObj_GetFontSize(item.raw, points)
    half = points.value * math.hypot(matrix.c, matrix.d) / 2
    return Box(matrix.e, matrix.f, matrix.e + half, matrix.f + half)
