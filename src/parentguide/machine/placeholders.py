"""What a machine must not touch, put into marks that it carries through: fields, bold, numbers.

Each mark has a number that belongs to the message alone, and each text ends in a mark of
its own. So an answer that lacks its end, or is another message's, gives itself away.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

# Fields, ** and numbers with their groups. A letter beside a number is part of a name.
_KEPT = re.compile(r"\{[a-z][a-z0-9_]*\}|\*\*|(?<![^\W\d_])\d+(?:[ .,–-]\d+)*(?![^\W\d_])")
# Letters that are no word in any language; a machine may put spaces in or change their case.
_MARK = re.compile(r"Q\s?X\s?(\d(?:\s?\d)*)\s?X\s?Q", re.IGNORECASE)
_STEP = 100


@dataclass(frozen=True, slots=True)
class ProtectedText:
    """``text`` goes to the machine; ``kept`` are the pieces behind its marks, from number ``first``."""

    text: str
    kept: tuple[str, ...]
    first: int


def protect(english: str, context: str) -> ProtectedText:
    """The message with marks in place of what must stay, and a last one behind everything."""
    first = (int(sha256(context.encode("utf-8")).hexdigest()[:8], 16) % 80 + 1) * _STEP
    kept: list[str] = []

    def put(match: re.Match[str]) -> str:
        kept.append(match[0])
        mark = _mark(first + len(kept) - 1)
        if match[0] != "**":
            return mark
        # Glued to a word, a mark would spoil it; the space is taken out again.
        return f"{mark} " if kept.count("**") % 2 else f" {mark}"

    text = _KEPT.sub(put, english)
    return ProtectedText(f"{text} {_mark(first + len(kept))}", tuple(kept), first)


def _mark(number: int) -> str:
    return f"QX{number}XQ"


def restore(answer: str, masked: ProtectedText) -> tuple[str, str]:
    """The machine's answer with what was kept in its place -> (text, ""), or ("", why it cannot be)."""
    numbers = [int(re.sub(r"\s", "", match[1])) for match in _MARK.finditer(answer)]
    wanted = list(range(masked.first, masked.first + len(masked.kept) + 1))
    if sorted(numbers) != wanted:
        return "", _difference(numbers, wanted)
    bold = [
        number for number in numbers if number < wanted[-1] and masked.kept[number - masked.first] == "**"
    ]
    if bold != sorted(bold):
        return "", "the bold marks changed places"

    def restore(match: re.Match[str]) -> str:
        number = int(re.sub(r"\s", "", match[1])) - masked.first
        return masked.kept[number] if number < len(masked.kept) else "\0"

    text = _MARK.sub(restore, answer).replace("\0", "")
    # Bold opens before a word and closes behind one.
    pieces = text.split("**")
    inside = [piece.strip() if index % 2 else piece for index, piece in enumerate(pieces)]
    return re.sub(r"\s+", " ", "**".join(inside)).strip(), ""


def _difference(numbers: Sequence[int], wanted: Sequence[int]) -> str:
    if wanted[-1] not in numbers:
        strange = set(numbers) - set(wanted)
        return "it is another message's text" if strange else "its end is missing"
    return "a field, bold or number was lost or changed"
