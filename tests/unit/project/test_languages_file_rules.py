"""What a language's table says about its spelling."""

from pathlib import Path

import pytest

from parentguide.errors import SourceError
from parentguide.model.language import ZeroWidthRule
from parentguide.project.languages_file import parse_languages
from tests.unit.checks.samples import LANGUAGES

RULE = 'zero_width = [{ missing_in = "a(b)", hint = "Join them." }]\n'


def test_the_rules_are_read() -> None:
    more = 'question = ";"\nword_spaces = false\narticle = "al"\nsimilar_to = ["sk"]\nstop = ""\n'
    polish = parse_languages(LANGUAGES + RULE + more, {"latn": "0"})["pl"]
    assert polish.zero_width == (ZeroWidthRule("a(b)", "Join them."),)
    assert (polish.question, polish.word_spaces, polish.article, polish.similar_to, polish.stop) == (
        ";",
        False,
        "al",
        ("sk",),
        "",
    )


def test_a_broken_regular_expression_is_reported_with_its_place() -> None:
    path = Path("languages.toml")
    with pytest.raises(SourceError) as caught:
        parse_languages(LANGUAGES + RULE.replace("a(b)", "a(b"), {"latn": "0"}, path)
    [problem] = caught.value.problems
    assert problem.loc == ("pl", "zero_width", 0, "missing_in")
    assert "is not a regular expression" in problem.text
