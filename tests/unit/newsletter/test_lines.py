"""Lines of a newsletter: what is cleaned, which marks count, and the layout."""

import pytest

from parentguide.newsletter.lines import Layout, Line, ends_sentence
from tests.unit.newsletter.files import lines_of


def texts(text: str) -> list[tuple[str, str]]:
    return [(line.mark, line.text) for line in lines_of(text)]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("\ufb01nd the o\ufb03ce", "find the office"),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("safe\u200bguarding\ufeff", "safeguarding"),
        ("exploi\u00adtation", "exploitation"),
        ("cafe\u0301", "café"),
        ("  two   spaces ", "two spaces"),
    ],
)
def test_odd_characters_are_cleaned(given: str, wanted: str) -> None:
    assert lines_of(given)[0].text == wanted


def test_a_soft_hyphen_at_the_end_of_a_line_is_a_cut() -> None:
    assert [line.text for line in lines_of("exploi\u00ad \ntation")] == ["exploi-", "tation"]


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\f", "\u2028", "\u2029", "\x85"])
def test_every_line_break_counts(break_: str) -> None:
    assert [(line.number, line.text) for line in lines_of(f"a{break_}b")] == [(1, "a"), (2, "b")]


@pytest.mark.parametrize("mark", ["-", "•", "o", "✓", "\uf0b7", "1.", "(1)"])
def test_list_marks_are_taken_off(mark: str) -> None:
    assert texts(f"  {mark}  an item") == [(mark, "an item")]


def test_a_number_that_does_not_count_up_belongs_to_the_sentence() -> None:
    assert texts("Look:\n1. one\n2. two\n7. July") == [
        ("", "Look:"),
        ("1.", "one"),
        ("2.", "two"),
        ("", "7. July"),
    ]


def test_numbers_begin_again_at_one_after_the_end_of_a_sentence() -> None:
    assert [mark for mark, _ in texts("1. one.\n1. again\n2. two")] == ["1.", "1.", "2."]
    assert [mark for mark, _ in texts("1. one\n1. again")] == ["1.", ""]


def test_a_single_dash_inside_a_paragraph_belongs_to_the_sentence() -> None:
    assert texts("They\n– so we hear – wait") == [("", "They"), ("", "– so we hear – wait")]
    assert texts("They wait:\n– here")[1] == ("–", "here")
    assert texts("– one\n– two") == [("–", "one"), ("–", "two")]


@pytest.mark.parametrize("text", ["Done.", "Done?”", "Done!)", "Wait…"])
def test_sentence_ends(text: str) -> None:
    assert ends_sentence(text)
    assert Line(1, text, 0).ends_sentence


def test_a_comma_does_not_end_a_sentence() -> None:
    assert not ends_sentence("Done,")


def test_the_first_word_needs_a_space_before_it() -> None:
    line = Line(1, "four", 0)
    assert line.first_word_fits("by four", 7)
    assert not line.first_word_fits("by four", 6)


def test_layout() -> None:
    lines = lines_of("  aaaa\n  bb\n\n- c\n  dddddd")
    layout = Layout.of(lines)
    assert layout.body_indent == 2
    assert layout.width == 6
    assert layout.run_widths == (4, 4, 0, 6, 6)
    assert [line and line.text for line in layout.following] == ["bb", "c", "c", "dddddd", None]


def test_layout_of_blank_lines() -> None:
    layout = Layout.of(lines_of("\n"))
    assert (layout.body_indent, layout.width, layout.following) == (0, 0, (None,))
