"""What a punctuation mark means: its Unicode name says it, or the language's own table.

So a language in a new script needs no line here. ``stop`` and ``question`` in ``languages.toml`` are
for marks whose names do not say it (Khmer ends a sentence with KHMER SIGN KHAN, Greek asks with a semicolon).
"""

import unicodedata
from enum import StrEnum
from functools import cache

from parentguide.model.language import Language


class Mark(StrEnum):
    """What a mark does in a sentence; the value is the end of its Unicode name."""

    STOP = "FULL STOP"
    QUESTION = "QUESTION MARK"
    EXCLAMATION = "EXCLAMATION MARK"
    SEMICOLON = "SEMICOLON"
    COLON = "COLON"
    COMMA = "COMMA"


SENTENCE_ENDS = frozenset({Mark.STOP, Mark.QUESTION, Mark.EXCLAMATION})
# Closing quotation marks of some languages are opening ones of others („…“, »…«): Pi and Pf.
_CLOSING_CATEGORIES = {"Pe", "Pf", "Pi", "Zs"}


def mark_of(char: str, language: Language | None = None) -> Mark | None:
    """What ``char`` means in ``language`` (in English without it); None for any other character."""
    if language and char == language.stop:
        return Mark.STOP
    if language and char == language.question:
        return Mark.QUESTION
    return _named_mark(char)


@cache
def _named_mark(char: str) -> Mark | None:
    if unicodedata.category(char) != "Po":
        return None
    words = unicodedata.name(char, "").split()
    if "INVERTED" in words:
        return None
    if words[-1:] == ["DANDA"]:
        return Mark.STOP
    return next((mark for mark in Mark if words[-len(mark.split()) :] == mark.split()), None)


@cache
def is_closing(char: str) -> bool:
    """Whether ``char`` may follow the mark that ends a sentence: a closing quotation mark or bracket,
    the asterisk of bold text, or a space."""
    return char in "\"'*" or unicodedata.category(char) in _CLOSING_CATEGORIES


def last_mark(text: str, language: Language | None = None) -> tuple[str, Mark | None]:
    """The last character before closing marks, and what it means; ("", None) for a text without one."""
    for char in reversed(text):
        if not is_closing(char):
            return char, mark_of(char, language)
    return "", None
