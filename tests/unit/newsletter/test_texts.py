"""Newsletters as plain texts: ``texts/NAME.txt``, and the statements that are right in ``NAME.gold.txt``."""

import re
import time
from pathlib import Path

import pytest

from parentguide.newsletter.reading import read_newsletter
from parentguide.newsletter.statements import read_statements

TEXTS = sorted(Path(__file__).with_name("texts").glob("*.gold.txt"))


def shown(text: str) -> list[tuple[str, str]]:
    return [(statement.kind, statement.text) for statement in read_statements(text)]


@pytest.mark.parametrize("gold", TEXTS, ids=lambda path: path.name.removesuffix(".gold.txt"))
def test_a_newsletter_gives_the_right_statements(gold: Path) -> None:
    wanted = [tuple(line.split("\t", 1)) for line in gold.read_text("utf-8").splitlines()]
    text = gold.with_name(gold.name.replace(".gold", ""))
    assert shown(text.read_text("utf-8")) == wanted


MARKS = [
    "•",
    "● ",
    "▪ ",
    "◦ ",
    "➢ ",
    "→ ",
    "✓ ",
    "✔️ ",
    "✅ ",
    "☑ ",
    "🚩 ",
    "👉🏽 ",
    "★ ",
    "\uf0b7 ",
    "\uf0d8",
    "\uf06e\t",
]
IN_SERIES = ["Ø ", "§ ", "ü ", "v ", "q ", "n ", "à ", "-", "–", "*", "🌟 ", "⚠️ "]


@pytest.mark.parametrize("mark", [*MARKS, *IN_SERIES])
def test_each_kind_of_bullet_makes_items(mark: str) -> None:
    text = f"Signs\n\nLook for:\n{mark}new friends\n{mark}A second phone\n\nCall us at any time.\n"
    assert shown(text) == [
        ("heading", "Signs"),
        ("paragraph", "Look for:"),
        ("item", "new friends"),
        ("item", "A second phone"),
        ("paragraph", "Call us at any time."),
    ]


@pytest.mark.parametrize(
    "marks",
    [
        ("a)", "b)", "c)"),
        ("(a)", "(b)", "(c)"),
        ("A.", "B.", "C."),
        ("i)", "ii)", "iii)"),
        ("(i)", "(ii)", "(iii)"),
        ("I.", "II.", "III."),
        ("1)", "2)", "3)"),
        ("[1]", "[2]", "[3]"),
        ("Step 1:", "Step 2:", "Step 3:"),
        ("Tip 1 –", "Tip 2 –", "Tip 3 –"),
    ],
)
def test_numbers_letters_and_steps_make_items(marks: tuple[str, ...]) -> None:
    items = "\n".join(
        f"{mark} {text}" for mark, text in zip(marks, ("Talk", "Listen", "Call us"), strict=True)
    )
    assert shown(f"Do this:\n{items}\n")[1:] == [("item", "Talk"), ("item", "Listen"), ("item", "Call us")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ø is a letter of another language.",
        "§ 47 says when the council must act.",
        "A. Example wrote this for us.",
        "I. Example wrote this for us.",
        "n is a letter that nobody reads.",
        "-5 degrees is cold.",
        "Step 1: talk to us about it.",
    ],
)
def test_one_line_that_begins_like_an_item_is_none(sentence: str) -> None:
    assert shown(f"{sentence}\n") == [("paragraph", sentence)]


def test_running_heads_and_page_numbers_are_left_out_with_their_reasons() -> None:
    text = (
        "Example Trust\n\nChildren who are worried about something that happened at\n\n1 | P a g e\n"
        "Example Trust\n\nhome can talk to us.\n\n2 | P a g e\n"
    )
    reading = read_newsletter(text.encode())
    assert [s.text for s in reading.statements] == [
        "Children who are worried about something that happened at home can talk to us."
    ]
    assert [(part.text, part.reason, part.line) for part in reading.left_out] == [
        ("Example Trust", "running head", 1),
        ("1 | P a g e", "page number", 5),
        ("Example Trust", "running head", 6),
        ("2 | P a g e", "page number", 10),
    ]


@pytest.mark.parametrize(
    "furniture",
    [
        "Page 3",
        "Page 1 of 4",
        "- 2 -",
        "3/7",
        "https://example.org/a 1/2",
        "02/03/2026, 14:07 Stay safe",
        "__________",
    ],
)
def test_furniture_of_a_page_is_left_out(furniture: str) -> None:
    reading = read_newsletter(f"Stay safe\n\nTalk to us today.\n\n{furniture}\n".encode())
    assert [s.text for s in reading.statements] == ["Stay safe", "Talk to us today."]
    assert [part.text for part in reading.left_out] == [furniture]


@pytest.mark.parametrize(
    "words",
    ["Call 999.", "101", "www.example.org", "Talk to us.\n\nStay safe", "Room 4 of ten"],
)
def test_other_lines_are_kept(words: str) -> None:
    reading = read_newsletter(f"Stay safe\n\nTalk to us today.\n\n{words}\n".encode())
    assert reading.left_out == ()


def test_a_text_of_repeated_lines_keeps_them() -> None:
    assert [text for _, text in shown("Title\n\nTitle\n\nPage 1\n")] == ["Title", "Title", "Page 1"]


@pytest.mark.parametrize("date", ["15 January 2026", "Monday 9th Feb 2026", "15/01/2026", "Date: 3.2.26"])
@pytest.mark.parametrize("greeting", ["Dear Parent/Carer,", "Dear all", "To all parents", "Good morning,"])
@pytest.mark.parametrize("close", ["Yours faithfully", "Kind regards,", "With best wishes", "Many thanks,"])
def test_the_parts_of_a_letter_are_paragraphs_to_leave_out(date: str, greeting: str, close: str) -> None:
    text = f"{date}\n\n{greeting}\n\nStay safe\n\nTalk to us.\n\n{close}\n\nA. N. Other\nHeadteacher\n"
    statements = read_statements(text)
    assert [(s.kind[0], s.suggest) for s in statements] == [
        ("p", "leave out"), ("p", "leave out"), ("h", ""), ("p", ""), *[("p", "leave out")] * 3
    ]  # fmt: skip


def test_a_heading_below_a_signature_is_no_part_of_it() -> None:
    text = (
        "Dear all\n\nTalk to us.\n\nYours sincerely\n\nA. N. Other\n\nWhere to find help\n\n"
        "Our website has a page with numbers.\n"
    )
    assert [s.text for s in read_statements(text) if s.suggest] == [
        "Dear all",
        "Yours sincerely",
        "A. N. Other",
    ]


@pytest.mark.parametrize("sentence", ["Thank you for reading.", "Dear parents know this.", "May is warm."])
def test_a_sentence_is_no_part_of_a_letter(sentence: str) -> None:
    assert [s.suggest for s in read_statements(f"Stay safe\n\n{sentence}\n\nTalk to us.\n")] == [""] * 3


def test_a_guess_says_why_it_may_be_wrong() -> None:
    text = "Stay safe\n\nRead this.\n\nWhat to do\n\nTalk to us\nCall us\nWrite to us\n\nThe end of it\n"
    assert [(s.kind, s.unsure) for s in read_statements(text)] == [
        ("heading", ""),
        ("paragraph", ""),
        ("heading", ""),
        *[("item", "a list without marks")] * 3,
        ("paragraph", "a short line that may be a heading or a paragraph"),
    ]


def test_a_table_keeps_its_rows_and_empty_cells() -> None:
    assert shown("Dates:\n\nDay\tTime\tRoom\nMonday\t\t4\n\nOne\ttab in a sentence.\n") == [
        ("paragraph", "Dates:"),
        ("row", "Day | Time | Room"),
        ("row", "Monday | | 4"),
        ("paragraph", "One tab in a sentence."),
    ]


def test_tables_with_bars_lose_their_rules() -> None:
    assert shown("| Day | Time |\n|-----|------|\n| Monday | 6 pm |\n") == [
        ("row", "Day | Time"),
        ("row", "Monday | 6 pm"),
    ]


def test_no_control_characters_are_left() -> None:
    (statement,) = read_statements("Talk\x1b[2J to\x00 us\x9b \u202enow\u2066, please.\x07")
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", statement.text)
    assert statement.text == "Talk[2J to us now, please."


SENTENCE = "Children who carry knives are mostly afraid of others,\nand a knife does not help them.\n\n"
GROWING = {
    "running text": SENTENCE,
    "short lines": "A b\n",
    "short lines with blank ones": "A b\n\n",
    "one word": "x",
    "quotation marks": "“",
    "lines that open a quotation": "“a b\n",
    "lines that open a quotation in single marks": "‘a b’ c\n",
    "quotations after a colon": "a: “b\n",
    "hyphens": "-",
    "words cut at the end of a line": "exploi-\n",
    "items": "- a b\n",
    "items that are not closed": "- a;\nb\n",
    "numbers": "1. a\n",
    "tabs": "a\tb\n",
    "spaces": " ",
    "bars": "|",
    "blank lines": "\n",
    "marks alone": "•\n",
    "apostrophes": "’ (",
    "letters of a date": "1 may ",
}


@pytest.mark.parametrize("piece", GROWING.values(), ids=GROWING)
def test_four_times_the_text_takes_about_four_times_as_long(piece: str) -> None:
    """Where each line looked at all others, it would take sixteen times as long."""

    def seconds(size: int) -> float:
        text = "Stay safe\n\n" + piece * (size // len(piece)) + "\nTalk to us.\n"
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            read_statements(text)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(60_000) < 9 * seconds(15_000) + 0.02
