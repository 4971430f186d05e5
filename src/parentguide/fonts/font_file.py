"""The bytes of a font file that somebody gives -> what it is, and whether sheets may use it.

A font has its licence in its table ``name``, and what its maker allows in a document in ``OS/2.fsType``
(OpenType 1.9.1).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from fontTools.ttLib import TTFont

from parentguide.errors import Problem, SourceError
from parentguide.fonts.derive import derived_font
from parentguide.fonts.lexicon import lexicon_of
from parentguide.fonts.permissions import allowed_in_pdf
from parentguide.fonts.shaping import Face
from parentguide.infra.limited import limited
from parentguide.infra.toml import printable

# The largest file of a face that is wanted has 1 MB.
MOST_BYTES = 10_000_000
# Identifiers of SPDX: licences that allow a font in a PDF, changes of it, and copies of both. We make a
# font of the words from the face, so a licence to embed it is not enough.
_FREE = {
    "OFL-1.1": r"SIL Open Font Licen[cs]e|scripts\.sil\.org/OFL|openfontlicense\.org",
    "Apache-2.0": r"Apache Licen[cs]e|apache\.org/licenses",
    "CC0-1.0": r"\bCC0\b|publicdomain/zero",
    "Ubuntu-font-1.0": r"Ubuntu Font Licen[cs]e",
}
# What other files begin with, and what to say of them.
_OTHER_FILES = {
    b"PK": ("is a ZIP file", "Unpack it, and give the font files in it: .ttf or .otf."),
    b"wOFF": ("is a font for web pages (WOFF)", "Get the same font as .ttf or .otf."),
    b"wOF2": ("is a font for web pages (WOFF2)", "Get the same font as .ttf or .otf."),
    b"ttcf": ("is a collection of fonts (.ttc)", "Get the fonts one by one, as .ttf or .otf."),
}
_FONTS = (b"\0\1\0\0", b"OTTO", b"true")
# Numbers of texts in the table ``name``.
_FAMILY, _STYLE, _VERSION, _LICENCE, _LICENCE_URL, _OWN_FAMILY, _OWN_STYLE = 1, 2, 5, 13, 14, 16, 17
_STYLES = {"Regular": False, "Bold": True}
_SECONDS, _MEGABYTES = 20, 700


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file: the name of its typeface, whether it is the ``bold`` face of it (a ``variable`` font has
    both), its version, the SPDX identifier of its ``licence`` (empty if it is none that we know), what the
    font itself says of it, and its characters."""

    family: str
    bold: bool
    variable: bool
    version: str
    licence: str
    licence_text: str
    characters: frozenset[str]
    is_cff: bool = False

    @property
    def name(self) -> str:
        """The name to store the file under: letters, digits and a hyphen."""
        weights = "Variable" if self.variable else "Bold" if self.bold else "Regular"
        words = re.sub(r"[^A-Za-z0-9]+", "", self.family)[:60] or "Font"
        return f"{words}-{weights}.{'otf' if self.is_cff else 'ttf'}"


def read_font(data: bytes) -> FontFile:
    """Read a font file in another process.

    Raises :class:`SourceError`, without a path and with every mistake, for a file that is no font, is
    broken, has a style that sheets do not use, or may not be part of a PDF.
    """
    if len(data) > MOST_BYTES:
        raise SourceError(
            f"has {len(data) // 1_000_000} MB, and a font for one script has 1 MB",
            remedy=f"Give a font of at most {MOST_BYTES // 1_000_000} MB.",
        )
    for start, (problem, remedy) in _OTHER_FILES.items():
        if data.startswith(start):
            raise SourceError(problem, remedy=remedy)
    if not data.startswith(_FONTS):
        raise SourceError("is not a font", remedy="Give a file that ends in .ttf or .otf.")
    return limited(_read, data, seconds=_SECONDS, megabytes=_MEGABYTES)


def try_font(data: bytes, letters: Iterable[str], language: str, script: str) -> None:
    """Make a font of ``letters`` from a face in another process, as a build will, and forget it.

    Raises :class:`SourceError` if that fails or takes too long.
    """
    limited(_try, data, "".join(sorted(letters)), language, script, seconds=_SECONDS, megabytes=_MEGABYTES)


def _try(data: bytes, letters: str, language: str, script: str) -> int:
    words = lexicon_of([letters, " ".join(letters)], script)
    return len(derived_font(Face(data), words, "Trial", language, script))


def _read(data: bytes) -> FontFile:
    font = TTFont(BytesIO(data), lazy=True)
    axes = {axis.axisTag for axis in font["fvar"].axes} if "fvar" in font else set()
    style = _text(font, _OWN_STYLE) or _text(font, _STYLE)
    variable = "wght" in axes
    problems = [*_embedding_problems(font["OS/2"].fsType)]
    if not variable and style not in _STYLES:
        problems.append(
            Problem(f"is the style “{style}”, and sheets use two", "Give the files of Regular and Bold.")
        )
    family = _text(font, _OWN_FAMILY) or _text(font, _FAMILY)
    if not family:
        problems.append(Problem("has no name", "Get the font file again from its maker."))
    if problems:
        raise SourceError.of(problems)
    said = " ".join(filter(None, (_text(font, _LICENCE), _text(font, _LICENCE_URL))))
    found = (name for name, pattern in _FREE.items() if re.search(pattern, said, re.IGNORECASE))
    characters = frozenset(map(chr, font.getBestCmap() or {}))
    version = _text(font, _VERSION).partition(";")[0].removeprefix("Version ")
    bold = _STYLES.get(style, False) and not variable
    return FontFile(
        family, bold, variable, version, next(found, ""), said, characters, is_cff=data.startswith(b"OTTO")
    )


def _text(font: TTFont, number: int) -> str:
    return printable(" ".join(str(font["name"].getDebugName(number) or "").split()))


def _embedding_problems(permissions: int) -> Iterable[Problem]:
    if not allowed_in_pdf(permissions):
        yield Problem(
            f"its maker does not allow it in a PDF (fsType {permissions:#06x})",
            "Use a font with the Open Font License.",
        )
