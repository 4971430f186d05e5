"""Planning makes a font for each edition whose language asks for one."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from parentguide.build.api import BuildRequest, manifest_bytes, plan, render
from parentguide.fonts.subset import large_face
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.render.print.typeface import printed_words
from tests.copies import copy_project

FACE = 'print.faces = [{ family = "Noto Sans Arabic", leading = 1.3 }]\n'


@pytest.fixture
def project(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose Urdu asks for a font."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = small / "locales" / "languages.toml"
    text = path.read_text("utf-8")
    at = text.index("print.faces", text.index("\n[ur]\n"))
    path.write_text(text[:at] + FACE + text[text.index("\n", at) + 1 :], "utf-8")
    return Project(small)


def test_an_edition_for_sheets_has_a_font_of_all_its_words(project: Project) -> None:
    made = plan(project, BuildRequest(languages=("ur", "pl"), formats=("handout",)))
    fonts = {edition.language.tag: edition.typeface for edition in made.editions}
    assert fonts["pl"] is None
    assert fonts["ur"] is not None
    assert fonts["ur"].leading == 1.3
    assert [font.family for font in made.fonts_made] == [fonts["ur"].family]


def test_a_font_that_is_in_the_cache_is_not_reported_as_made(project: Project) -> None:
    request = BuildRequest(languages=("ur",), formats=("handout",))
    first, second = plan(project, request), plan(project, request)
    assert len(first.fonts_made) == 1
    assert second.fonts_made == ()
    assert first.editions == second.editions


def test_pages_need_no_font(project: Project) -> None:
    made = plan(project, BuildRequest(languages=("ur",), formats=("web",)))
    assert [edition.typeface for edition in made.editions] == [None]


def test_a_face_that_is_not_installed_leaves_the_language_its_fonts(project: Project) -> None:
    path = project.locales / "languages.toml"
    path.write_text(path.read_text("utf-8").replace("Noto Sans Arabic", "No Such Face"), "utf-8")
    made = plan(Project(project.root), BuildRequest(languages=("ur",), formats=("handout",)))
    assert [edition.typeface for edition in made.editions] == [None]


def test_the_words_of_a_school_are_in_the_font_of_its_sheets(project: Project) -> None:
    made = plan(project, BuildRequest(languages=("ur",), formats=("handout",)))
    same = made.for_school(School(name="High School"))
    other = made.for_school(School(name="زقززقزق"))
    assert same.editions[0].typeface == made.editions[0].typeface
    assert other.editions[0].typeface != made.editions[0].typeface
    assert "زقززقزق" in printed_words(other.editions[0]).words
    again = other.for_school(School(name="High School"))
    assert again.editions[0].typeface == made.editions[0].typeface
    assert replace(again.editions[0], school=School()) == made.editions[0]


def test_a_school_with_a_name_in_the_script_gets_all_its_files(project: Project) -> None:
    request = BuildRequest(
        languages=("ur",), formats=("handout", "cards", "poster"), school=School(name="مدرسہ نور")
    )
    assert len([*render(plan(project, request))]) == 4


HAN = ("zh-Hans", "zh-Hant")


def fonts_in(pdf: bytes) -> set[str]:
    """The names of the fonts in a PDF, without the six letters that mark a subset."""
    with pikepdf.open(BytesIO(pdf)) as document:
        fonts = [item for item in document.objects if _is_font(item)]
        return {str(font.FontName)[1:].partition("+")[2] for font in fonts}


def _is_font(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project in both scripts of Chinese."""
    root = tmp_path_factory.mktemp("chinese")
    copy_project(root, *HAN)
    return Project(root)


@pytest.mark.parametrize("tag", HAN)
def test_sheets_in_han_use_a_small_font_only(chinese: Project, tag: str) -> None:
    formats = ("handout", "large-print", "bilingual", "signs", "cards", "review", "poster")
    school = School(name="Łódź School of St Mary’s", dated=date(2026, 11, 4))
    made = plan(chinese, BuildRequest(languages=(tag,), formats=formats, school=school))
    typeface = made.editions[0].typeface
    assert typeface is not None
    sheets = [*render(made)]
    assert len(sheets) == len(formats) + 1
    for sheet in sheets:
        han = {name for name in fonts_in(sheet.content) if "SourceSans" not in name}
        weights = {f"{typeface.family.replace(' ', '')}-{weight}" for weight in ("Regular", "Bold")}
        assert han
        assert han <= weights, sheet.path


def test_a_name_in_han_has_its_other_characters_from_the_whole_face(chinese: Project) -> None:
    made = plan(chinese, BuildRequest(languages=("zh-Hans",), formats=("handout",)))
    own = made.for_school(School(name="龘龘學校"))
    assert own.editions[0].typeface == made.editions[0].typeface
    (sheet,) = render(own)
    assert "NotoSansCJKsc-Thin" in fonts_in(sheet.content)


def test_the_manifest_names_the_face_of_a_small_font(chinese: Project) -> None:
    made = plan(chinese, BuildRequest(languages=("zh-Hant",), formats=("handout",)))
    (row,) = json.loads(manifest_bytes((), {}, (), made.editions))["fonts"]
    face = large_face("Noto Sans CJK TC")
    assert face is not None
    assert (row["language"], row["typeface"], row["sha256"]) == ("zh-Hant", face.family, [face.digest])
