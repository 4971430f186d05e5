"""The fonts of the printed sheets. They come from Python packages; system fonts are never used.

Decisions: docs/decisions/0002-fonts-with-exact-text.md, docs/decisions/0039-spaces-with-an-outline.md.
"""

from collections.abc import Hashable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from parentguide.errors import ProjectError
from parentguide.infra.font_files import refuse_damaged_fonts

# Package -> the folder of its font files. pyproject.toml pins the packages.
FONT_PACKAGES = {
    "manimgx_fonts": "",
    "manimgx_fonts_cjk": "",
    "fontpkg_amiri": "files",
    "fontpkg_source_sans_3": "files",
    "fontpkg_hind_siliguri": "files",
}
# An open humanist sans with the Latin letters of every language here and Cyrillic in one family; its text
# layer is exact, with tone marks too. It is a variable font: one file has all weights.
LATIN = "Source Sans 3"
# Han characters, symbols and emoji come last: other fonts have some of their signs too, in a better form.
_LAST = ("Noto Sans CJK SC", "Noto Sans Symbols", "Noto Emoji")
# pdfium does not see a space between two clusters of letter and mark: Typst writes it as a text of its own,
# and one without an outline. With these families the space comes from a font that has nothing else.
SPACED = (
    "Hind Siliguri",
    "Noto Sans",
    "Noto Sans Devanagari",
    "Noto Sans Gujarati",
    "Noto Sans Gurmukhi",
    "Noto Sans Malayalam",
    "Noto Sans Telugu",
)
# Source Sans 3 draws a no-break space with the glyph of a space, and a PDF says “space” for both: in text
# from right to left pdfium would reverse the groups of a number. So it comes from such a font too.
NO_BREAK = (LATIN,)
SPACES = Path(__file__).parent / "spaces"


def space_family(family: str) -> str:
    """The name of the font that has the space of ``family``, one of :data:`SPACED` or :data:`NO_BREAK`."""
    return f"Space of {family}"


def font_folders() -> list[Path]:
    """The folders of the font files. Raises :class:`ProjectError` for a missing package."""
    folders = [SPACES]
    for package, folder in FONT_PACKAGES.items():
        # find_spec finds the files without running the package.
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise ProjectError(
                f"the font package “{package.replace('_', '-')}” is not installed",
                remedy="Install parentguide again with pip; it brings its fonts.",
            )
        folders.append(Path(spec.submodule_search_locations[0]) / folder)
    return folders


# The most sets of fonts that are kept: Studio shows sheets in several languages with fonts of their own, and
# makes such a font again when the words change. A set takes 10 MB or more.
MOST_SETS = 16


# ``states`` is only part of the key of the cache.
@lru_cache(maxsize=MOST_SETS)
def fonts(more: tuple[Path, ...] = (), states: Hashable = ()) -> Any:  # noqa: ARG001
    """The loaded fonts, which all sheets of a process share; ``more`` are further folders. Other ``states``
    of these make them load again.

    Loading them takes 10 to 50 ms. Raises :class:`LayoutError` for a package that is damaged.
    """
    for folder in font_folders():
        refuse_damaged_fonts(folder)
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in (*font_folders(), *more)],
    )


@cache
def name_fonts() -> tuple[str, ...]:
    """The font families for names in any script and with emoji, in order: all that are installed.

    The five families of Noto Sans CJK have the same characters.
    """
    installed = {font.family for font in fonts().fonts()}
    others = sorted(family for family in installed if "CJK" not in family)
    last = [family for family in _LAST if family in installed]
    first = [LATIN, "Noto Sans"]
    return (*first, *(family for family in others if family not in (*first, *last)), *last)


@cache
def characters_of(family: str) -> frozenset[str]:
    """The characters that a font family draws (its ``cmap``, ISO/IEC 14496-22, 5.2.1); none of an
    unknown family."""
    # It is loaded late because few builds need it, and loading takes as long as a sheet.
    from fontTools.ttLib import TTFont

    font = next((font for font in fonts().fonts() if font.family == family), None)
    if font is None or font.path is None:
        return frozenset()
    with TTFont(font.path, fontNumber=font.index, lazy=True) as file:
        # The names of glyphs do not matter here, and reading the font's own names is slow.
        file.setGlyphOrder([str(glyph) for glyph in range(file["maxp"].numGlyphs)])
        return frozenset(map(chr, file.getBestCmap() or {}))
