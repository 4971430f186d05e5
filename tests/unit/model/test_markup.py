"""Bold and placeholders in a segment."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentguide.errors import SourceError
from parentguide.model.markup import (
    Placeholder,
    Run,
    Strong,
    Text,
    broken_markup,
    fields,
    filled,
    parse,
    plain,
)
from tests.profile import cases

# Texts that are likely to have markup, whole and broken.
TEXTS = st.lists(st.sampled_from(["**", "*", "{nspcc}", "{", "}", "{A}", "word", " ", "٣", "\n"])).map(
    "".join
)


def written(runs: tuple[Run, ...]) -> str:
    """Runs as they are written in guide.md."""
    parts = []
    for run in runs:
        match run:
            case Text():
                parts.append(run.text)
            case Placeholder():
                parts.append(f"{{{run.name}}}")
            case Strong():
                parts.append(f"**{written(run.runs)}**")
    return "".join(parts)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", ()),
        ("words", (Text("words"),)),
        ("{nspcc}", (Placeholder("nspcc"),)),
        ("a {b_1} c", (Text("a "), Placeholder("b_1"), Text(" c"))),
        ("**a**b", (Strong((Text("a"),)), Text("b"))),
        ("**{a} b**", (Strong((Placeholder("a"), Text(" b"))),)),
        ("**a****b**", (Strong((Text("a"),)), Strong((Text("b"),)))),
        ("2 * 3 * 4", (Text("2 * 3 * 4"),)),
    ],
)
def test_a_text_is_parsed_into_runs(text: str, runs: tuple[Run, ...]) -> None:
    assert parse(text) == runs


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("**a", "does not close"),
        ("a**", "does not close"),
        ("****", "nothing between"),
        ("a { b", "a lone '{'"),
        ("a } b", "a lone '}'"),
        ("{Name}", "a lone '{'"),
        ("{1a}", "a lone '{'"),
        ("{}", "a lone '{'"),
    ],
)
def test_broken_markup_is_an_error_with_a_remedy(text: str, problem: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert problem in caught.value.problem
    assert caught.value.remedy


@settings(max_examples=cases(1_000))
@given(TEXTS)
def test_parsing_loses_nothing(text: str) -> None:
    try:
        runs = parse(text)
    except SourceError:
        return
    assert written(runs) == text
    assert "".join(f"{{{name}}}" for name in fields(text)) == "".join(
        written((run,))
        for outer in runs
        for run in (outer.runs if isinstance(outer, Strong) else (outer,))
        if isinstance(run, Placeholder)
    )


def test_placeholders_without_a_value_stay() -> None:
    assert filled("{a} {b} {a}", {"a": "1", "c": "2"}) == "1 {b} 1"


def test_a_value_is_not_filled_in_again() -> None:
    assert filled("{a}", {"a": "{b}", "b": "x"}) == "{b}"


def test_plain_text_has_no_bold_marks() -> None:
    assert plain("**a** {b} * c") == "a {b} * c"


@pytest.mark.parametrize(
    ("english", "text", "reason"),
    [
        ("a", "b", ""),
        ("{a} {b}", "{b} {a}", ""),
        ("**a** {b}", "{b} **c**", ""),
        ("{a}", "x", "{a} lost"),
        ("x", "{a}", "{a} added"),
        ("{a} {b} {b}", "{b} {c}", "{a}, {b} lost; {c} added"),
        ("**a**", "a", "0 bold parts, 1 in the English"),
        ("a", "**a** **b**", "2 bold parts, 0 in the English"),
        ("a", "**a", "** opens but does not close in “**a”"),
        ("{a}", "{a", "a lone '{' in “{a”"),
    ],
)
def test_markup_of_a_translation_is_compared_with_the_english(english: str, text: str, reason: str) -> None:
    assert broken_markup(english, text) == reason


@settings(max_examples=cases(1_000))
@given(TEXTS)
def test_a_text_has_its_own_markup_unless_it_is_broken(text: str) -> None:
    problem = ""
    try:
        parse(text)
    except SourceError as error:
        problem = error.problem
    assert broken_markup(text, text) == problem
