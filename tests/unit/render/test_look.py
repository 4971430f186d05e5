"""Words and pictures of web pages."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from parentguide.build.batch import SchoolResult
from parentguide.errors import SourceError
from parentguide.model.contact import FieldValue
from parentguide.model.guide import BulletList, Segment
from parentguide.model.review_state import ReviewState
from parentguide.model.school import Colour, Logo, School
from parentguide.render.web.drawings import inside
from parentguide.render.web.fragment import Fragment
from parentguide.render.web.gateway import Gateway
from parentguide.render.web.look import Look, lean, policy
from parentguide.render.web.page import Web, by_english_name
from parentguide.render.web.words import HtmlWords
from parentguide.schools.notices import Notice
from parentguide.schools.spreadsheet import SchoolRow
from tests.unit.render.editions import ENGLISH, PHONE, SCHOOL, TEMPLATES, edition, language, site

LOOK = Look(TEMPLATES)
POLISH = edition(language(), SCHOOL)
URDU = edition(language("ur", "rtl", "Arab"), SCHOOL)


def page(of: object) -> str:
    return Web(TEMPLATES).render(of).decode()  # type: ignore[arg-type]


def digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_the_style_and_script_by_hash_and_nothing_else() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy("a{}", "b()").split("; "))
    assert rules == {
        "default-src": "'none'",
        "style-src": digest("a{}"),
        "script-src": digest("b()"),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


@pytest.mark.parametrize("colour", [None, Colour("#123456", "#123456", "#abcdef")])
def test_the_policy_of_a_page_is_that_of_its_own_style(colour: Colour | None) -> None:
    text = page(edition(language(), School(colour=colour)))
    (style,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    (script,) = re.findall("<script>(.*?)</script>", text, re.DOTALL)
    assert f'content="{policy(style, script)}"'.replace("'", "&#39;") in text
    assert ("#abcdef" in style) == (colour is not None)


def test_a_page_shows_every_block_and_detail() -> None:
    text = page(POLISH)
    for shown in (
        "[pl] A <strong>safe</strong> guide",
        "[pl] First",
        "Exact words.",
        "[pl] Exact.",
        "I speak Polish.",
        "A. Teacher",
        "Example &lt;School&gt;",
        'class="callout contacts"',
        'class="callout school"',
        'href="https://www.a.sch.uk/policy"',
        'href="#call"',
        'href="../en/index.html"',
        'href="a.pdf" type="application/pdf"',
    ):
        assert shown in text, shown
    assert '<html lang="pl" dir="ltr">' in text
    assert '<body class="script-Latn">' in text


def test_the_address_of_the_policy_follows_its_paragraph_only() -> None:
    text = page(POLISH)
    assert text.count("/</span><wbr><span>policy</span></bdi>") == 1
    assert re.search(r'<p id="policy">\[pl\] Read our policy.</p>\n<p data-quiet>', text)
    assert "data-quiet><a" not in page(edition(language()))


def test_a_fragment_shows_every_block_without_ids() -> None:
    text = Fragment(TEMPLATES).render(POLISH).decode()
    for shown in (
        "<strong>safe</strong>",
        "[pl] First",
        "Exact words.",
        "[pl] Exact.",
        "I speak Polish.",
        "A. Teacher",
    ):
        assert shown in text, shown
    assert " id=" not in text
    assert text.count("/<wbr>policy</bdi>") == 1
    assert all("style=" in link for link in re.findall("<a [^>]*>", text))


def test_a_value_is_a_link_that_keeps_the_order_of_its_groups() -> None:
    words = HtmlWords(URDU)
    assert words.value(PHONE) == '<a href="tel:08088005000"><bdi dir="ltr">0808 800 5000</bdi></a>'
    assert words.value(FieldValue("text", "a & b")) == "a &amp; b"
    assert words.value(FieldValue("url", "a.b@c.uk/d?e&f/", "https://x")) == (
        '<a href="https://x"><bdi lang="en" dir="ltr">'
        "<span>a.b@</span><wbr><span>c.uk/</span><wbr><span>d?e&amp;f/</span></bdi></a>"
    )
    assert words.value(FieldValue("url", "a.uk", "https://x")) == (
        '<a href="https://x"><bdi lang="en" dir="ltr">a.uk</bdi></a>'
    )
    styled = HtmlWords(URDU, "color:red").value(PHONE)
    assert styled.startswith('<a href="tel:08088005000" style="color:red">')


def test_text_is_escaped_and_only_our_markup_is_markup() -> None:
    words = HtmlWords(POLISH)
    segment = Segment("x", "<b> & **{nspcc}**", "pl")
    assert words.segment(segment) == (
        '&lt;b&gt; &amp; <strong><span class="way"><a href="tel:08088005000">'
        '<bdi dir="ltr">0808 800 5000</bdi></a></span></strong>'
    )


def test_words_in_another_language_are_marked() -> None:
    polish, english = HtmlWords(POLISH), HtmlWords(edition())
    assert polish.language_attributes(Segment("x", "x")) == ' lang="en" dir="ltr"'
    assert polish.language_attributes(Segment("x", "x", "pl")) == ""
    assert polish.english_attributes() == ' lang="en" dir="ltr"'
    assert english.english_attributes() == english.language_attributes(Segment("x", "x")) == ""


def test_a_message_is_in_the_language_or_marked_as_english() -> None:
    day = date(2026, 11, 4)
    words = HtmlWords(replace(POLISH, interface={"a": "Data: {date}"}))
    message = words.interface("a", "Date: {date}", date=day)
    assert (message, message.english) == (
        "Data: 4\u00a0listopada\u00a02026",
        "Date: 4\u00a0November\u00a02026",
    )
    assert message.translated
    missing = words.interface("b", "Date: {date}", date="<x>")
    assert missing == '<span lang="en" dir="ltr">Date: &lt;x&gt;</span>'
    assert not missing.translated
    own = HtmlWords(edition()).interface("b", "Hello")
    assert (own, own.translated) == ("Hello", True)


def test_messages_in_both_languages_leave_out_what_is_not_translated() -> None:
    words = HtmlWords(replace(POLISH, interface={"a": "Tak"}))
    messages = words.interface("a", "Yes"), words.interface("b", "No")
    assert words.in_both(*messages) == '<p>Tak</p>\n<p lang="en" dir="ltr">Yes No</p>'
    assert words.in_both(messages[1]) == '<p lang="en" dir="ltr">No</p>'


def test_a_label_has_no_tags() -> None:
    words = HtmlWords(POLISH)
    assert words.aria_label(words.interface("b", "A & B")) == ' aria-label="A &amp; B"'


def test_a_number_stays_with_what_it_counts() -> None:
    words = HtmlWords(POLISH)
    assert words.segment(Segment("x", "in 24 hours, 16, 17 or 3 (a)", "pl")) == (
        "in 24\u00a0hours, 16, 17\u00a0or 3 (a)"
    )


@pytest.mark.parametrize(
    ("text", "with_it", "rest"),
    [
        ("{nspcc}. Wait no longer.", "<span>.</span>", " Wait no longer."),
        ("{nspcc}” here. And then more.", "” here.", " And then more."),
        ("{nspcc} नम्बरमा। 24 घण्टा", " नम्बरमा।", " 24\u00a0घण्टा"),
        ("{nspcc}报警。不需要等", "报警。", "不需要等"),
        ("{nspcc}-re is a very long sentence, with more.", "-re", " is a very long sentence, with more."),
        ("{nspcc} and one more number, with more words", "", " and one more number, with more words"),
    ],
)
def test_a_number_keeps_what_belongs_to_it(text: str, with_it: str, rest: str) -> None:
    segment = Segment("x", text, "pl")
    link = '<a href="tel:08088005000"><bdi dir="ltr">0808 800 5000</bdi></a>'
    assert HtmlWords(POLISH).segment(segment) == f'<span class="way">{link}{with_it}</span>{rest}'
    assert "<span" not in HtmlWords(POLISH, "color:red").segment(segment), "editors strip it"


def test_a_number_and_what_hangs_on_it_are_kept_together() -> None:
    segment = Segment("x", "16- and 17-year-olds, not 1- or", "pl")
    kept = '16- and <span class="keep">17-year-olds,</span> not 1- or'
    assert HtmlWords(POLISH).segment(segment) == kept
    assert HtmlWords(POLISH, "color:red").segment(segment) == segment.text


def test_a_drawing_is_shorter_but_the_same() -> None:
    lines = '<rect rx="3"/><path d="M0.5 -1h10.05"/><path d="M3 4l0 -0.5"/><path d="m1 1h2"/>'
    area = '<g class="tint"><path d="M1 1h2z"/><path d="M3 3h2z"/></g>'
    assert inside(f'<svg viewBox="0 0 48 48">{area}{lines}</svg>').partition(">")[2] == (
        f'{area}<rect rx="3"/><path d="M.5-1h10.05M3 4l0-.5"/><path d="m1 1h2"/></svg>'
    )


def test_pictures_are_for_every_item_of_a_list_or_none() -> None:
    have, lack = Segment("sign-money", "x"), Segment("other", "x")
    assert LOOK.has_drawings(BulletList((have,)))
    assert not LOOK.has_drawings(BulletList((have, lack)))


def test_a_drawing_is_hidden_from_screen_readers_and_has_no_colour_of_its_own() -> None:
    drawing = LOOK.drawings.picture("sign-money")
    assert drawing.startswith('<svg viewBox="0 0 48 48" width="48" aria-hidden="true"><g class="tint">')
    assert "#" not in drawing
    assert LOOK.drawings.icon("globe").startswith("<svg")
    assert LOOK.drawings.picture("other") == LOOK.drawings.picture("globe") == ""
    assert LOOK.drawings.icon("other") == LOOK.drawings.icon("sign-money") == ""


def test_a_style_or_script_in_a_page_has_no_indents_and_no_lines_of_comments() -> None:
    assert lean("/* why */\n\na{b:c} /* d */\n  // why\n  e(); // f\n/* g */ h{i:j}\n") == (
        "a{b:c} /* d */\ne(); // f\n/* g */ h{i:j}"
    )


def test_a_page_with_a_school_leads_to_its_number_and_names_it_for_sharing() -> None:
    text = page(POLISH)
    header = text[text.index("<header") : text.index("</header>")]
    assert '<a href="tel:08088005000">' in header
    assert '<span lang="en" dir="ltr">Example &lt;School&gt;</span>' in header
    assert '<meta property="og:title" content="[pl] A safe guide – Example &lt;School&gt;">' in text
    assert 'href="tel:' not in page(edition(language())).partition("</header>")[0]


@pytest.mark.parametrize(
    ("review", "partly", "line"),
    [
        (ReviewState.DRAFT, False, "Draft: not checked yet"),
        (ReviewState.DRAFT, True, "Draft: partly checked"),
        (ReviewState.CHECKED, False, "Who has checked this translation"),
    ],
)
def test_the_state_of_a_translation_is_one_line_that_opens(
    review: ReviewState, partly: bool, line: str
) -> None:
    text = page(edition(replace(language(), review=review, partly=partly, reviewer="A. B.")))
    (status,) = re.findall('<details class="status" data-quiet>.*?</details>', text, re.DOTALL)
    assert f'<summary><span><span lang="en" dir="ltr">{line}</span></span></summary>' in status
    assert "23\u00a0November\u00a02026" in status
    assert "<details open" not in text
    assert 'class="status"' not in page(edition())


@pytest.mark.parametrize(
    ("logo", "size", "data"),
    [
        (Logo(b"png", "image/png", "A <b>", (40, 20)), (40, 20), "data:image/png;base64,cG5n"),
        (Logo(b"png", "image/jpeg", "", (3200, 100), b"small"), (128, 4), "data:image/png;base64,c21hbGw="),
        (Logo(b"svg", "image/svg+xml", "", (2, 2)), (48, 48), "data:image/svg+xml;base64,c3Zn"),
        (Logo(b"svg", "image/svg+xml", "", (1000, 1)), (128, 1), "data:image/svg+xml;base64,c3Zn"),
    ],
)
def test_a_logo_fits_its_box(logo: Logo, size: tuple[int, int], data: str) -> None:
    text = page(edition(language(), replace(SCHOOL, logo=logo)))
    (drawn,) = re.findall('<svg class="logo".*?</svg>', text)
    assert f'width="{size[0]}" height="{size[1]}" viewBox="0 0 {size[0]} {size[1]}"' in drawn
    assert data in drawn
    assert f'aria-label="{"A &lt;b&gt;" if logo.alt else ""}"' in drawn


def test_the_gateway_lists_the_languages_of_each_guide() -> None:
    text = Gateway(TEMPLATES).render(site(POLISH, URDU, edition(), school=SCHOOL)).decode()
    assert re.findall(r'href="(cse/[^"]*)"', text) == [f"cse/{tag}/index.html" for tag in ("en", "pl", "ur")]
    assert '<body class="script-Latn gateway">' in text


def test_english_comes_first_and_then_english_names() -> None:
    polish, urdu = language(), language("ur")
    assert by_english_name([urdu, polish, ENGLISH]) == [ENGLISH, polish, urdu]


def test_a_name_that_a_template_does_not_get_is_an_error() -> None:
    context = dict(LOOK.page_context(POLISH))
    del context["kilobytes"]
    with pytest.raises(SourceError, match=r"parts\.html:\d+: the template is broken.*kilobytes"):
        LOOK.render("page.html", context)


def test_the_page_of_a_trust_shows_notices_and_problems() -> None:
    results = [
        SchoolResult(
            SchoolRow("row 2", "a", "A"), 3, first="x.html", notices=(Notice("c", ("colour",), "pale"),)
        ),
        SchoolResult(SchoolRow("row 3", "b", "B"), error="It is <broken>."),
    ]
    text = LOOK.render("schools.html", {"results": results}).decode()
    assert "<strong>A</strong> (row 2): colour: pale" in text
    assert "<strong>B</strong> (row 3): It is &lt;broken&gt;." in text
    assert '<a href="a/x.html">A</a>' in text
    assert "None was made." in LOOK.render("schools.html", {"results": results[1:]}).decode()
