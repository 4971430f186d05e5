"""What schools write and the reader once took for something else, each kind with a text of our own."""

import pytest

from parentguide.errors import SourceError
from parentguide.newsletter.limits import MOST_LINES
from parentguide.newsletter.passages import LeftOut
from parentguide.newsletter.reading import read_newsletter
from parentguide.newsletter.statements_file import parse_statements, statements_text

OFFICIAL = "Bullying is behaviour by one person or a group that hurts another, again and again, on purpose."


def shown(text: str) -> list[str]:
    """The statements: the first letter of the kind, and the words."""
    return [f"{s.kind[0]} {s.text}" for s in read_newsletter(text.encode()).statements]


def page(body: str, head: str = "") -> list[str]:
    return shown(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")


WRAPPED = """We tell you about this because it matters to all of us, and because you may be asked
about it at home. Nobody has to know the answers at once, and it is never wrong to ask
for help. The words below are those of the law, and no school may change any of them."""


def test_a_quotation_may_have_quotations_inside() -> None:
    first, rest = OFFICIAL[:84], OFFICIAL[84:].strip()
    quoted = f"“{first}\n{rest} Some call it “banter” or\n“only a joke”, and it is neither.”"
    text = f"Title\n\n{WRAPPED}\n\n{quoted}\n\nMore words here."
    assert f"q {OFFICIAL} Some call it “banter” or “only a joke”, and it is neither." in shown(text)


def test_each_paragraph_of_a_quotation_may_begin_with_the_opening_mark() -> None:
    text = f"Title\n\n“{OFFICIAL}\n\n“It may happen online.\n\n“It is never a child’s fault.”\n\nMore words."
    assert shown(text)[1:] == [
        f"q {OFFICIAL}",
        "q It may happen online.",
        "q It is never a child’s fault.",
        "p More words.",
    ]


def test_two_quotations_one_after_the_other_are_two() -> None:
    text = f"Title\n\n“{OFFICIAL}”\n\nWe agree with this.\n\n“{OFFICIAL}”\n"
    assert shown(text)[1:] == [f"q {OFFICIAL}", "p We agree with this.", f"q {OFFICIAL}"]


@pytest.mark.parametrize(
    "words",
    [
        "“I was told that nobody would believe me. I’m glad that I spoke, because they did.” (Year 10 pupil)",
        "‘Grooming’ is making friends with a child in order to hurt them. Children say ‘being played’ too.",
    ],
)
def test_what_a_person_said_and_words_in_marks_are_no_official_words(words: str) -> None:
    assert f"p {words}" in shown(f"Title\n\nFirst paragraph here.\n\n{words}\n\nMore words.")


def test_numbered_headings_keep_their_numbers() -> None:
    text = (
        "1. Aims\n\nWe want children to be safe.\n\n2. Training\n\nAll staff are trained.\n\n"
        "2.1 New staff\n\n• read it\n• sign it\n"
    )
    assert shown(text) == [
        "h 1. Aims", "p We want children to be safe.", "h 2. Training", "p All staff are trained.",
        "h 2.1 New staff", "i read it", "i sign it",
    ]  # fmt: skip


def test_a_numbered_list_keeps_no_numbers() -> None:
    text = "What to do\n\n1. Listen to your child\n2. Write it down\n3. Tell us\n\nWe will help.\n"
    assert shown(text)[1:4] == ["i Listen to your child", "i Write it down", "i Tell us"]


def test_roman_numbers_and_tabs_are_a_list_and_no_table() -> None:
    text = "It may be:\n\ni.\thitting or kicking;\nii.\tcalling names;\niii.\tleaving out.\n"
    assert shown(text)[1:] == ["i hitting or kicking;", "i calling names;", "i leaving out."]


def test_names_with_numbers_are_paragraphs_and_things_to_do_are_items() -> None:
    contacts = (
        "Who to ask\n\nMiss P. Okoro, Head of Year: 01632 960 111\nNSPCC: 0808 800 5000\n"
        "Childline: 0800 1111\n\nWe reply soon.\n"
    )
    assert [row[0] for row in shown("Help\n\nIntroduction here.\n\n" + contacts)] == list("hphpppp")
    to_do = contacts.replace("Miss P. Okoro, Head of Year:", "Ring us on").replace("NSPCC:", "Call")
    assert "i Ring us on 01632 960 111" in shown("Help\n\nIntroduction here.\n\n" + to_do)


@pytest.mark.parametrize(
    "line", ["Issue 7 | Spring Term 2026", "For families – Autumn 2025", "Monday 4th May 2026 – Week 3"]
)
def test_the_line_of_the_issue_is_no_heading_and_may_go(line: str) -> None:
    read = read_newsletter(f"School News\n\n{line}\n\nSafety first\n\nPlease read this.\n".encode())
    assert (read.statements[1].kind, read.statements[1].suggest) == ("paragraph", "leave out")


def test_a_heading_below_a_full_line_is_no_part_of_its_paragraph() -> None:
    text = f"{WRAPPED}\nWhere to turn\nThe pastoral team is here on every day of the week, and the nurse.\n"
    assert "h Where to turn" in shown(text)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ("the Multi-\nAgency team", "the Multi-Agency team"),
        ("a child is ill-\ntreated", "a child is ill-treated"),
        ("write to head@school\n.example.org", "write to head@school.example.org"),
    ],
)
def test_words_that_a_line_cuts_at_their_own_hyphen_or_full_stop(parts: str, whole: str) -> None:
    sentence = f"If you would like to talk to somebody about any of this, at whatever time, {parts} and"
    text = f"{WRAPPED}\n{sentence}\nwe will help."
    assert whole in " ".join(shown(text))


def test_a_bold_name_above_a_role_is_no_heading() -> None:
    assert page("<p>Please talk to us.</p><p><b>Emma Example</b></p><p>Deputy Headteacher</p>")[1:] == [
        "p Emma Example",
        "p Deputy Headteacher",
    ]
    assert (
        page("<p>Please talk to us.</p><p><b>Our Pastoral Team</b></p><p>Deputy Headteacher</p>")[1][0] == "h"
    )


def test_the_main_part_of_a_site_is_where_the_skip_link_leads() -> None:
    site = (
        "<div><a href='#here'>Skip to content</a></div><div><h2>Elm School</h2><p>Choose a language</p></div>"
        "<div id=here><h1>Safety</h1><p>Please read these words with your child this week.</p></div>"
        "<section><h2>Latest</h2><p>A fine match.</p></section>"
    )
    assert page(site) == ["h Safety", "p Please read these words with your child this week."]


@pytest.mark.parametrize(
    "extra",
    [
        "<div><h3>Share this page</h3><p><a href=#>Facebook</a></p><p><a href=#>WhatsApp</a></p></div>",
        "<div><a href='#top'>Up</a> | <a href='/print'>Print</a></div>",
        "<div class='downloads'><h3>Files</h3><a href='/a.pdf'>Policy</a></div>",
    ],
)
def test_links_of_the_site_are_left_out(extra: str) -> None:
    assert page(f"<h1>Safety</h1><p>Please read these words with your child.</p>{extra}") == [
        "h Safety",
        "p Please read these words with your child.",
    ]


def test_links_to_people_and_other_sites_stay() -> None:
    links = "<a href='mailto:a@b.example'>a@b.example</a> or <a href='https://nspcc.example'>NSPCC</a>"
    assert page(f"<h1>Safety</h1><p>Please read.</p><p>{links}</p>")[-1] == "p a@b.example or NSPCC"


def test_far_too_many_lines_are_refused_and_as_many_as_that_are_read() -> None:
    with pytest.raises(SourceError, match="lines, far more than a newsletter"):
        read_newsletter(b"word\n" * (MOST_LINES + 1))
    assert len(read_newsletter(b"word\n" * (MOST_LINES // 2)).statements) == MOST_LINES // 2


@pytest.mark.parametrize(
    "body",
    [
        "<p " + " ".join(f"a{n}=1" for n in range(30_000)) + ">Hello</p>",
        '<p " ' + " ".join(f"a{n}=1" for n in range(300_000)) + ">Hello</p>",
        "<div><table><td></div></table>" * 20_000,
    ],
    ids=["attributes", "a stray quotation mark", "tables in wrong places"],
)
def test_a_page_that_the_parser_would_take_long_for_is_refused(body: str) -> None:
    with pytest.raises(SourceError, match="far beyond a newsletter"):
        page(body)


def test_a_long_value_of_one_attribute_is_no_reason_to_refuse() -> None:
    assert page(f"<p title='{'word ' * 3000}'>Hello to you.</p>") == ["p Hello to you."]


def test_what_was_left_out_is_kept_as_comments() -> None:
    statements = read_newsletter(b"Title\n\nWords of it.\n").statements
    text = statements_text(
        statements, [LeftOut("Elm\tSchool", "running head", page=2), LeftOut("3", "page number", 9)]
    )
    assert text.endswith("#   Elm School (running head, page 2)\n#   3 (page number, line 9)\n")
    assert [s.text for s in parse_statements(text)] == [s.text for s in statements]
