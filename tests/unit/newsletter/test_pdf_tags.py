"""Newsletters sent as tagged PDFs: tags tell order, kinds and tables where they cover the text."""

import pytest
import typst
import weasyprint

from parentguide.newsletter import pdf_document
from parentguide.newsletter.passages import Document, Role
from parentguide.newsletter.pdf_document import read_pdf

NEWSLETTER = """
#set page(header: [Example School], footer: context counter(page).display("1"))
#set text(lang: "en", hyphenate: true)
#set par(justify: true)
= Safe near water
#columns(2)[
Cold water takes the breath away in seconds. Even those who swim extraordinarily well drown.
- Swim where a lifeguard is on duty.
- Never go in alone, whatever your friends may say about it.
#colbreak()
Ice on ponds breaks without a warning, and nobody should walk on it before an adult has said so.
]
#table(columns: 2, [Flag], [Meaning], [Red and yellow], [lifeguards are here], [Red], [danger])
After the table stands a paragraph.#footnote[The figures are the charity's own.]
"""
RIGHT = [
    (Role.HEADING, "Safe near water"),
    (
        Role.PARAGRAPH,
        "Cold water takes the breath away in seconds. Even those who swim extraordinarily well drown.",
    ),
    (Role.ITEM, "Swim where a lifeguard is on duty."),
    (Role.ITEM, "Never go in alone, whatever your friends may say about it."),
    (
        Role.PARAGRAPH,
        "Ice on ponds breaks without a warning, and nobody should walk on it before an adult has said so.",
    ),
    (Role.ROW, "Flag | Meaning"),
    (Role.ROW, "Red and yellow | lifeguards are here"),
    (Role.ROW, "Red | danger"),
    (Role.PARAGRAPH, "After the table stands a paragraph."),
    (Role.PARAGRAPH, "The figures are the charity’s own."),
]


def kinds(document: Document) -> list[tuple[Role | None, str]]:
    return [(passage.role, passage.text) for passage in document.passages]


def test_tags_tell_headings_items_rows_and_notes() -> None:
    document = read_pdf(typst.compile(NEWSLETTER.encode()))
    assert kinds(document) == RIGHT
    assert [item.text for item in document.left_out] == ["Example School", "1"]


def test_the_same_newsletter_is_read_by_position(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_document, "tags_are_good", lambda _pages: False)
    without_note = [(role, words) for role, words in RIGHT if "table" not in words and "figures" not in words]
    assert kinds(read_pdf(typst.compile(NEWSLETTER.encode())))[: len(without_note)] == without_note


def _page(body: str, **options: str) -> bytes:
    style = (
        "<style>@page{size:A4;margin:20mm} body{font:11pt 'DejaVu Sans'} table,td{border:1px solid}</style>"
    )
    result: bytes | None = weasyprint.HTML(string=f"<html lang=en><title>t</title>{style}{body}").write_pdf(
        **options
    )
    assert result is not None
    return result


def test_a_table_that_only_sets_prose_in_columns_is_no_table() -> None:
    prose = (
        "Grown-ups who want to harm children often begin with kindness, and they listen to a child each day. "
        * 4
    )
    pdf = _page(f"<table><tr><td><p>{prose}<td><p>{prose}</table>", pdf_variant="pdf/ua-1")
    assert [passage.role for passage in read_pdf(pdf).passages if passage.role is Role.ROW] == []


def test_forced_line_breaks_end_a_paragraph() -> None:
    pdf = _page(
        "<p>We thank all families who came to the meeting about safety on the way to school and back again."
        "<p>Yours sincerely,<br>B. Sample<br>Headteacher",
        pdf_variant="pdf/ua-1",
    )
    assert [passage.text for passage in read_pdf(pdf).passages][1:] == [
        "Yours sincerely,",
        "B. Sample",
        "Headteacher",
    ]


def test_a_paragraph_goes_on_over_the_page() -> None:
    filler = "".join(f"<p>Paragraph {n} fills the page with some words.</p>" for n in range(23))
    long = " ".join(f"word{n}" for n in range(400))
    found = [
        passage.text
        for passage in read_pdf(_page(f"{filler}<p>{long}.</p>", pdf_variant="pdf/ua-1")).passages
    ]
    assert found[-1] == f"{long}."


def test_tags_that_cut_sentences_are_not_believed() -> None:
    lines = [
        "Cold water takes the breath away in seconds, also from",
        "those who swim well in a warm pool, and each year",
        "children drown in rivers and in old quarries that look",
        "calm.",
    ]
    pdf = _page(
        "<body style='width:140mm'>" + "".join(f"<p style='margin:0'>{line}</p>" for line in lines),
        pdf_variant="pdf/ua-1",
    )
    assert [passage.text for passage in read_pdf(pdf).passages] == [" ".join(lines)]
