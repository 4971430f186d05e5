"""Derived fonts are made once, and old ones removed."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from parentguide.errors import LayoutError
from parentguide.fonts import cache
from parentguide.fonts.cache import derived, derived_folder
from parentguide.fonts.lexicon import Lexicon
from tests.unit.fonts.faces import SANS, SCRIPT, family

WORDS = Lexicon(("پر", "کر"), (" ",))


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def test_a_font_is_made_once() -> None:
    first = derived(family(SANS), WORDS, "ur", SCRIPT)
    second = derived(family(SANS), WORDS, "ur", SCRIPT)
    assert first.seconds > 0
    assert second == replace(first, seconds=0.0)
    assert sorted(file.name for file in derived_folder(first.digest).iterdir()) == ["bold.ttf", "regular.ttf"]


def test_other_words_another_language_or_another_face_make_another_font() -> None:
    made = {
        derived(family(SANS), WORDS, "ur", SCRIPT).family,
        derived(family(SANS), Lexicon(("پر",), (" ",)), "ur", SCRIPT).family,
        derived(family(SANS), WORDS, "fa", SCRIPT).family,
        derived(replace(family(SANS), regular=family(SANS).bold), WORDS, "ur", SCRIPT).family,
    }
    assert len(made) == 4


def test_half_a_font_is_made_again() -> None:
    first = derived(family(SANS), WORDS, "ur", SCRIPT)
    bold = derived_folder(first.digest) / "bold.ttf"
    data = bold.read_bytes()
    bold.unlink()
    assert derived(family(SANS), WORDS, "ur", SCRIPT).seconds > 0
    assert bold.read_bytes() == data


def test_only_fonts_of_another_day_are_removed_and_the_latest_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, older = (derived(family(SANS), Lexicon((word,), ()), "ur", SCRIPT).digest for word in ("پر", "کر"))
    for digest, days in ((old, 2), (older, 3)):
        then = time.time() - days * 86_400
        os.utime(derived_folder(digest), (then, then))
    today = derived(family(SANS), WORDS, "ur", SCRIPT)
    assert derived_folder(older).exists()
    # Room for two fonts.
    monkeypatch.setattr(cache, "_MOST_BYTES", today.bytes * 3)
    new = derived(family(SANS), Lexicon(("گر",), ()), "ur", SCRIPT)
    kept = {digest for digest in (old, older, today.digest, new.digest) if derived_folder(digest).exists()}
    assert kept == {old, today.digest, new.digest}


def test_a_cache_that_cannot_be_written_is_an_error_that_names_the_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path / "file")
    with pytest.raises(LayoutError, match=r"cannot be written in .*file"):
        derived(family(SANS), WORDS, "ur", SCRIPT)
