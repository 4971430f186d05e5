"""PG544: a character that is in none of the language's fonts for print.

A build also stops at it (PDF/UA-1 forbids a missing glyph), but only when it makes the sheet.
"""

from collections.abc import Iterator
from functools import cache

from parentguide.checks.finding import Severity
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.infra.fonts import LATIN, fonts
from parentguide.model.markup import PLACEHOLDER

# Zero-width joiners and non-joiners control shaping; a font does not need glyphs for them.
_JOINERS = frozenset("\u200c\u200d")


def check_glyphs(catalog: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    drawn = frozenset[str]().union(*map(characters_of, (*catalog.language.print.fonts, LATIN)))
    for message in catalog.messages:
        needed = {char for char in PLACEHOLDER.sub(" ", message.text) if not char.isspace()}
        missing = needed - drawn - _JOINERS
        if missing:
            listed = ", ".join(f"“{char}” (U+{ord(char):04X})" for char in sorted(missing))
            yield (
                message,
                Problem(
                    "PG544",
                    Severity.ERROR,
                    f"the fonts for print do not have {listed}",
                    "Use other characters, or choose a font in languages.toml that has these.",
                ),
            )


@cache
def characters_of(family: str) -> frozenset[str]:
    """The characters that a font family draws (its ``cmap``, ISO/IEC 14496-22, 5.2.1); none of an
    unknown family."""
    # It is loaded late because only “check” needs it, and loading takes as long as a sheet.
    from fontTools.ttLib import TTFont

    font = next((font for font in fonts().fonts() if font.family == family), None)
    if font is None or font.path is None:
        return frozenset()
    with TTFont(font.path, fontNumber=font.index, lazy=True) as file:
        # The names of glyphs do not matter here, and reading the font's own names is slow.
        file.setGlyphOrder([str(glyph) for glyph in range(file["maxp"].numGlyphs)])
        return frozenset(map(chr, file.getBestCmap() or {}))
