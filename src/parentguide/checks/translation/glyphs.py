"""PG544: a character that is in none of the language's fonts for print.

A build also stops at it (PDF/UA-1 forbids a missing glyph), but only when it makes the sheet.
"""

from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.infra.fonts import LATIN, characters_of
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
