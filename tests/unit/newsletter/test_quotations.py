"""Long quotations: where they end, and their paragraphs."""

import pytest

from parentguide.newsletter.lines import read_lines
from parentguide.newsletter.quotations import quotation_drafts, quotation_end

LONG = (
    "Child sexual exploitation is a form of child sexual abuse. It occurs where somebody takes advantage of"
)


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("„", "“")])
def test_a_long_quotation_ends_at_its_closing_mark(opening: str, closing: str) -> None:
    lines = read_lines(f"{opening}{LONG}\na child.{closing}\nMore.")
    assert quotation_end(lines, 0) == 1


@pytest.mark.parametrize(
    "text",
    [
        "No quotation mark",
        "“Short” words",
        "“Short words”",
        f"“{LONG}\nand it never closes",
        f"“{LONG}\na child” is what they say",
        f"- “{LONG}\na child.”",
    ],
)
def test_other_lines_do_not_begin_a_long_quotation(text: str) -> None:
    assert quotation_end(read_lines(text), 0) is None


def test_paragraphs_of_a_quotation() -> None:
    lines = read_lines("“One sentence.\nTwo.\nThree goes on over\ntwo lines.\n\n\n- Four”.")
    drafts = list(quotation_drafts(lines))
    assert [(draft.line, draft.parts) for draft in drafts] == [
        (1, ("One sentence.",)),
        (2, ("Two.",)),
        (3, ("Three goes on over", "two lines.")),
        (7, ("- Four",)),
    ]


def test_a_quotation_that_closes_on_a_line_of_its_own() -> None:
    drafts = list(quotation_drafts(read_lines("“Words\n”")))
    assert [draft.parts for draft in drafts] == [("Words",)]
