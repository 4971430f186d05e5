"""The colours and sizes of sheets, pages and Studio."""

from pathlib import Path

import pytest

from parentguide.errors import ProjectError
from parentguide.render.tokens import FILE, read_tokens
from parentguide.schools.accent import DARK_GROUNDS, DEFAULT, ENOUGH, LIGHT_GROUNDS, contrast
from tests.unit.render.editions import TEMPLATES

TOKENS = read_tokens(TEMPLATES)
GROUNDS = ("paper", "soft", "warm", "cool")


def test_the_grounds_of_the_accent_are_those_of_the_tokens() -> None:
    assert set(LIGHT_GROUNDS) == {TOKENS.light[name] for name in (*GROUNDS, "on")}
    assert set(DARK_GROUNDS) == {TOKENS.dark[name] for name in GROUNDS}
    assert (TOKENS.light["brand"], TOKENS.dark["brand"]) == (DEFAULT.light, DEFAULT.dark)


@pytest.mark.parametrize("name", ["ink", "quiet", "leave"])
def test_text_can_be_read_on_every_ground(name: str) -> None:
    assert contrast(TOKENS.light[name], LIGHT_GROUNDS) >= ENOUGH
    assert contrast(TOKENS.dark[name], DARK_GROUNDS) >= ENOUGH


def test_the_style_has_each_colour_for_light_and_dark() -> None:
    light, dark = TOKENS.css().strip().split("\n")
    assert light.startswith(":root{")
    assert dark.startswith("@media (prefers-color-scheme:dark)")
    for name in TOKENS.light:
        assert f"--{name}:{TOKENS.light[name]}" in light
        assert f"--{name}:{TOKENS.dark[name]}" in dark


def test_all_mistakes_are_named(tmp_path: Path) -> None:
    text = (TEMPLATES / FILE).read_text("utf-8")
    text = text.replace('paper = "#fffdf8"', 'paper = "cream"').replace("margin = 15", 'margin = "wide"')
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(ProjectError) as caught:
        read_tokens(tmp_path)
    assert "light.paper is not a colour" in str(caught.value)
    assert "paper.margin is not a number" in str(caught.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[light]\n", "utf-8")
    with pytest.raises(ProjectError, match=r"the table \[sheets\] is missing"):
        read_tokens(tmp_path)
