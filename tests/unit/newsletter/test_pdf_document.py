"""Newsletters sent as PDFs: columns, tables, lists, paragraphs and what is left out, by position."""

import pytest

from parentguide.errors import SourceError
from parentguide.newsletter import pdf_limits, pdf_pages
from parentguide.newsletter.passages import Role
from parentguide.newsletter.pdf_document import read_pdf
from tests.unit.newsletter.drawing import BOLD, DINGBATS, drawn, lines, rule, stream, text, turned

PROSE = (
    "Rivers and quarries look calm, and they are not. Cold",
    "water takes the breath away in seconds, also from those",
    "who swim well in a warm pool.",
)


def texts(data: bytes) -> list[str]:
    return [passage.text for passage in read_pdf(data).passages]


def kinds(data: bytes) -> list[tuple[Role | None, str]]:
    return [(passage.role, passage.text) for passage in read_pdf(data).passages]


def left_out(data: bytes) -> list[str]:
    return [item.text for item in read_pdf(data).left_out]


def row_by_row(left: list[str], right: list[str], y: float = 700) -> str:
    """Two columns, drawn line after line across the page."""
    pairs = zip(left, right, strict=True)
    return "".join(
        text(60, y - 14 * i, a) + text(320, y - 14 * i, b) for i, (a, b) in enumerate(pairs) if a or b
    )


LEFT = [
    "Games let strangers talk to",
    "children, who cannot see the",
    "face of the other player.",
    "",
    "Ask who they are.",
]
RIGHT = [
    "Tell us when you are worried",
    "about a message. We listen",
    "and we do not judge.",
    "",
    "Ring 101 at night.",
]


def test_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    assert texts(drawn(text(60, 740, "Games", 18, BOLD) + row_by_row(LEFT, RIGHT))) == [
        "Games",
        "Games let strangers talk to children, who cannot see the face of the other player.",
        "Ask who they are.",
        "Tell us when you are worried about a message. We listen and we do not judge.",
        "Ring 101 at night.",
    ]


def test_three_columns() -> None:
    columns = [
        [f"{name} column has words that", "fill two lines of it and then", "it ends."]
        for name in ("First", "Second", "Third")
    ]
    page = "".join(text(40 + 180 * i, 700 - 14 * j, columns[i][j], 10) for j in range(3) for i in range(3))
    assert [found.split()[0] for found in texts(drawn(page))] == ["First", "Second", "Third"]


def test_a_title_over_both_columns_and_a_close_below_them() -> None:
    page = text(120, 760, "A title that stands over both columns of the page", 16, BOLD)
    page += row_by_row(LEFT, RIGHT) + text(60, 600, "Yours faithfully") + text(60, 575, "A. Sample")
    found = texts(drawn(page))
    assert found[0].startswith("A title")
    assert found[-3:] == ["Ring 101 at night.", "Yours faithfully", "A. Sample"]


def test_a_section_below_two_columns_is_read_after_both() -> None:
    second = row_by_row(
        ["Water is cold in spring, and", "nobody can swim for long."],
        ["Ice is thin in winter, and", "nobody should walk on it."],
        560,
    )
    page = row_by_row(LEFT, RIGHT) + text(60, 590, "Water", 15, BOLD) + second
    found = texts(drawn(page))
    assert (
        found.index("Ring 101 at night.")
        < found.index("Water")
        < found.index("Water is cold in spring, and nobody can swim for long.")
    )


def test_the_words_of_a_stretched_line_are_no_columns() -> None:
    stretched = "".join(
        text(60 + 90 * i, 686, word) for i, word in enumerate(("Never", "punish", "them,", "please."))
    )
    page = (
        text(60, 700, "A child who tells you about a message is brave and needs you to be calm.") + stretched
    )
    page += text(60, 672, "Listen, and thank the child for the courage that it takes to speak about this.")
    assert "Never punish them, please." in texts(drawn(page))[0]


def grid(rows: int, top: float = 700, height: float = 40) -> str:
    level = "".join(rule(55, top - height * i, 400, 0.7) for i in range(rows + 1))
    return level + "".join(rule(x, top - height * rows, 0.7, height * rows) for x in (55, 180, 455))


def test_a_ruled_table_has_one_row_a_passage_also_if_a_cell_has_two_lines() -> None:
    page = (
        text(60, 720, "Who helps", 15, BOLD) + grid(2) + text(60, 680, "Childline") + text(60, 640, "Police")
    )
    page += (
        text(185, 685, "0800 1111, at any hour of the day and")
        + text(185, 671, "at weekends")
        + text(185, 640, "101")
    )
    page += text(60, 590, "You can also speak to us.")
    assert kinds(drawn(page)) == [
        (Role.HEADING, "Who helps"),
        (Role.ROW, "Childline | 0800 1111, at any hour of the day and at weekends"),
        (Role.ROW, "Police | 101"),
        (Role.PARAGRAPH, "You can also speak to us."),
    ]


def test_a_table_without_rules_is_doubtful() -> None:
    cells = [("Year", "Days"), ("95%", "9 days"), ("90%", "19 days")]
    page = text(60, 730, "Attendance counts for all of us, in every year of the school and in every class.")
    page += "".join(text(60, 700 - 18 * i, a) + text(200, 700 - 18 * i, b) for i, (a, b) in enumerate(cells))
    found = read_pdf(drawn(page)).passages
    assert [passage.text for passage in found[1:]] == ["Year | Days", "95% | 9 days", "90% | 19 days"]
    assert all(passage.doubt for passage in found[1:])


def test_a_table_that_goes_on_over_the_page_has_its_heading_once() -> None:
    head = text(60, 780, "Service") + text(185, 780, "Number")
    first = grid(2, 800) + head + text(60, 740, "Police") + text(185, 740, "101")
    second = grid(2, 800) + head + text(60, 740, "Childline") + text(185, 740, "0800 1111")
    pdf = drawn(first, second)
    assert texts(pdf) == ["Service | Number", "Police | 101", "Childline | 0800 1111"]
    assert left_out(pdf) == ["Service | Number"]


@pytest.mark.parametrize(
    "mark",
    [
        text(60, 0, "4", font=DINGBATS),  # a tick
        text(48, 0, "\x95"),  # a bullet in the margin
        text(60, 0, "o"),
        text(60, 0, "\xd8"),
        text(60, 0, "\xa7"),
        text(60, 0, "-"),
        rule(61, 3, 4, 4),
    ],
)
def test_marks_of_every_kind_make_items(mark: str) -> None:
    page = text(60, 740, "Look for these signs in the weeks before the long summer holiday of the school:")
    for y, words in ((715, "a child is sad"), (700, "a child has"), (670, "a child is away")):
        page += f"q 1 0 0 1 0 {y} cm {mark} Q\n" + text(78, y, words)
    page += text(78, 686, "two telephones")
    assert kinds(drawn(page))[1:] == [
        (Role.ITEM, "a child is sad"),
        (Role.ITEM, "a child has two telephones"),
        (Role.ITEM, "a child is away"),
    ]


def test_numbers_are_marks_only_where_they_count() -> None:
    page = lines(
        60,
        740,
        [
            "Our office is open each day from the first lesson until the last one at half past",
            "4. Ring then.",
        ],
    )
    page += lines(60, 690, ["1. Talk", "2. Listen"], 15)
    assert kinds(drawn(page))[1:] == [(Role.ITEM, "Talk"), (Role.ITEM, "Listen")]
    assert "past 4. Ring" in texts(drawn(page))[0]


def test_paragraphs_with_only_a_first_line_indent() -> None:
    first = [
        "A paragraph begins with a small indent, and its lines go on",
        "to the edge of the column, where the next word has no place.",
    ]
    page = "".join(text(72, y, first[0]) + text(60, y - 14, first[1]) for y in (700, 672, 644))
    assert texts(drawn(page)) == [" ".join(first)] * 3


def test_a_sentence_goes_on_over_the_page_past_head_and_number() -> None:
    first = text(60, 806, "Example Academy") + lines(60, 700, PROSE[:2]) + text(290, 30, "1")
    second = text(60, 806, "Example Academy") + text(60, 750, PROSE[2]) + text(290, 30, "2")
    pdf = drawn(first, second)
    assert texts(pdf) == [" ".join(PROSE)]
    assert sorted(left_out(pdf)) == ["1", "2", "Example Academy", "Example Academy"]


def test_what_a_browser_prints_at_the_edges_is_left_out() -> None:
    page = text(24, 820, "06/03/2026, 14:05", 8) + text(300, 820, "Safeguarding | Example School", 8)
    page += (
        lines(60, 740, PROSE) + text(24, 18, "https://www.example.sch.uk/safe", 8) + text(560, 18, "1/1", 8)
    )
    pdf = drawn(page)
    assert texts(pdf) == [" ".join(PROSE)]
    assert left_out(pdf) == [
        "06/03/2026, 14:05 Safeguarding | Example School",
        "https://www.example.sch.uk/safe 1/1",
    ]


def test_a_title_at_the_top_of_a_page_stays() -> None:
    assert texts(drawn(text(60, 800, "Staying safe", 18, BOLD) + lines(60, 740, PROSE)))[0] == "Staying safe"


def test_words_cut_at_the_end_of_a_line() -> None:
    page = lines(
        60,
        740,
        ["The lead for safe-", "guarding is here. A well-", "being team helps with well-being at any hour."],
    )
    assert texts(drawn(page)) == [
        "The lead for safeguarding is here. A well-being team helps with well-being at any hour."
    ]


def test_hidden_words_are_left_out_unless_a_scanner_wrote_them() -> None:
    pdf = drawn(lines(60, 740, PROSE) + text(60, 600, "secret", mode=3) + text(900, 600, "outside"))
    assert texts(pdf) == [" ".join(PROSE)]
    assert left_out(pdf) == ["secret outside"]
    scanned = drawn("".join(text(60, 740 - 14 * i, line, mode=3) for i, line in enumerate(PROSE)))
    assert texts(scanned) == [" ".join(PROSE)]


def test_turned_text_is_doubtful_and_a_watermark_left_out() -> None:
    page = lines(60, 740, PROSE) + turned(30, 300, "Spring term", 0, 1) + turned(200, 300, "DRAFT", 0.7, 0.7)
    found = read_pdf(drawn(page))
    assert [(p.text, bool(p.doubt)) for p in found.passages] == [
        (" ".join(PROSE), False),
        ("Spring term", True),
    ]
    assert [item.text for item in found.left_out] == ["DRAFT"]


def test_a_page_that_is_turned_as_a_whole() -> None:
    page = "".join(turned(100 + 14 * i, 60, line, 0, 1) for i, line in enumerate(PROSE))
    assert texts(drawn(page)) == [" ".join(PROSE)]


def test_words_drawn_twice_are_bold_and_read_once() -> None:
    assert texts(drawn(text(60, 700, "Be calm and listen.") + text(60.3, 700, "Be calm and listen."))) == [
        "Be calm and listen."
    ]


def test_numbers_of_footnotes_are_no_part_of_the_words() -> None:
    page = text(60, 700, "Each year children drown") + text(184, 704, "1", 6) + text(190, 700, "in rivers.")
    assert texts(drawn(page)) == ["Each year children drown in rivers."]


def test_size_and_weight_are_told() -> None:
    found = read_pdf(drawn(text(60, 740, "Who can help", font=BOLD) + lines(60, 715, PROSE))).passages
    assert [(p.role, p.size, p.bold) for p in found] == [(None, 11.0, True), (Role.PARAGRAPH, 11.0, False)]


def test_forms_that_draw_each_other_are_refused_at_once() -> None:
    forms = [
        stream(
            "/X Do " * 10,
            f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {7 + i} 0 R >> >>",
        )
        for i in range(12)
    ]
    forms.append(stream("", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"))
    with pytest.raises(SourceError, match="far too often"):
        read_pdf(drawn("/X Do", extra=forms, resources="/XObject << /X 6 0 R >>"))


def test_streams_are_counted_while_they_unpack(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    pdf = typst.compile(b"#lorem(2000)")
    monkeypatch.setattr(pdf_limits, "MOST_UNPACKED", 5_000)
    with pytest.raises(SourceError, match="unpacks to far more"):
        read_pdf(pdf)


def test_too_many_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MOST_CHARACTERS", 100)
    with pytest.raises(SourceError, match="more than 100 characters"):
        read_pdf(drawn(lines(60, 740, PROSE)))


def test_a_section_of_an_act_is_no_item() -> None:
    page = text(60, 740, "\xa7 47 of the Children Act says when the council must act for a child.")
    assert kinds(drawn(page)) == [
        (None, "§ 47 of the Children Act says when the council must act for a child.")
    ]


def test_what_stands_left_of_a_list_is_no_part_of_it() -> None:
    page = text(80, 740, "\x95") + text(
        95, 740, "new friends who are older, and who have a hold over your child"
    )
    page += text(60, 726, "If you find a vape, please do not only take it away. Ask where it came from.")
    assert [role for role, _ in kinds(drawn(page))] == [Role.ITEM, None]
