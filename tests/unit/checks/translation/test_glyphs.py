"""Characters that the fonts for print do not have."""

from parentguide.checks.translation.glyphs import check_glyphs
from parentguide.infra.fonts import characters_of
from tests.unit.checks.samples import ARABIC, catalog, language, message


def test_a_character_without_a_glyph_is_named() -> None:
    [(found, problem)] = check_glyphs(catalog([message("x", "Zła litera \U00013000")]))
    assert (found.context, problem.code) == ("test", "PG544")
    assert "U+13000" in problem.message


def test_letters_placeholders_and_joiners_are_drawn() -> None:
    texts = ["Zażółć gęślą jaźń {nspcc}", "a\u200db"]
    assert list(check_glyphs(catalog(message("x", text) for text in texts))) == []


def test_latin_letters_are_drawn_beside_those_of_the_language() -> None:
    of = language("ar", "Arab", fonts=("Amiri",))
    assert list(check_glyphs(catalog([message("x", "اتصل NSPCC", of)], of))) == []
    without = catalog([message("x", "اتصل", ARABIC)], ARABIC)
    assert [problem.code for _, problem in check_glyphs(without)] == ["PG544"]


def test_a_font_that_is_not_installed_has_no_characters() -> None:
    assert characters_of("Comic Sans MS") == frozenset()
