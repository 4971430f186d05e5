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


def test_three_digits_mean_each_digit_twice() -> None:
    assert accent("#04f") == accent("#0044ff")


@pytest.mark.parametrize(
    "written", ["", "red", "0f4a4f", "#0f4a4", "#0f4a4g", "#0f4a4f ", "#0f4a4fff", "#٠٠٠"]
)
def test_anything_else_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValueError, match="#0f4a4f"):
        accent(written)
