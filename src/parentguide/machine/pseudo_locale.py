"""A “language” to see layouts in: letters with marks, a third longer, each text in brackets.

Every word is as readable as before, and whatever did not come from a catalog stands out.
"""

import re

_LETTERS = str.maketrans(
    "aceinorsuyzACEINORSUYZ",
    "áçéíñöřšüýžÁÇÉÍÑÖŘŠÜÝŽ",
)
_MARKS = re.compile(r"(QX\d+XQ)")


def pseudo(text: str) -> str:
    """``text`` with marked letters and a third more of them; marks of masked pieces stay."""
    parts = [
        part if _MARKS.fullmatch(part) else _longer(part.translate(_LETTERS)) for part in _MARKS.split(text)
    ]
    return "".join(parts)


def _longer(text: str) -> str:
    return re.sub(r"(\w*[áéíöüÁÉÍÖÜ])(\w*)", lambda m: f"{m[1]}{m[1][-1].lower()}{m[2]}", text)
