"""Titles and reasons in the front matter are changed, and every other line stays."""

from random import Random

import pytest

from parentguide.errors import SourceError
from parentguide.project.front_matter import parse_front_matter
from parentguide.project.front_matter_edits import with_reason, with_title, without_reason
from tests.profile import cases
from tests.unit.project.cards.guides import REAL

GUIDE = """---
title: My guide  # for parents
exclude:
    # The letter's head.
    2: "An old date"   # 2017
    7: >
      Only for
      staff
newsletter: n.tsv
---

{#title}
# My guide
"""


def test_a_reason_is_added_in_its_place_and_taken_off() -> None:
    new = with_reason(GUIDE, 5, 'Not "ours": \\ old\nwords')
    assert new == GUIDE.replace("    7: >", '    5: "Not \\"ours\\": \\\\ old words"\n    7: >')
    assert without_reason(new, 5) == GUIDE
    assert parse_front_matter(without_reason(GUIDE, 7)).exclude == {2: "An old date"}


def test_the_first_reason_makes_the_key_and_the_last_takes_it_away() -> None:
    bare = REAL["cse"].replace("exclude:\n", "", 1)
    bare = "".join(line for line in bare.splitlines(keepends=True) if not line.startswith('  1: "'))
    new = with_reason(bare, 3, "Old")
    assert '\nexclude:\n  3: "Old"\n---\n' in new
    assert without_reason(new, 3) == bare


@pytest.mark.parametrize(
    "written", ["exclude: {2: Old, 7: Staff}", "exclude:\n", "exclude: {}", "exclude: null"]
)
def test_reasons_that_are_written_in_another_way_are_kept(written: str) -> None:
    text = f"---\ntitle: x\n{written}\nnewsletter: n.tsv\n---\n"
    before = parse_front_matter(text).exclude
    new = with_reason(text, 5, "New")
    assert parse_front_matter(new).exclude == {**before, 5: "New"}
    assert "newsletter: n.tsv" in new


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda: with_reason(GUIDE, 5, " \n "), "no reason why sentence 5"),
        (lambda: with_reason(GUIDE, 5, "x" * 501), "501 characters"),
        (lambda: with_title(GUIDE, "  "), "no title"),
        (lambda: with_title(GUIDE, "x" * 201), "201 characters"),
        (lambda: with_title("no front matter", "x"), "front matter"),
    ],
)
def test_what_cannot_be_written_is_refused(change, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SourceError, match=said):
        change()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_title_changes_one_line(newline: str) -> None:
    text = REAL["cse"].replace("\n", newline)
    new = with_title(text, ' Safe:  "at school" ')
    old, changed = text.split(newline), new.split(newline)
    assert [line for line in changed if line not in old] == ['title: "Safe: \\"at school\\""']
    assert len(old) == len(changed)
    assert parse_front_matter(new).title == 'Safe: "at school"'


@pytest.mark.parametrize("seed", range(cases(100)))
def test_random_reasons_read_back_and_the_blocks_stay(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    text, wanted = GUIDE, dict(parse_front_matter(GUIDE).exclude)
    for _ in range(12):
        number = random.randint(1, 9)
        if random.random() < 0.4:
            text = without_reason(text, number)
            wanted.pop(number, None)
        else:
            reason = "".join(random.choices("ab \"'\\:#{}[]-é\u202e", k=9)) + "."
            text = with_reason(text, number, reason)
            wanted[number] = " ".join(reason.split())
        found = parse_front_matter(text)
        assert {number: reason.strip() for number, reason in found.exclude.items()} == {
            number: reason.strip() for number, reason in wanted.items()
        }
        assert (found.title, found.newsletter) == ("My guide", "n.tsv")
    assert text.partition("{#title}")[2] == GUIDE.partition("{#title}")[2]
