"""Where PDF readers guess at the order, no letter, digit or mark is lost, and few words are moved."""

import tomllib
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from parentguide.model.output import Edition
from tests.output.sheets import beside_english, in_columns, letters, lost_words, messages, sheet
from tests.output.text_layer import (
    MOVED,
    READERS,
    SHEETS_GUESSED,
    Shares,
    as_toml,
    breaks,
    moved,
    read,
    word_count,
)

# Readers take one for the other where they guess wrong at the direction of a word.
PAIRS = str.maketrans(")]}»›“’", "([{«‹”‘")
# How many more words than listed may move: so many percent of a sheet's words, and so many words.
# A changed sentence moves a few.
MORE_PERCENT, MORE_WORDS = 2, 3
# The share of a language that is not listed yet, in percent.
UNLISTED = 10.0
ONE_COLUMN = [
    pytest.param(*parameter.values, reader, id=f"{parameter.id}-{reader}")
    for parameter in SHEETS_GUESSED
    for reader in READERS
    if parameter.values[1] in ("handout", "large-print", "cards")
]
guessed = pytest.mark.parametrize(("edition", "kind"), SHEETS_GUESSED, indirect=["edition"])
readers = pytest.mark.parametrize("reader", READERS)


@readers
@guessed
def test_no_letter_or_digit_is_lost(output: Path, edition: Edition, kind: str, reader: str) -> None:
    text = letters(read(sheet(output, edition, kind), kind, reader))
    for name, words in messages(edition, kind):
        assert lost_words(words, text) == [], name


@readers
@guessed
def test_no_mark_is_lost(output: Path, edition: Edition, kind: str, reader: str) -> None:
    wanted = marks("".join(words for _, words in messages(edition, kind)))
    assert wanted - marks(read(sheet(output, edition, kind), kind, reader)) == Counter()


def marks(text: str) -> Counter[str]:
    """How often each punctuation mark is there, without hyphens: readers join words at a line's end."""
    return Counter(
        char for char in text.translate(PAIRS) if unicodedata.category(char)[0] == "P" and char != "-"
    )


@readers
@guessed
def test_readers_move_few_words(output: Path, edition: Edition, kind: str, reader: str) -> None:
    """``make golden`` writes the list of shares anew; look at what it changes."""
    found = [place for places in moved(output, edition, kind, reader).values() for place in places]
    share = listed().get(edition.language.tag, {}).get(reader, {}).get(kind, UNLISTED)
    most = (share + MORE_PERCENT) / 100 * word_count(edition, kind) + MORE_WORDS
    assert len(found) <= most, found


@cache
def listed() -> Shares:
    return tomllib.loads(MOVED.read_text("utf-8"))


@pytest.mark.parametrize(("edition", "kind", "reader"), ONE_COLUMN, indirect=["edition"])
def test_words_without_marks_stay_together_in_one_column(
    output: Path, edition: Edition, kind: str, reader: str
) -> None:
    """Only marks, digits, Latin letters and the English beside the definition make readers guess wrong.

    poppler also takes the lines of neighbouring cards, and of the handout's signs, for those of a table.
    """
    texts = dict(messages(edition, kind))
    is_table = kind == "cards" and reader == "poppler"
    for name, places in moved(output, edition, kind, reader).items():
        is_beside = name.startswith("definition-") or name in beside_english(edition)
        if reader == "poppler" and kind in ("handout", "large-print"):
            is_beside = is_beside or name in in_columns(edition)
        if not is_beside and not is_table and is_plain(texts[name], punctuation=True):
            assert [place for place in places if is_plain(place)] == [], name


def is_plain(text: str, *, punctuation: bool = False) -> bool:
    """Whether ``text`` has no digit, Latin letter, zero-width mark or, unless allowed, punctuation mark."""
    return not any(
        (char.isascii() and char.isalnum())
        or unicodedata.category(char) == "Nd"
        or (not punctuation and unicodedata.category(char) == "Cf")
        or (not punctuation and unicodedata.category(char)[0] in "PS")
        for char in text
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ab cd ef", []),
        ("ab xx cd ef", ["ab cd"]),
        ("ef cd ab", ["ab cd", "cd ef"]),
        ("ab xx ef", ["cd"]),
    ],
)
def test_breaks_are_found(text: str, found: list[str]) -> None:
    assert [*breaks("ab cd ef", text.replace(" ", ""), "pdfium")] == found


def test_the_list_is_valid_toml() -> None:
    shares = {"ar": {"pdfium": {"handout": 1.5, "large-print": 0.0}, "poppler": {"handout": 2.0}}}
    assert tomllib.loads(as_toml(shares)) == shares
