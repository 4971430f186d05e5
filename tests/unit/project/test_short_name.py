"""The short name of a guide, made from its title."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentguide.errors import ProjectError
from parentguide.project.official_source import official_source
from parentguide.project.short_name import LONGEST_NAME, checked_name, short_name

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Keeping our young people safe from sexual exploitation", "keeping-young-people-safe"),
        ("Children’s café in 2 rules", "childrens-cafe-2-rules"),
        ("Neglect: what every parent should know", "neglect"),
        ("What is it for?", "what-is-it-for"),
        ("7 signs", "guide-7-signs"),
        ("安全", "guide"),
        ("New", "new-2"),
        ("", "guide"),
    ],
)
def test_a_short_name_is_made_of_the_title(title: str, name: str) -> None:
    assert short_name(title) == name


@given(st.text(max_size=200), st.sets(st.sampled_from(["guide", "guide-2", "safe", "a"])))
def test_each_short_name_can_be_used_and_is_new(title: str, taken: set[str]) -> None:
    name = short_name(title, taken)
    assert checked_name(name) == name
    assert name not in taken
    assert len(name) <= LONGEST_NAME


def test_a_name_of_a_page_cannot_be_used() -> None:
    with pytest.raises(ProjectError, match="cannot be the name"):
        checked_name("new")


def test_all_that_is_missing_of_official_words_is_told_at_once() -> None:
    with pytest.raises(ProjectError) as caught:
        official_source("", "", "", "2027-01-01", is_compared=False, today=TODAY)
    places = [problem.loc for problem in caught.value.problems]
    assert places == [("document",), ("publisher",), ("address",), ("published",), ("compared",)]
    found = official_source("T", "P", "www.gov.uk/t", "2026-01-02", is_compared=True, today=TODAY)
    assert (found.source, found.documents, found.published) == (
        "P: T, www.gov.uk/t",
        ("T",),
        date(2026, 1, 2),
    )
