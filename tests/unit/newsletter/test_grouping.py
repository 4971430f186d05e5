"""Which lines belong to one statement."""

import pytest

from parentguide.model.statement import StatementKind
from parentguide.newsletter.grouping import group_lines
from parentguide.newsletter.statements import read_statements
from tests.unit.newsletter.files import lines_of

FULL = "This line is as wide as the column of the letter is, to its"


def grouped(text: str) -> list[tuple[str, str]]:
    return [(draft.kind, "|".join(draft.parts)) for draft in group_lines(lines_of(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            f"{FULL}\nvery end.", [("paragraph", f"{FULL}|very end.")], id="a line break inside a sentence"
        ),
        pytest.param(
            f"{FULL}\nend. Done.\nAnother paragraph begins here, as its word would have fitted.",
            [
                ("paragraph", f"{FULL}|end. Done."),
                ("paragraph", "Another paragraph begins here, as its word would have fitted."),
            ],
            id="a line that was broken on purpose",
        ),
        pytest.param(
            f"{FULL}\nend and {FULL[:-8]}.\nIt goes on.",
            [("paragraph", f"{FULL}|end and {FULL[:-8]}.|It goes on.")],
            id="a full line ends a sentence",
        ),
        pytest.param(
            "Look for:\n- one thing\nthat is long\n- two",
            [("paragraph", "Look for:"), ("item", "one thing|that is long"), ("item", "two")],
            id="items over several lines",
        ),
        pytest.param(
            "- one;\ntwo;", [("item", "one;"), ("item", "two;")], id="a mark lost after a semicolon"
        ),
        pytest.param(
            "- one; and\ntwo", [("item", "one; and"), ("item", "two")], id="a mark lost after “; and”"
        ),
        pytest.param(
            f"- {FULL}\nis\n- two\nThree\n- four",
            [("item", f"{FULL}|is"), ("item", "two"), ("item", "Three"), ("item", "four")],
            id="a mark lost between two marks",
        ),
        pytest.param(
            "- one of the things.\nThen a paragraph begins.",
            [("item", "one of the things."), ("paragraph", "Then a paragraph begins.")],
            id="a paragraph after an item",
        ),
        pytest.param(
            "- an item that was cut\n\nby a page\n- two",
            [("item", "an item that was cut|by a page"), ("item", "two")],
            id="an item continues below a blank line",
        ),
        pytest.param(
            "- an item.\n\nmore words in a paragraph",
            [("item", "an item."), ("paragraph", "more words in a paragraph")],
            id="a finished item does not continue",
        ),
        pytest.param("- an item\n\n", [("item", "an item")], id="nothing below an item"),
        pytest.param(
            "- an item\nSTAY SAFE NOW\nWe explain this here.",
            [("item", "an item"), ("heading", "STAY SAFE NOW"), ("paragraph", "We explain this here.")],
            id="a heading ends a list",
        ),
        pytest.param(
            "- one;\nLook out:\n- two",
            [("item", "one;"), ("item", "Look out:"), ("item", "two")],
            id="a closed item begins a new one",
        ),
        pytest.param(
            "Some words.\n\n\nMore.", [("paragraph", "Some words."), ("paragraph", "More.")], id="blanks"
        ),
    ],
)
def test_groups(text: str, wanted: list[tuple[str, str]]) -> None:
    assert grouped(text) == wanted


def test_a_quotation_ends_the_statement_before_it() -> None:
    quoted = (
        "“Child abuse is any action by another person that causes significant harm to a child or a baby.”"
    )
    kinds = [kind for kind, _ in grouped(f"The government says:\n{quoted}\nmore words")]
    assert kinds == ["paragraph", "quotation", "paragraph"]


def test_each_draft_names_its_first_line() -> None:
    assert [draft.line for draft in group_lines(lines_of("\nSTAY SAFE\n\nOne\ntwo.\n\nthree"))] == [2, 4, 7]


def test_an_item_cut_by_a_blank_line_continues_with_any_word_in_lower_case() -> None:
    letter = "KEEPING SAFE\n\n• Look at what they do on their\n\n{} and tablets at home.\n\n• Talk to them.\n"
    for word, items in (("phones", 2), ("iPhones", 2), ("Phones", 3)):
        read = read_statements(letter.format(word))
        assert sum(statement.kind is not StatementKind.HEADING for statement in read) == items, word
