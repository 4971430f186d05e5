"""PG544: a character that none of the language's fonts for print has.

A build stops at it too (PDF/UA-1 forbids a missing glyph), but only when the sheet is set.
"""

from collections.abc import Iterator
from functools import cache

from parentguide.checks.finding import Severity
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.infra.fonts import LATIN, fonts
from parentguide.model.markup import PLACEHOLDER

# A shaper's business: no font needs to draw them.
_JOINERS = frozenset("\u200c\u200d")


def check_glyphs(whole: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    drawn = frozenset[str]().union(*map(covered, (*whole.language.print.fonts, LATIN)))
    for pair in whole.pairs:
        missing = {char for char in PLACEHOLDER.sub(" ", pair.text) if not char.isspace()} - drawn - _JOINERS
        if missing:
            listed = ", ".join(f"“{char}” (U+{ord(char):04X})" for char in sorted(missing))
            yield (
                pair,
                Problem(
                    "PG544",
                    Severity.ERROR,
                    f"no font for print has {listed}",
                    "Write it otherwise, or choose a font in languages.toml that has it.",
                ),
            )


@cache
def covered(family: str) -> frozenset[str]:
    """The characters that a font family draws (its ``cmap``, ISO/IEC 14496-22, 5.2.1)."""
    # Only “check” needs it, and reading it takes as long as a sheet.
    from fontTools.ttLib import TTFont

    font = next((font for font in fonts().fonts() if font.family == family), None)
    if font is None or font.path is None:
        return frozenset()
    with TTFont(font.path, fontNumber=font.index, lazy=True) as file:
        # Any names will do for glyphs: reading the font's own takes longer than all the rest.
        file.setGlyphOrder([str(glyph) for glyph in range(file["maxp"].numGlyphs)])
        return frozenset(map(chr, file.getBestCmap() or {}))
