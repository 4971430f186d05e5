"""Clean the characters of a newsletter: what a PDF or Word adds, and what must not reach a terminal."""

import re
import unicodedata

_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_SPACES = (*"\v\x1f\u00a0\u1680\u202f\u205f\u3000", *map(chr, range(0x2000, 0x200B)))
# C0 and C1 controls (a terminal obeys some of them), zero-width characters, marks that turn the direction
# of a text around (Unicode Standard Annex 9), and characters that are no characters.
_REMOVED = (
    *range(0x09), *range(0x0E, 0x1F), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x202A, 0x202F),
    *range(0x2060, 0x2070), 0x61C, 0xFEFF, *range(0xFFF9, 0x10000), *range(0xD800, 0xE000),
)  # fmt: skip
_TABLE = str.maketrans({**dict.fromkeys(map(chr, _REMOVED), ""), **_LIGATURES, **dict.fromkeys(_SPACES, " ")})
_ASCII_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]")
_CUTTING_SOFT_HYPHEN = re.compile("\u00ad\\s*$")


def clean(row: str) -> str:
    """One line in NFC, without ligatures, control characters and invisible characters; tabs stay.

    A soft hyphen at the end of the line marks a cut word and becomes a hyphen; others are invisible.
    """
    if row.isascii():
        return row.translate(_TABLE) if _ASCII_CONTROL.search(row) else row
    if "\u00ad" in row:
        row = _CUTTING_SOFT_HYPHEN.sub("-", row).replace("\u00ad", "")
    if _ODD.search(row):
        row = row.translate(_TABLE)
    return unicodedata.normalize("NFC", row)


def single_spaced(text: str) -> str:
    """The text with one space between words, and none at its ends."""
    return " ".join(text.split())
