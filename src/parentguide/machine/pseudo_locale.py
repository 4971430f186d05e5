"""Pseudolocalisation: readable text with accents and more letters, to test layouts without a translation.

Text that did not come from a catalog has no accents, so it is easy to see.
"""

import re

from parentguide.machine.placeholders import TOKEN

_ACCENTS = str.maketrans(
    "aceinorsuyzACEINORSUYZ",
    "áçéíñöřšüýžÁÇÉÍÑÖŘŠÜÝŽ",
)
_LAST_VOWEL = re.compile(r"(\w*[áéíöüÁÉÍÖÜ])(\w*)")


def pseudolocalise(text: str) -> str:
    """``text`` with accents and a doubled vowel in each word. Placeholder tokens keep their form."""
    parts = re.split(f"({TOKEN})", text)
    return "".join(part if re.fullmatch(TOKEN, part) else _longer(part.translate(_ACCENTS)) for part in parts)


def _longer(text: str) -> str:
    return _LAST_VOWEL.sub(lambda match: f"{match[1]}{match[1][-1].lower()}{match[2]}", text)
