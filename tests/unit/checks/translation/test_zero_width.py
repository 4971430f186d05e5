"""Zero-width joiners and non-joiners that a spelling needs, as ``languages.toml`` says."""

import pytest

from parentguide.checks.translation.zero_width import check_zero_width
from parentguide.model.language import ZeroWidthRule
from tests.languages import PROJECT
from tests.unit.checks.samples import POLISH, codes, language, message


@pytest.mark.parametrize(
    ("tag", "text", "found"),
    [
        ("si", "ප්රශ්නය", ["PG545"]),
        ("si", "ප්\u200dරශ්නය", []),
        ("si", "කාර්යය", []),
        ("fa", "او می رود", ["PG545"]),
        ("fa-AF", "او نمی رود", ["PG545"]),
        ("fa", "او می\u200cرود", []),
        ("fa", "قدیمی است", []),
        ("ur", "می رود", []),
    ],
)
def test_the_spellings_of_the_shipped_languages(tag: str, text: str, found: list[str]) -> None:
    assert codes(check_zero_width, "x", text, PROJECT.languages[tag]) == found


def test_a_new_language_has_its_own_rules() -> None:
    of = language(
        "ml", "Mlym", zero_width=(ZeroWidthRule("ab", "Write a-b."), ZeroWidthRule("cd", "Write c-d."))
    )
    problems = list(check_zero_width(message("x", "xaby cd", of)))
    assert [(problem.code, problem.hint) for problem in problems] == [
        ("PG545", "Write a-b."),
        ("PG545", "Write c-d."),
    ]
    assert "“ab”" in problems[0].message
    assert codes(check_zero_width, "x", "ab", POLISH) == []
