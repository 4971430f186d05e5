"""Passages of a file that says what they are."""

from parentguide.newsletter.passages import Document, LeftOut, Passage, Role
from parentguide.newsletter.statements import Reading, statements_of

BODY = "This paragraph says what a parent can do when a child comes home late and does not speak."


def reading_of(*passages: Passage) -> Reading:
    return statements_of(Document(tuple(passages)))


def shown(*passages: Passage) -> list[tuple[str, str]]:
    return [(s.kind, s.text) for s in reading_of(*passages).statements]


def test_roles_are_believed() -> None:
    assert shown(
        Passage("A heading that ends with a full stop.", Role.HEADING),
        Passage("Use the app", Role.PARAGRAPH),
        Passage("Signs", Role.PARAGRAPH),
        Passage("A second phone.", Role.ITEM),
        Passage("95% | 9 days", Role.ROW),
    ) == [
        ("heading", "A heading that ends with a full stop."),
        ("paragraph", "Use the app"),
        ("paragraph", "Signs"),
        ("item", "A second phone."),
        ("row", "95% | 9 days"),
    ]


def test_a_short_bold_or_larger_paragraph_is_a_heading() -> None:
    assert shown(
        Passage("Stay safe", Role.PARAGRAPH, size=20),
        Passage(BODY, Role.PARAGRAPH, size=11),
        Passage("What to do", None, size=11, bold=True),
        Passage("Please read this.", Role.PARAGRAPH, size=11, bold=True),
        Passage("Small print", Role.PARAGRAPH, size=8, bold=True),
    ) == [
        ("heading", "Stay safe"),
        ("paragraph", BODY),
        ("heading", "What to do"),
        ("paragraph", "Please read this."),
        ("paragraph", "Small print"),
    ]


def test_bold_says_nothing_where_most_of_the_text_is_bold() -> None:
    assert shown(
        Passage("Use the app", Role.PARAGRAPH, bold=True), Passage(BODY, Role.PARAGRAPH, bold=True)
    ) == [("paragraph", "Use the app"), ("paragraph", BODY)]


def test_marks_that_were_typed_are_taken_off() -> None:
    assert shown(
        Passage("• one", Role.PARAGRAPH),
        Passage("•two", Role.ITEM),
        Passage("a) three", Role.PARAGRAPH),
        Passage("b) four", Role.ITEM),
        Passage("a five", Role.ITEM),
    ) == [("item", "one"), ("item", "two"), ("item", "three"), ("item", "four"), ("item", "a five")]


def test_official_words_over_paragraphs_and_items() -> None:
    reading = reading_of(
        Passage("The guidance says: ‘Neglect is a lasting failure. It may mean:", Role.PARAGRAPH, page=1),
        Passage("too little food in the child’s home;", Role.ITEM, page=1),
        Passage("no care when the child is ill.’", Role.ITEM, page=2),
        Passage("What you might see", Role.HEADING, page=2),
    )
    assert [(s.kind, s.text, s.page) for s in reading.statements] == [
        ("paragraph", "The guidance says:", 1),
        ("quotation", "Neglect is a lasting failure. It may mean:", 1),
        ("quotation", "too little food in the child’s home;", 1),
        ("quotation", "no care when the child is ill.", 2),
        ("heading", "What you might see", 2),
    ]


def test_the_parts_of_a_letter_are_no_headings() -> None:
    statements = reading_of(
        Passage("15 January 2026", Role.HEADING),
        Passage("Dear Parent", Role.PARAGRAPH, bold=True),
        Passage(BODY, Role.PARAGRAPH),
        Passage("Yours faithfully", Role.PARAGRAPH),
        Passage("A. N. Other", Role.HEADING),
    ).statements
    assert [(s.kind[0], bool(s.suggest)) for s in statements] == [
        ("p", True), ("p", True), ("p", False), ("p", True), ("p", True)
    ]  # fmt: skip


def test_passages_without_words_are_dropped_and_doubt_and_left_out_are_kept() -> None:
    document = Document(
        (Passage(" \u200b–", Role.PARAGRAPH), Passage(BODY, Role.PARAGRAPH, doubt="two columns")),
        (LeftOut("Page\x1b 1", "page number", 3, 1),),
    )
    reading = statements_of(document)
    assert [(s.text, s.unsure) for s in reading.statements] == [(BODY, "two columns")]
    assert reading.left_out == (LeftOut("Page 1", "page number", 3, 1),)
