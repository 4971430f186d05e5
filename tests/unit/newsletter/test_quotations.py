"""Long quotations: where they end, and their paragraphs."""

import pytest

from parentguide.newsletter.lines import Line
from parentguide.newsletter.quotations import Quotations, quotation_drafts
from tests.unit.newsletter.files import lines_of

LONG = (
    "Child sexual exploitation is a form of child sexual abuse. It occurs where somebody takes advantage of"
)


def quotation_end(lines: tuple[Line, ...]) -> int | None:
    found = Quotations(lines).at(0)
    return found.end if found else None


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("„", "“")])
def test_a_long_quotation_ends_at_its_closing_mark(opening: str, closing: str) -> None:
    lines = lines_of(f"{opening}{LONG}\na child.{closing}\nMore.")
    assert quotation_end(lines) == 1


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
    assert quotation_end(lines_of(text)) is None


def test_paragraphs_of_a_quotation() -> None:
    lines = lines_of("“One sentence.\nTwo.\nThree goes on over\ntwo lines.\n\n\n- Four”.")
    drafts = list(quotation_drafts(lines, is_wrapped=True))
    assert [(draft.line, draft.parts) for draft in drafts] == [
        (1, ("One sentence.",)),
        (2, ("Two.",)),
        (3, ("Three goes on over", "two lines.")),
        (7, ("Four",)),
    ]


def test_a_quotation_that_closes_on_a_line_of_its_own() -> None:
    drafts = list(quotation_drafts(lines_of("“Words\n”"), is_wrapped=True))
    assert [draft.parts for draft in drafts] == [("Words",)]
