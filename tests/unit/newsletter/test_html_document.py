"""Saved web pages: each test is a page of a kind that schools send."""

import time

import pytest

from parentguide.errors import SourceError
from parentguide.newsletter.html_document import read_html
from parentguide.newsletter.passages import Document
from parentguide.newsletter.reading import document_of
from tests.unit.newsletter.office_files import kinds, left_out


def page(body: str, head: str = "") -> Document:
    return read_html(f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head>{body}</html>'.encode())


def test_a_page_with_a_main_part() -> None:
    document = page(
        "<header><a href=/>Example School</a><nav>Home News</nav></header>"
        "<div class=breadcrumbs>Home / Safeguarding</div>"
        "<main><h1>What is FGM?</h1><p>It is against the <b>law</b>.</p><ul><li>One sign<li>Another</ul>"
        "<aside>Latest news</aside></main><footer>© Example School</footer>"
    )
    assert kinds(document) == [
        ("heading", "What is FGM?"),
        ("paragraph", "It is against the law."),
        ("item", "One sign"),
        ("item", "Another"),
    ]
    assert sorted(left_out(document)) == [
        ("breadcrumb", "Home / Safeguarding"),
        ("page foot", "© Example School"),
        ("page header", "Example School Home News"),
        ("sidebar", "Latest news"),
    ]


def test_a_page_without_a_main_part() -> None:
    document = page(
        '<div id="cookie-banner">We use cookies.</div><div class="skip-link">Skip to content</div>'
        "<ul class='main-menu'><li>Home</ul><div id=header>Example School</div>"
        "<div id=content><h1>FGM</h1>Words without a paragraph."
        "<div class='share-buttons'>Tweet</div><form><label>Search</label></form>"
        "<p hidden>old</p><p style='display: none'>older</p></div>"
    )
    assert kinds(document) == [("heading", "FGM"), ("paragraph", "Words without a paragraph.")]
    assert left_out(document) == [
        ("cookie notice", "We use cookies."),
        ("site navigation", "Skip to content"),
        ("site navigation", "Home"),
        ("page header", "Example School"),
        ("links to share", "Tweet"),
        ("form", "Search"),
        ("hidden text", "old"),
        ("hidden text", "older"),
    ]


def test_words_of_newsletters_are_not_taken_for_furniture() -> None:
    document = page(
        "<section id='consent'><h2>Consent</h2><p>Consent means to agree.</p></section>"
        "<p class='share'>Do not share pictures.</p>"
    )
    assert [text for _, text in kinds(document)] == [
        "Consent",
        "Consent means to agree.",
        "Do not share pictures.",
    ]
    assert not document.left_out


def test_a_page_that_is_all_in_a_form() -> None:
    document = page("<form id=aspnetForm><h1>FGM</h1><p>It is against the law in this country.</p></form>")
    assert [text for _, text in kinds(document)] == ["FGM", "It is against the law in this country."]


def test_the_title_in_the_header_of_the_page() -> None:
    head = "<title>Online safety – Example School</title>"
    with_title = page("<header><h1>Online safety</h1></header><main><p>Text.</p></main>", head)
    with_logo = page("<header><h1>Example School</h1></header><main><p>Text.</p></main>", head)
    assert kinds(with_title) == [("heading", "Online safety"), ("paragraph", "Text.")]
    assert kinds(with_logo) == [("paragraph", "Text.")]


def test_the_header_of_an_article_belongs_to_it() -> None:
    document = page(
        "<body><article><header><h1>Signs</h1><p>2 May 2026</p></header><p>Some text.</p></article>"
    )
    assert [text for _, text in kinds(document)] == ["Signs", "2 May 2026", "Some text."]


def test_nested_lists_and_paragraphs_in_items() -> None:
    document = page(
        "<ol><li>At home<ul>"
        "<li>left alone</li><li>hungry</li>"
        "</ul></li><li><p>At school</p>"
        "<p>below it</p></li></ol>"
        "<p>After the list.</p><ul><li><h3>A card</h3>Its text.</li></ul>"
    )
    assert kinds(document) == [
        ("item", "At home"),
        ("item", "left alone"),
        ("item", "hungry"),
        ("item", "At school"),
        ("paragraph", "below it"),
        ("paragraph", "After the list."),
        ("heading", "A card"),
        ("paragraph", "Its text."),
    ]


def test_tables_of_figures_and_tables_that_place_text() -> None:
    document = page(
        "<table><caption>Days away</caption><thead><tr><th>Year<th>Days<tbody>"
        "<tr><td rowspan=2>Seven<td>9<tr><td>11</table>"
        "<table role=presentation>"
        "<tr><td><h2>Signs</h2>"
        "<p>Tired.</p><td><table><tr>"
        "<td>Ring us.</table></table>"
    )
    assert kinds(document) == [
        ("paragraph", "Days away"),
        ("row", "Year | Days"),
        ("row", "Seven | 9"),
        ("row", "11"),
        ("heading", "Signs"),
        ("paragraph", "Tired."),
        ("paragraph", "Ring us."),
    ]


def test_quotations_keep_or_get_their_marks() -> None:
    document = page(
        "<p>The law says <q>no</q>.</p>"
        "<blockquote>"
        "<p>Neglect is serious.</p><ul>"
        "<li>It lasts.</ul></blockquote>"
        "<blockquote>“It has marks.”</blockquote>"
    )
    assert kinds(document) == [
        ("paragraph", "The law says “no”."),
        ("paragraph", "“Neglect is serious."),
        ("item", "It lasts.”"),
        ("paragraph", "“It has marks.”"),
    ]


def test_definitions_details_and_breaks() -> None:
    document = page(
        "<dl>"
        "<dt>Grooming<dd>Making friends to do harm.</dl>"
        "<details>"
        "<summary>Who can help?</summary>Ring us.</details>"
        "<p>You can:<br>• ring us<br>• write<p>one<br><br>two<p>goes on<br>below&nbsp;it and wel&shy;l"
        "<pre>First line.\nSecond line.</pre>"
    )
    assert kinds(document) == [
        ("paragraph", "Grooming"),
        ("paragraph", "Making friends to do harm."),
        ("heading", "Who can help?"),
        ("paragraph", "Ring us."),
        ("paragraph", "You can:"),
        ("paragraph", "• ring us"),
        ("paragraph", "• write"),
        ("paragraph", "one"),
        ("paragraph", "two"),
        ("paragraph", "goes on below it and well"),
        ("paragraph", "First line."),
        ("paragraph", "Second line."),
    ]


def test_the_size_and_weight_that_the_page_says() -> None:
    document = page(
        "<p style='font-size:24px'><b>Large</b></p><p>"
        "<span style='font-size:200%; font-weight:600'>Twice</span>"
        "<p><font size=4>Old</font><p>Plain<p><strong>Half</strong> bold"
    )
    assert [(passage.size, passage.bold) for passage in document.passages] == [
        (18.0, True), (24.0, True), (13.5, False), (12.0, False), (12.0, False),
    ]  # fmt: skip
    assert page("<p>Plain").passages[0].size is None


def word_page(body: str) -> Document:
    style = "<style>p.MsoNormal, li.MsoNormal {margin:0cm; font-size:11.0pt;}</style>"
    return page(f"<body lang=EN-GB><div class=WordSection1>{body}</div></body>", style)


def test_a_page_that_word_saved() -> None:
    mark = (
        "<![if !supportLists]>"
        "<span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span>"
        "</span><![endif]>"
    )
    document = word_page(
        "<!--[if gte mso 9]><xml><w:View>Print</w:View></xml><![endif]--><p class=MsoTitle>Staying safe</p>"
        "<p class=MsoHeader>Example School</p><p class=MsoNormal>Text<o:p>&nbsp;</o:p></p>"
        f"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{mark}A second\n phone</p>"
        f"<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>{mark}</p><p class=MsoNormal>No item</p>"
        "<div style='mso-element:footnote-list'><div id=ftn1>The Act</div></div>"
    )
    assert kinds(document) == [
        ("heading", "Staying safe"),
        ("paragraph", "Text"),
        ("item", "A second phone"),
        ("paragraph", "No item"),
    ]
    assert document.passages[1].size == 11.0
    assert left_out(document) == [("running head", "Example School"), ("footnote", "The Act")]


def test_a_filtered_page_that_word_saved() -> None:
    def item(mark: str, text: str) -> str:
        return (
            "<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt'><span style='font-family:Symbol'>"
            f"{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span>{text}</p>"
        )

    document = word_page(
        item("·", "a bullet") + item("12.", "a number") + "<p class=MsoListParagraph>indented</p>"
    )
    assert kinds(document) == [("item", "a bullet"), ("item", "a number"), ("paragraph", "indented")]


def test_a_page_that_libreoffice_saved() -> None:
    document = page(
        '<div title="header"><p>Example School</p></div><h1>Signs</h1><ol><li><p>one</p></li></ol>'
        '<div title="footer"><p>Page 1</p></div>'
    )
    assert kinds(document) == [("heading", "Signs"), ("item", "one")]
    assert left_out(document) == [("running head", "Example School"), ("page foot", "Page 1")]


def test_scripts_styles_and_pictures_have_no_words() -> None:
    document = page(
        "<p>Text<script>var x = 'no';</script><style>p {}</style><svg><text>no</text></svg><img alt=no>"
    )
    assert kinds(document) == [("paragraph", "Text")]
    assert not document.left_out


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset=windows-1252><p>“£5”".encode("cp1252"),
        b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>\x93\xa35\x94",
        "<p>“£5”".encode("utf-8-sig"),
        "<p>“£5”".encode("utf-16"),
        "<meta charset=latin1><p>“£5”".encode(),
        "<meta charset=hex><p>“£5”".encode("cp1252"),
        "<meta charset=utf-16><p>“£5”".encode("cp1252"),
        "<meta charset=macintosh><p>“£5”".encode("mac_roman"),
        "<p>“£5”".encode("cp1252"),
    ],
)
def test_every_charset_that_a_school_saves(data: bytes) -> None:
    assert kinds(read_html(data)) == [("paragraph", "“£5”")]


def test_a_page_saved_as_one_file() -> None:
    data = (
        b"From: <Saved by Blink>\r\nSubject: Safety\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/related;\r\n"
        b'\tboundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C2=A35 a d=\r\nay</p>\r\n--b--\r\n"
    )
    assert kinds(read_html(data)) == [("paragraph", "£5 a day")]
    assert kinds(document_of(data)) == [("paragraph", "£5 a day")]


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 100_000,
        b"<span>x" * 100_000,
        b"<b>" * 100_000,
        b"<ul><li>" * 100_000,
        b"<table><tr><td>" * 100_000,
        b"<blockquote><p>x" * 100_000,
        b"<p>x" * 100_000,
        b"<x>" * 200 + b"y",
        b" " * 20_000_001,
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=b\n\n" * 1000,
    ],
    ids=range(10),
)
def test_pages_far_beyond_a_newsletter_are_refused_in_a_second(data: bytes) -> None:
    begun = time.process_time()
    with pytest.raises(SourceError, match="beyond a newsletter") as caught:
        read_html(data)
    assert caught.value.remedy
    assert time.process_time() - begun < 10


def test_a_mail_without_a_page_is_refused() -> None:
    with pytest.raises(SourceError, match="no web page"):
        read_html(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\nHello")


def test_pages_as_deep_as_the_limit_allows_are_read() -> None:
    depth = 44
    document = read_html(b"<table><tr><td>" * depth + b"deep" + b"</table>" * depth)
    assert kinds(document) == [("paragraph", "deep")]
