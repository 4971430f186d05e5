"""Typefaces are found by name, and only used where their makers allow it."""

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from parentguide.errors import LayoutError
from parentguide.fonts.derive import derived_font
from parentguide.fonts.faces import find_family
from parentguide.fonts.lexicon import Lexicon
from tests.unit.fonts.faces import SANS, SCRIPT, family


def derived_in(folder: Path, name: str, permissions: int = 0) -> None:
    """Put a font of one word into a folder."""
    words = Lexicon(("کر",), ())
    font = TTFont(BytesIO(derived_font(family(SANS).regular, words, name, "ur", SCRIPT)))
    font["OS/2"].fsType = permissions
    font.save(folder / f"{name}.ttf")


def test_a_variable_font_has_both_weights() -> None:
    found = family(SANS)
    assert (found.regular.wght, found.bold.wght) == (400, 700)
    assert found.regular.data == found.bold.data


def test_a_font_in_a_folder_of_the_project_is_found(tmp_path: Path) -> None:
    assert find_family("Project Font 1") is None
    derived_in(tmp_path, "Project Font 1")
    found = find_family("Project Font 1", (tmp_path,))
    assert found is not None
    assert found.bold == found.regular
    assert found.regular.wght is None


def test_a_bold_font_that_gives_the_weight_of_the_regular_one_is_bold_all_the_same(tmp_path: Path) -> None:
    words = Lexicon(("کر",), ())
    for bold in (False, True):
        data = derived_font(family(SANS).regular, words, "Weights", "ur", SCRIPT, bold=bold)
        font = TTFont(BytesIO(data))
        font["OS/2"].usWeightClass = 400
        font.save(tmp_path / f"a{not bold}.ttf")
    found = find_family("Weights", (tmp_path,))
    assert found is not None
    assert found.regular.data == (tmp_path / "aTrue.ttf").read_bytes()
    assert found.bold.data == (tmp_path / "aFalse.ttf").read_bytes()


@pytest.mark.parametrize("permissions", [0x0002, 0x0100, 0x0200])
def test_a_font_that_may_not_be_embedded_is_refused(tmp_path: Path, permissions: int) -> None:
    derived_in(tmp_path, "Restricted", permissions)
    with pytest.raises(LayoutError, match=r"does not allow it in a PDF \(fsType 0x0"):
        find_family("Restricted", (tmp_path,))


@pytest.mark.parametrize("permissions", [0x0000, 0x0004, 0x0008])
def test_a_font_that_may_be_embedded_for_print_or_editing_is_used(tmp_path: Path, permissions: int) -> None:
    derived_in(tmp_path, "Allowed", permissions)
    assert find_family("Allowed", (tmp_path,)) is not None
