"""The accent colour can be read on every background."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentguide.schools.accent import DARK_GROUNDS, DEFAULT, ENOUGH, LIGHT_GROUNDS, accent, contrast
from tests.profile import cases


def test_contrast_is_the_lowest_of_the_backgrounds() -> None:
    assert contrast("#000000", ["#ffffff"]) == pytest.approx(21)
    assert contrast("#000000", ["#ffffff", "#000000"]) == pytest.approx(1)


@settings(max_examples=cases(300), deadline=None)
@given(st.integers(0, 0xFFFFFF))
def test_every_colour_is_made_readable(number: int) -> None:
    colour = accent(f"#{number:06X}")
    assert colour.given == f"#{number:06x}"
    assert contrast(colour.light, LIGHT_GROUNDS) >= ENOUGH
    assert contrast(colour.dark, DARK_GROUNDS) >= ENOUGH
    assert re.fullmatch("#[0-9a-f]{6}", colour.light)
    assert re.fullmatch("#[0-9a-f]{6}", colour.dark)


def test_a_readable_colour_is_not_changed() -> None:
    assert accent("#0f4a4f").light == "#0f4a4f"
    assert accent("#ffffff").dark == "#ffffff"


def test_the_default_is_readable() -> None:
    assert contrast(DEFAULT.light, LIGHT_GROUNDS) >= ENOUGH
    assert contrast(DEFAULT.dark, DARK_GROUNDS) >= ENOUGH


@pytest.mark.parametrize(
    ("written", "given_colour"),
    [
        ("0f4a4f", "#0f4a4f"),
        ("04F", "#0044ff"),
        ("rgb(15, 74, 79)", "#0f4a4f"),
        ("15, 74, 79", "#0f4a4f"),
        ("RGB 15 74 79", "#0f4a4f"),
        ("R: 15 G: 74 B: 79", "#0f4a4f"),
        ("navy", "#000080"),
        ("Navy Blue", "#000080"),
        ("dark green", "#006400"),
        ("Dark-Grey", "#a9a9a9"),
        ("bottle green", "#006a4e"),
        ("Maroon.", "#800000"),
    ],
)
def test_a_colour_may_be_a_code_or_a_name(written: str, given_colour: str) -> None:
    assert accent(written).given == given_colour


def test_the_near_colour_is_suggested() -> None:
    with pytest.raises(ValueError, match="Did you mean “burgundy”"):
        accent("burgandy")


def test_three_digits_mean_each_digit_twice() -> None:
    assert accent("#04f") == accent("#0044ff")


@pytest.mark.parametrize(
    "written",
    ["", "#0f4a4", "#0f4a4g", "#0f4a4fff", "#٠٠٠", "blueish", "transparent", "rgb(300, 0, 0)", "Pantone 289"],
)
def test_anything_else_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValueError, match="#0f4a4f"):
        accent(written)
