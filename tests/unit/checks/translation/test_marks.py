"""Punctuation marks are known by their Unicode names, or from the language's table."""

import pytest

from parentguide.checks.translation.marks import Mark, is_closing, last_mark, mark_of
from parentguide.model.language import Language
from tests.unit.checks.samples import ARMENIAN, GREEK, KHMER, POLISH, THAI


@pytest.mark.parametrize(
    ("marks", "meaning"),
    [
        (".۔।።。．։॥", Mark.STOP),
        ("?؟？፧", Mark.QUESTION),
        ("!！", Mark.EXCLAMATION),
        (":：፥፦", Mark.COLON),
        (",،，、፣", Mark.COMMA),
        (";؛；፤", Mark.SEMICOLON),
        ("¿¡…·-()aا1 ", None),
    ],
)
def test_the_name_says_what_a_mark_means(marks: str, meaning: Mark | None) -> None:
    assert {mark_of(mark, POLISH) for mark in marks} == {meaning}


@pytest.mark.parametrize(
    ("mark", "of", "meaning"),
    [
        ("។", KHMER, Mark.STOP),
        ("។", POLISH, None),
        (";", GREEK, Mark.QUESTION),
        (";", POLISH, Mark.SEMICOLON),
        ("՞", ARMENIAN, Mark.QUESTION),
        (".", THAI, Mark.STOP),
    ],
)
def test_the_table_of_a_language_adds_marks(mark: str, of: Language, meaning: Mark | None) -> None:
    assert mark_of(mark, of) == meaning


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("„To prawda.”", (".", Mark.STOP)),
        ("**Uwaga:** ", (":", Mark.COLON)),
        ("(Kto?)", ("?", Mark.QUESTION)),
        ("Drukuj", ("j", None)),
        ("”* ", ("", None)),
        ("", ("", None)),
    ],
)
def test_the_last_mark_is_before_closing_marks(text: str, mark: tuple[str, Mark | None]) -> None:
    assert last_mark(text, POLISH) == mark


def test_opening_brackets_do_not_close() -> None:
    assert all(map(is_closing, "”’»“)）」』*'\" \u00a0"))
    assert not any(map(is_closing, "(„「.a"))
