"""PG546: entities, tags and Markdown that the English does not have."""

import pytest

from parentguide.checks.translation.foreign_markup import check_foreign_markup
from tests.unit.checks.samples import CHINESE, POLISH, codes, message

ENGLISH = "Call **the school** on {number}, or talk to us (CSE)."


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        # The files of the field.
        ("Jak chronić &quot;swoje&quot; dziecko", "“&quot;”"),
        ("dziecko &amp; rodzinę", "“&amp;”"),
        ("od szkoły <b>swojego dziecka</b>.", "“<b>”, “</b>”"),
        ("Jeśli coś *Cię* niepokoi", "“*Cię*”"),
        ("[porozmawiaj](https://zly.example.org) z nami", "“[porozmawiaj](https://zly.example.org)”"),
        # Entities.
        ("it&#x27;s", "“&#x27;”"),
        ("it&#39;s", "“&#39;”"),
        ("a&nbsp;b", "“&nbsp;”"),
        ("a & quot; b", "“& quot;”"),
        ("&quot swoje", "“&quot”"),
        ("&amp;quot;", "“&amp;”"),
        ("&hellip;", "“&hellip;”"),
        # Tags.
        ("<p>Zadzwoń", "“<p>”"),
        ("Zadzwoń.</p>", "“</p>”"),
        ("Zadzwoń<br />teraz", "“<br />”"),
        ("< / b >", "“< / b >”"),
        ('<a href="x">szkoła</a>', '“<a href="x">”'),
        ("<!-- TODO -->", "“<!--”"),
        ("[b]szkoła[/b]", "“[b]”, “[/b]”"),
        ("＜b＞szkoła", "“＜b＞”"),
        # Markdown.
        ("_szkoła_", "“_szkoła_”"),
        ("__szkoła__", "“__szkoła__”"),
        ("*w szkole*.", "“*w szkole*”"),
        ("`szkoła`", "“`”"),
        ("~~szkoła~~", "“~~”"),
        ("![szkoła](a.png)", "“![szkoła](a.png)”"),
        ("[szkoła][1]", "“[szkoła][1]”"),
        ("# Szkoła", "“#”"),
        ("> Szkoła", "“>”"),
        ("\\*szkoła\\*", "“\\”"),
        ("szkoła\\n", "“\\”"),
    ],
)
def test_marks_that_families_would_read_are_found(text: str, mark: str) -> None:
    (problem,) = check_foreign_markup(message(ENGLISH, text))
    assert problem.code == "PG546"
    assert problem.severity == "error"
    assert mark in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "Zadzwoń do **szkoły** pod {number}.",
        "**Szkoła**: {number}",
        "R&D; Marks & Spencer",
        "mniej < więcej > mniej",
        "5 * 3 * 2",
        "Lehrer*innen und Schüler*innen",
        "plik_a_b",
        "{police_emergency} i {police_non_emergency}",
        "[zespół szkoły]",
        "«Szkoła» ‹tak›",
        "- szkoła",
        "10 #",
        "(szkoła)",
    ],
)
def test_ordinary_characters_are_not(text: str) -> None:
    assert codes(check_foreign_markup, ENGLISH, text) == []


@pytest.mark.parametrize("mark", ["&amp;", "<b>", "`", "*x*", "[a](b)", "_x_"])
def test_marks_of_the_english_may_be_in_the_translation_as_often(mark: str) -> None:
    assert codes(check_foreign_markup, f"Type {mark} here", f"Wpisz tu {mark}") == []
    assert codes(check_foreign_markup, f"Type {mark} here", f"Wpisz {mark} {mark}") == ["PG546"]


def test_emphasis_is_found_between_letters_where_words_have_no_spaces() -> None:
    assert codes(check_foreign_markup, "You", "你*好*吗", CHINESE) == ["PG546"]
    assert codes(check_foreign_markup, "You", "a*b*c", POLISH) == []
