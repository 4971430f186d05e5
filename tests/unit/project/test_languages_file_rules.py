"""What a language's table says about its spelling."""

import re
from pathlib import Path

import pytest

from parentguide.errors import SourceError
from parentguide.model.language import ZeroWidthRule
from parentguide.project.languages_file import parse_languages
from parentguide.project.project import Project
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


def test_aliases_are_read_without_spaces_around_them() -> None:
    polish = parse_languages(LANGUAGES + 'aliases = [" polska ", "polskie"]\n', {"latn": "0"})["pl"]
    assert polish.aliases == ("polska", "polskie")


@pytest.mark.parametrize(("alias", "position"), [('" "', 1), (f'"{"a" * 41}"', 1), ("5", 1)])
def test_an_alias_that_nobody_types_is_reported_with_its_place(alias: str, position: int) -> None:
    with pytest.raises(SourceError) as caught:
        parse_languages(LANGUAGES + f'aliases = ["polska", {alias}]\n', {"latn": "0"}, Path("languages.toml"))
    [problem] = caught.value.problems
    assert problem.loc == ("pl", "aliases", position)
    assert problem.remedy


def test_no_language_of_ours_has_an_alias_twice_or_one_that_it_has_already() -> None:
    for language in Project().languages.values():
        names = (language.english_name, language.own_name, language.spoken_as)
        known = {word.casefold() for name in names for word in re.findall(r"\w+", name)}
        assert len(set(language.aliases)) == len(language.aliases), language.tag
        assert not known & {alias.casefold() for alias in language.aliases}, language.tag
