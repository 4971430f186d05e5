"""The typefaces and words that tests of derived fonts use."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from parentguide.fonts.faces import Family, find_family
from parentguide.fonts.lexicon import Lexicon, lexicon_of
from tests.languages import PROJECT

SCRIPT = "Arab"
SANS, NASTALIQ, NASKH = "Noto Sans Arabic", "Noto Nastaliq Urdu", "Noto Naskh Arabic"
# Each language of the script in a face that a package brings, and in one that only the system may have.
EACH = [
    *((tag, SANS) for tag in ("ar", "fa", "fa-AF", "ps", "ckb", "ur", "pa-Arab")),
    *((tag, NASTALIQ) for tag in ("ur", "pa-Arab")),
    *((tag, NASKH) for tag in ("ar", "fa", "ps", "ckb")),
]
# Words with marks in places that catalogs may not have: tanwin, shadda with a vowel, superscript alef, a
# hamza on a letter without a form of its own, ligatures with marks, a mark at the end; words that have
# the same letters up to a mark; a joiner; a word of one letter.
HARD = (
    "فورًا مدّت شدَّة اللّٰه أبدًا هِرۡ می‌شود بهره‌کشی مُحَمَّد ٹھیک ہؤا گناہِ رحمٰن قرآن کتابٌ ن‌ک فور مد محمد مدّ"
    " یٰسٓ ہٰذا رحمۃ عَلَيْكُمْ فوریهٔ و لا لأن (ہے) «سوال؟» کر، کرنا۔ ۱۲۳ 999"
)


@cache
def family(name: str) -> Family:
    """The typeface; the test is skipped where the system does not have it."""
    found = find_family(name, system_folders(name))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def system_folders(name: str) -> tuple[Path, ...]:
    if name == SANS:
        return ()
    try:
        listed = subprocess.run(
            ["fc-list", f":family={name}", "file"], capture_output=True, text=True, check=False
        ).stdout
    except FileNotFoundError:
        return ()
    return tuple(sorted({Path(line.split(":")[0]).parent for line in listed.splitlines() if line}))


def lines(tag: str) -> list[str]:
    """The texts of a language's catalogs, each in one style, without what other fonts set."""
    language = PROJECT.languages[tag]
    texts = [
        message.text
        for domain in (*PROJECT.slugs, "interface")
        for message in PROJECT.catalog(language, domain).values()
    ]
    parts = [part for text in texts for part in re.split(r"\{[a-z0-9_]*\}|\*\*", text)]
    cut = [piece.strip() for part in [*parts, HARD] if part for piece in re.split(r"[0-9A-Za-z+@{}]+", part)]
    return sorted({piece for piece in cut if piece})


def lexicon(tag: str) -> Lexicon:
    return lexicon_of(lines(tag), SCRIPT)
