"""Protect placeholders, bold marks and numbers from machine translation.

Tokens replace them before the text is sent. Each token contains a number that belongs to the message
alone, and each text ends with a token of its own. So an answer that lacks its end, or that belongs to
another message, is recognised.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from parentguide.machine.errors import RejectedAnswerError

# A token as it is sent. Its letters do not form a word in any language.
TOKEN = r"QX\d+XQ"  # noqa: S105 - not a password
# A token as it may come back: a machine can insert spaces and change the case.
_ANSWERED_TOKEN = re.compile(r"Q\s?X\s?(\d(?:\s?\d)*)\s?X\s?Q", re.IGNORECASE)
# Placeholders, ** and numbers with their groups. A number beside a letter is part of a name.
_PROTECTED = re.compile(r"\{[a-z][a-z0-9_]*\}|\*\*|(?<![^\W\d_])\d+(?:[ .,–-]\d+)*(?![^\W\d_])")
_BOLD = "**"
_STEP = 100


@dataclass(frozen=True, slots=True)
class ProtectedText:
    """``text`` is sent. Token number ``first + i`` replaces ``spans[i]``; one more token ends the text."""

    text: str
    spans: tuple[str, ...]
    first: int

    @property
    def last(self) -> int:
        """The number of the token that ends the text."""
        return self.first + len(self.spans)


def protect(text: str, message_id: str) -> ProtectedText:
    """The text with tokens; ``message_id`` (domain and context) decides their numbers."""
    first = (int(sha256(message_id.encode("utf-8")).hexdigest()[:8], 16) % 80 + 1) * _STEP
    spans: list[str] = []

    def replace(match: re.Match[str]) -> str:
        spans.append(match[0])
        token = _token(first + len(spans) - 1)
        if match[0] != _BOLD:
            return token
        # A token joined to a word would change the word; restore() removes the space.
        return f"{token} " if spans.count(_BOLD) % 2 else f" {token}"

    protected = _PROTECTED.sub(replace, text)
    return ProtectedText(f"{protected} {_token(first + len(spans))}", tuple(spans), first)


def _token(number: int) -> str:
    return f"QX{number}XQ"


def restore(answer: str, protected: ProtectedText) -> str:
    """The answer with the protected spans in place of their tokens.

    Raises :class:`RejectedAnswerError` unless each token occurs exactly once and bold marks keep their order.
    """
    numbers = [_number(match) for match in _ANSWERED_TOKEN.finditer(answer)]
    wanted = range(protected.first, protected.last + 1)
    if sorted(numbers) != list(wanted):
        raise RejectedAnswerError(_difference(numbers, wanted))
    spans = dict(zip(wanted, (*protected.spans, ""), strict=True))
    bold = [number for number in numbers if spans[number] == _BOLD]
    if bold != sorted(bold):
        raise RejectedAnswerError("the bold marks changed places")
    text = _ANSWERED_TOKEN.sub(lambda match: spans[_number(match)], answer)
    # Every second piece is bold: its marks enclose the words without spaces.
    pieces = [piece.strip() if index % 2 else piece for index, piece in enumerate(text.split(_BOLD))]
    return re.sub(r"\s+", " ", _BOLD.join(pieces)).strip()


def _number(match: re.Match[str]) -> int:
    return int(re.sub(r"\s", "", match[1]))


def _difference(numbers: Sequence[int], wanted: Sequence[int]) -> str:
    if wanted[-1] in numbers:
        return "a placeholder, a bold mark or a number was lost or changed"
    if set(numbers) - set(wanted):
        return "it is another message's text"
    return "its end is missing"
