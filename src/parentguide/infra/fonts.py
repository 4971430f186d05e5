"""The fonts of the printed sheets. They come from Python packages; system fonts are never used.

Decisions: docs/decisions/0002-fonts-with-exact-text.md, docs/decisions/0035-spaces-with-an-outline.md.
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from parentguide.errors import LayoutError

# Package -> the folder of its font files. pyproject.toml pins the packages.
FONT_PACKAGES = {
    "manimgx_fonts": "",
    "manimgx_fonts_cjk": "",
    "fontpkg_amiri": "files",
    "fontpkg_arimo": "files",
    "fontpkg_hind_siliguri": "files",
}
# Arimo has the metrics of Arial, which UK clear-print guidance recommends.
LATIN = "Arimo"
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
SPACES = Path(__file__).parent / "spaces"


def space_family(family: str) -> str:
    """The name of the font that has the space of ``family``, one of :data:`SPACED`."""
    return f"Space of {family}"


def font_folders() -> list[Path]:
    """The folders of the font files. Raises :class:`LayoutError` for a missing package."""
    folders = [SPACES]
    for package, folder in FONT_PACKAGES.items():
        # find_spec finds the files without running the package.
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise LayoutError(
                f"the font package “{package.replace('_', '-')}” is not installed",
                remedy="Install parentguide again with pip; it brings its fonts.",
            )
        folders.append(Path(spec.submodule_search_locations[0]) / folder)
    return folders


# A trust's build uses one folder for each language that has a font of its own.
@lru_cache(maxsize=64)
def fonts(more: tuple[Path, ...] = ()) -> Any:
    """The loaded fonts, which all sheets of a process share; ``more`` are further folders.

    Loading them takes 10 to 50 ms.
    """
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in (*font_folders(), *more)],
    )
