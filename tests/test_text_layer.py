"""Where readers guess at the order, no letter, digit or mark is lost; which words they move is listed."""

import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from parentguide.model.output import Edition
from tests.test_sheets import letters, lost_words, messages, sheet
from tests.text_layer import GUESSED, MOVED, READERS, SHEETS_GUESSED, all_moved, read

IDS = [f"{edition.language.tag}-{kind}" for edition, kind in SHEETS_GUESSED]
# Readers take one for the other where they guess wrong at the way a word runs.
PAIRS = str.maketrans(")]}»›“’", "([{«‹”‘")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("edition", "kind"), SHEETS_GUESSED, ids=IDS)
def test_no_letter_or_digit_is_lost(output: Path, edition: Edition, kind: str, reader: str) -> None:
    heap = letters(read(sheet(output, edition, kind), kind, reader))
    for name, words in messages(edition, kind):
        assert lost_words(words, heap) == [], name


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("edition", "kind"), SHEETS_GUESSED, ids=IDS)
def test_no_mark_is_lost(output: Path, edition: Edition, kind: str, reader: str) -> None:
    wanted = marks("".join(words for _, words in messages(edition, kind)))
    assert wanted - marks(read(sheet(output, edition, kind), kind, reader)) == Counter()


def marks(text: str) -> Counter[str]:
    """How often each punctuation mark is there; a hyphen at a line's end is the reader's to join."""
    return Counter(
        char for char in text.translate(PAIRS) if unicodedata.category(char)[0] == "P" and char != "-"
    )


def test_the_words_that_readers_move_are_listed(output: Path) -> None:
    """``make golden`` writes the list anew; look at what it changes."""
    assert all_moved(output) == tomllib.loads(MOVED.read_text("utf-8"))
    assert set(tomllib.loads(MOVED.read_text("utf-8"))) == GUESSED
