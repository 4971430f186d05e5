"""Which lines are headings."""

import pytest

from parentguide.newsletter.headings import has_heading_mark, heading_text, is_heading
from parentguide.newsletter.lines import Layout, Line

LAYOUT = Layout(body_indent=0, width=60, is_wrapped=True, run_widths=(), following=())


def line(text: str, indent: int = 0, mark: str = "") -> Line:
    return Line(1, text, indent, mark)


@pytest.mark.parametrize(
    "heading", [line("STAY SAFE"), line("# Stay safe"), line("Stay safe", 1), line("Stay safe", 2)]
)
def test_marks_of_a_heading(heading: Line) -> None:
    assert has_heading_mark(heading, 0)


@pytest.mark.parametrize(
    "other",
    [
        line("STAY SAFE", mark="-"),
        line("STAY SAFE."),
        line("word " * 15 + "WORD"),
        line("Stay safe", 3),
        line("stay safe", 1),
        line("NHS"),
        line("Stay safe"),
    ],
)
def test_no_mark_of_a_heading(other: Line) -> None:
    assert not has_heading_mark(other, 0)


def test_markdown_marks_are_not_part_of_the_words() -> None:
    assert heading_text(line("## What we do")) == "What we do"
    assert heading_text(line("STAY SAFE")) == "STAY SAFE"


@pytest.mark.parametrize("below", [None, line(""), line("We explain here what this means for you.")])
def test_a_short_line_that_begins_with_a_capital_looks_like_a_heading(below: Line | None) -> None:
    assert is_heading(line("Signs to look for"), below, LAYOUT)


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("Signs to look for:", None),
        ("Signs to look for.", None),
        ("signs to look for", None),
        ("word " * 15, None),
        ("Ring 01462000000", None),
        ("Write to office@school.example", None),
        ("See www.school.example", None),
        ("Signs to", line("look for at home")),
        ("A line that fills most of the column, and so goes", line("On below")),
        ("A line that fills the whole column, of at least sixty characters", None),
    ],
)
def test_lines_that_do_not_look_like_headings(text: str, below: Line | None) -> None:
    assert not is_heading(line(text), below, LAYOUT)


def test_a_marked_heading_is_a_heading() -> None:
    assert is_heading(line("STAY SAFE"), line("and well"), LAYOUT)
