"""How easy the English is to read."""

from pathlib import Path

import pytest

from parentguide.checks.guide.readability import (
    LONGEST_SENTENCE,
    Readability,
    body,
    check_readability,
    measure,
    sentences,
)
from tests.unit.checks.samples import GUIDE, small_project

LONG = " ".join(["dog"] * (LONGEST_SENTENCE + 1)) + "."


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("Talk to us. It is free!", [3, 3]),
        ("He said “stop.” Then she left.", [3, 3]),
        ("**Danger:** call {police_emergency}.", [3]),
        ("It's a one-off.", [3]),
        ("…", []),
    ],
)
def test_sentences_and_words(text: str, lengths: list[int]) -> None:
    assert [len(words) for words in sentences(text)] == lengths


def test_the_grade_is_kincaids() -> None:
    assert measure(["The cat sat."]) == Readability(0.39 * 3 + 11.8 * 3 / 3 - 15.59, 3.0, 3, 1)
    with pytest.raises(ValueError, match="no words"):
        measure(["…"])


@pytest.mark.parametrize(
    ("talk", "found"),
    [
        ("Talk to us.", []),
        (LONG, ["PG403", "PG402"]),
        ("Educational institutions facilitate confidentiality.", ["PG401"]),
        ("One two three four five six seven eight nine ten red dog cat.", ["PG402"]),
    ],
)
def test_limits(tmp_path: Path, talk: str, found: list[str]) -> None:
    project = small_project(tmp_path, GUIDE.replace("Talk to us on {nspcc}.", talk))
    assert [f.code for f in check_readability(project)] == found


def test_a_long_sentence_has_its_line(tmp_path: Path) -> None:
    project = small_project(tmp_path, GUIDE.replace("Talk to us on {nspcc}.", LONG))
    assert next(iter(check_readability(project))).line == 11


def test_headings_do_not_count_and_items_of_call_outs_do(tmp_path: Path) -> None:
    guide = GUIDE + '\n::: note\n\n{#list source="x"}\n## A list\n\n- {#one source="x"}\n  One dog.\n\n:::\n'
    blocks = small_project(tmp_path, guide).guide_source("small").guide.blocks
    assert [segment.id for segment in body(blocks)] == ["talk", "one"]


def test_a_guide_of_headings_has_no_grade(tmp_path: Path) -> None:
    guide = '{#title covers="1"}\n# Staying safe\n'
    assert list(check_readability(small_project(tmp_path, guide))) == []
