"""Texts -> the words and other characters that a font has to show. Pure functions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

from fontTools.unicodedata import script_extension

# Zero-width non-joiner and joiner: they change the shape of the letters beside them.
JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a job prints in one script: its ``words``, all ``others`` (spaces, punctuation, digits), and the
    ``pairs`` of words with just a space between them.

    All are sorted and have no duplicates, so that equal lexicons give equal fonts. A word has letters,
    marks and joiners only: a bracket or a full stop beside it is not part of it.
    """

    words: tuple[str, ...]
    others: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()


def lexicon_of(texts: Iterable[str], script: str) -> Lexicon:
    """The lexicon of ``texts``, each of which is printed in one style.

    A bold part and the value of a placeholder are shaped on their own, so each is a text of its own.
    ``script`` is an ISO 15924 code. Letters of other scripts, and digits of ASCII, are left to other fonts.
    """
    words: set[str] = set()
    others: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for text in dict.fromkeys(texts):
        found = parts(text, script)
        pairs.update(
            (a, b) for a, between, b in zip(found, found[1:], found[2:], strict=False) if between == " "
        )
        for part in found:
            if belongs_to_word(part[0], script):
                words.add(part)
            else:
                others.update(
                    char for char in part if category(char)[0] not in "LMC" and char not in "0123456789"
                )
    return Lexicon(tuple(sorted(words)), tuple(sorted(others)), tuple(sorted(pairs)))


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
    return char in JOINERS or (category(char)[0] in "LM" and script in script_extension(char))


def follows_letter(char: str) -> bool:
    """Whether the character belongs to the letter before it: a mark or a joiner."""
    return char in JOINERS or category(char)[0] == "M"


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a word that is shaped on its own. ``variant`` tells parts of different words with the same
    letters apart; a whole word has variant 1."""

    text: str
    variant: int


def runs_of(words: Iterable[str]) -> dict[str, tuple[Run, ...]]:
    """For each word with marks, its runs: each mark begins one.

    A shaper joins a mark to the letter before it, and a PDF reader then gets both of them from one glyph or
    from ``/ActualText``, and puts the mark before the letter. In runs of their own both are exact.

    >>> [run.text for run in runs_of(["\u0641\u0648\u0631\u064b\u0627"])["\u0641\u0648\u0631\u064b\u0627"]]
    ['فور', 'ًا']
    """
    words = sorted(words)
    used = Counter(word for word in words if not has_marks(word))
    found = {}
    for word in filter(has_marks, words):
        runs = []
        for text in _cut_before_marks(word):
            used[text] += 1
            runs.append(Run(text, used[text]))
        found[word] = tuple(runs)
    return found


def has_marks(word: str) -> bool:
    """Whether the word has a mark that is not at its beginning."""
    return any(category(char)[0] == "M" for char in word[1:])


def _cut_before_marks(word: str) -> list[str]:
    found = [word[0]]
    for char in word[1:]:
        if category(char)[0] == "M":
            found.append(char)
        else:
            found[-1] += char
    return found
