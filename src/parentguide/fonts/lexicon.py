"""Texts -> the words and other characters that a font has to show. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

from fontTools.unicodedata import script_extension

# Zero-width non-joiner and joiner: they change the shape of the letters beside them.
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a job prints in one script: its ``words``, and all ``others`` (spaces, punctuation, digits).

    Both are sorted and have no duplicates, so that equal lexicons give equal fonts. A word has letters,
    marks and joiners only: a bracket or a full stop beside it is not part of it.
    """

    words: tuple[str, ...]
    others: tuple[str, ...]


def lexicon_of(texts: Iterable[str], script: str) -> Lexicon:
    """The lexicon of ``texts``, each of which is printed in one style.

    A bold part and the value of a placeholder are shaped on their own, so each is a text of its own.
    ``script`` is an ISO 15924 code. Letters of other scripts, and digits of ASCII, are left to other fonts.
    """
    words: set[str] = set()
    others: set[str] = set()
    for text in dict.fromkeys(texts):
        for part in parts(text, script):
            if belongs_to_word(part[0], script):
                words.add(part)
            else:
                others.update(char for char in part if category(char)[0] not in "LMC" and char not in "0123456789")
    return Lexicon(tuple(sorted(words)), tuple(sorted(others)))


def parts(text: str, script: str) -> list[str]:
    """``text`` as words and what is between them, in order.

    >>> parts("\u06c1\u06d2 (\u06a9\u0631)", "Arab")
    ['ہے', ' (', 'کر', ')']
    """
    found: list[str] = []
    inside = None
    for char in text:
        belongs = belongs_to_word(char, script)
        if belongs == inside:
            found[-1] += char
        else:
            found.append(char)
        inside = belongs
    return found


@lru_cache(maxsize=4096)
def belongs_to_word(char: str, script: str) -> bool:
    """Whether the character is a letter or mark of the script, or a joiner."""
    return char in _JOINERS or (category(char)[0] in "LM" and script in script_extension(char))


def units(word: str) -> list[str]:
    """The letters of ``word``, each with the marks that follow it.

    A PDF reader puts a mark in the wrong place unless it is one glyph with its letter.

    >>> [len(unit) for unit in units("\u0641\u0648\u0631\u064b\u0627")]
    [1, 1, 2, 1]
    """
    found: list[str] = []
    for char in word:
        if found and (category(char)[0] == "M" or char in _JOINERS):
            found[-1] += char
        else:
            found.append(char)
    return found
