"""Urdu and Shahmukhi in nastaliq, which a project brings itself: a whole build, measured as others are."""

import shutil
from pathlib import Path

import pytest

from parentguide.build.api import BuildRequest, build_guides
from parentguide.project.project import Project
from tests.languages import PROJECT, editions
from tests.output.inked import touching
from tests.output.sheets import letters, lost_words, messages, pdfium_text, poppler
from tests.output.test_type import SCHOOL
from tests.unit.fonts.faces import NASTALIQ, family, system_folders

TAGS = ("ur", "pa-Arab")
KINDS = ("handout", "large-print", "signs", "cards")
EACH = pytest.mark.parametrize(("tag", "kind"), [(tag, kind) for tag in TAGS for kind in KINDS])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sheets of a project whose folder ``fonts`` has the typeface."""
    family(NASTALIQ)
    root = tmp_path_factory.mktemp("nastaliq")
    shutil.copytree(PROJECT.locales, root / "project/locales")
    fonts = root / "project/fonts"
    fonts.mkdir()
    for folder in system_folders(NASTALIQ):
        for file in folder.glob("NotoNastaliq*"):
            shutil.copyfile(file, fonts / file.name)
    build_guides(Project(root / "project"), BuildRequest(TAGS, KINDS, SCHOOL), root / "output")
    return root / "output"


def sheet(built: Path, tag: str, kind: str) -> Path:
    return built / f"cse/{tag}/cse-{tag}-{kind}.pdf"


@EACH
def test_no_ink_of_one_line_touches_the_next(built: Path, tag: str, kind: str) -> None:
    assert touching(sheet(built, tag, kind)) == []


@EACH
def test_both_readers_find_every_word(built: Path, tag: str, kind: str) -> None:
    path = sheet(built, tag, kind)
    shown = editions()["cse", tag].for_school(SCHOOL)
    wanted = dict(messages(shown, kind)) if kind != "signs" else {}
    for read in (poppler, pdfium_text):
        text = letters(read(path))
        assert {name: lost for name, words in wanted.items() if (lost := lost_words(words, text))} == {}


@pytest.mark.parametrize("tag", TAGS)
def test_the_sheet_is_set_in_the_typeface(built: Path, tag: str) -> None:
    rows = (built / "manifest.json").read_text("utf-8")
    assert NASTALIQ in rows
    assert sheet(built, tag, "handout").exists()
