"""Fonts that somebody gives are checked, recorded, listed and removed; the manifest names those in use."""

import json
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from parentguide.build.api import BuildRequest, build_guides, plan, render
from parentguide.errors import ParentguideError, ProjectError, SourceError
from parentguide.fonts.font_file import MOST_BYTES, read_font
from parentguide.infra.history import FOLDER as HISTORY
from parentguide.project.language_fonts import better_fonts, language_fonts
from parentguide.project.own_fonts import (
    LIST,
    GivenFont,
    add_fonts,
    damaged_fonts,
    letters_of,
    own_fonts,
    remove_fonts,
)
from parentguide.project.project import Project
from parentguide.project.recorded import history_of
from parentguide.review.undo import reverse
from tests.copies import copy_project
from tests.unit.fonts.faces import NASTALIQ, SANS, family

OPEN = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
WANTED = "Wanted Naskh"


@cache
def static_font() -> bytes:
    """Noto Sans Arabic in one weight."""
    stream = BytesIO()
    instantiateVariableFont(TTFont(BytesIO(family(SANS).regular.data)), {"wght": 400}).save(stream)
    return stream.getvalue()


def font(
    name: str = WANTED,
    style: str = "Regular",
    *,
    licence: str = OPEN,
    permissions: int = 0,
    characters: str = "",
    variable: bool = False,
) -> bytes:
    """A font file: Noto Sans Arabic under another name, with a licence and embedding permissions."""
    made = TTFont(BytesIO(family(SANS).regular.data if variable else static_font()))
    if characters:
        subset = Subsetter()
        subset.populate(text=characters)
        subset.subset(made)
    for number in (13, 14, 16, 17):
        made["name"].removeNames(nameID=number)
    texts = {1: name, 2: style, 5: "Version 1.5;build 3", 13: licence}
    for number, text in texts.items():
        if text:
            made["name"].setName(text, number, 3, 1, 0x409)
        else:
            made["name"].removeNames(nameID=number)
    made["OS/2"].fsType = permissions
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.fixture
def asking(tmp_path: Path) -> Project:
    """A project in Arabic and Persian, in which Arabic asks for a typeface that no package brings."""
    copy_project(tmp_path, "ar", "fa")
    path = tmp_path / "locales" / "languages.toml"
    ours = f'print.faces = [{{ family = "{WANTED}", get = "https://example.org/naskh", licence = "OFL" }}]'
    text = path.read_text("utf-8")
    start = text.index("print.faces", text.index("[ar]"))
    path.write_text(text[:start] + ours + text[text.index("\n", start) :], "utf-8")
    return Project(tmp_path)


def given(**more: Any) -> GivenFont:
    return GivenFont("given.ttf", font(**more))


def refusal(project: Project, *fonts: GivenFont, **more: Any) -> str:
    """What is said of fonts that are refused; nothing is changed."""
    with pytest.raises(SourceError) as raised:
        add_fonts(project, fonts, **more)
    assert not (project.root / "fonts").exists()
    return str(raised.value)


def test_a_font_is_stored_with_its_record(asking: Project) -> None:
    data = font()
    (record,) = add_fonts(asking, [GivenFont("any name.ttf", data)])
    assert (record.file, record.family, record.version) == ("WantedNaskh-Regular.ttf", WANTED, "1.5")
    assert (record.licence, record.confirmed) == ("OFL-1.1", False)
    assert record.sha256 == sha256(data).hexdigest()
    assert (asking.root / "fonts" / record.file).read_bytes() == data
    assert own_fonts(asking) == (record,)
    assert list(damaged_fonts(asking)) == []


def test_a_language_uses_the_font_from_then_on_and_until_it_is_removed(asking: Project) -> None:
    before = {found.language.tag: found for found in language_fonts(asking)}
    assert (before["ar"].typeface, before["ar"].made) == ("Amiri", False)
    (better,) = better_fonts(list(before.values()))
    assert better.sentence == (
        "Arabic would be better in Wanted Naskh, free from https://example.org/naskh (OFL)."
    )
    add_fonts(asking, [given()])
    after = list(language_fonts(Project(asking.root)))
    assert [found.typeface for found in after if found.language.tag == "ar"] == [WANTED]
    assert better_fonts(after) == ()
    # The same process, and the same folder: no list that it keeps may be old.
    remove_fonts(asking, WANTED.lower())
    gone = {found.language.tag: found for found in language_fonts(Project(asking.root))}
    assert gone["ar"].typeface == "Amiri"
    assert own_fonts(asking) == ()


def test_the_manifest_names_the_face_and_the_same_inputs_give_the_same_bytes(
    asking: Project, tmp_path: Path
) -> None:
    data = font()
    add_fonts(asking, [GivenFont("a.ttf", data)])
    request = BuildRequest(languages=("ar", "en"), formats=("handout",))
    manifests = []
    for name in ("first", "second"):
        build_guides(Project(asking.root), request, tmp_path / name)
        manifests.append((tmp_path / name / "manifest.json").read_bytes())
    assert manifests[0] == manifests[1]
    (row,) = json.loads(manifests[0])["fonts"]
    assert (row["language"], row["typeface"], row["sha256"]) == ("ar", WANTED, [sha256(data).hexdigest()])
    assert row["made"]


def test_urdu_is_set_in_nastaliq_where_the_project_has_it_and_in_naskh_elsewhere(tmp_path: Path) -> None:
    face = family(NASTALIQ)
    project = copy_project(tmp_path, "ur", "pa-Arab")
    request = BuildRequest(languages=("ur", "pa-Arab"), formats=("cards",))
    assert [edition.typeface for edition in plan(project, request).editions] == [None, None]
    add_fonts(project, [GivenFont("Regular", face.regular.data), GivenFont("Bold", face.bold.data)])
    made = plan(Project(tmp_path), request)
    faces = [edition.typeface for edition in made.editions]
    assert [found.face for found in faces if found] == [NASTALIQ, NASTALIQ]
    assert [found.face_digests for found in faces if found] == [face.digests, face.digests]
    assert len(list(render(made))) == 2


def test_a_build_without_such_a_font_says_nothing_of_fonts(asking: Project, tmp_path: Path) -> None:
    build_guides(asking, BuildRequest(languages=("ar", "en"), formats=("handout",)), tmp_path / "out")
    assert "fonts" not in json.loads((tmp_path / "out" / "manifest.json").read_bytes())


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"PK\3\4", "ZIP file"),
        (b"wOFF", "for web pages"),
        (b"wOF2", "for web pages"),
        (b"ttcf", "collection of fonts"),
        (b"%PDF-1.7", "is not a font"),
        (b"", "is not a font"),
    ],
)
def test_what_is_no_single_font_file_is_refused_with_what_to_do(
    asking: Project, start: bytes, said: str
) -> None:
    message = refusal(asking, GivenFont("letter.ttf", start + bytes(100)))
    assert said in message
    assert "letter.ttf" in message
    assert "What to do" in message


def test_a_font_that_is_cut_off_or_has_no_end_is_refused(asking: Project) -> None:
    whole = font()
    for data in (whole[:2000], whole[: len(whole) // 2], whole[:12] + bytes(500)):
        assert "What to do" in refusal(asking, GivenFont("cut.ttf", data))
    assert "MB" in refusal(asking, GivenFont("long.ttf", whole + bytes(MOST_BYTES)))


@pytest.mark.parametrize("permissions", [0x0002, 0x0100, 0x0200])
def test_a_font_whose_maker_does_not_allow_it_in_a_pdf_is_refused_even_if_somebody_says_otherwise(
    asking: Project, permissions: int
) -> None:
    message = refusal(asking, given(permissions=permissions), licence_allows=True)
    assert "does not allow it in a PDF" in message


@pytest.mark.parametrize(
    ("licence", "name"),
    [
        (OPEN, "OFL-1.1"),
        ("https://scripts.sil.org/OFL", "OFL-1.1"),
        ("Licensed under the Apache License, Version 2.0", "Apache-2.0"),
        ("Ubuntu Font Licence 1.0", "Ubuntu-font-1.0"),
        ("You may not copy this font.", ""),
        ("", ""),
    ],
)
def test_a_licence_is_known_by_what_the_font_says(licence: str, name: str) -> None:
    assert read_font(font(licence=licence)).licence == name


def test_a_licence_that_is_not_known_needs_somebody_who_has_read_it(asking: Project) -> None:
    message = refusal(asking, given(licence="All rights reserved."))
    assert "“All rights reserved.”" in message
    assert "--licence-allows-embedding" in message
    assert "does not say" in refusal(asking, given(licence=""))
    (record,) = add_fonts(asking, [given(licence="All rights reserved.")], licence_allows=True)
    assert (record.licence, record.confirmed) == ("All rights reserved.", True)
    assert own_fonts(asking) == (record,)


def test_a_font_without_the_letters_of_its_language_is_refused(asking: Project) -> None:
    letters = letters_of(asking, asking.languages["ar"])
    assert "ع" in letters
    assert "a" not in letters
    message = refusal(asking, given(characters="".join(letters - {"ع"}) + " "))
    assert "has no ع for Arabic" in message


def test_a_font_that_no_language_asks_for_is_refused_with_those_that_are_asked_for(asking: Project) -> None:
    message = refusal(asking, given(name="Another Naskh"))
    assert "no language asks for the typeface “Another Naskh”" in message
    assert f"{WANTED} (Arabic)" in message


def test_only_regular_and_bold_are_taken_and_bold_not_alone(asking: Project) -> None:
    assert "style “Light”" in refusal(asking, given(style="Light"))
    assert "only the bold face" in refusal(asking, given(style="Bold"))
    both = add_fonts(asking, [given(style="Bold"), given()])
    assert [record.file for record in both] == ["WantedNaskh-Bold.ttf", "WantedNaskh-Regular.ttf"]
    with pytest.raises(SourceError, match="only the bold face"):
        remove_fonts(asking, "WantedNaskh-Regular.ttf")
    assert len(own_fonts(asking)) == 2
    remove_fonts(asking, "WantedNaskh-Bold.ttf")
    assert [record.file for record in own_fonts(asking)] == ["WantedNaskh-Regular.ttf"]


def test_one_variable_font_is_both_weights(asking: Project) -> None:
    (record,) = add_fonts(asking, [given(variable=True, style="Thin")])
    assert record.file == "WantedNaskh-Variable.ttf"


def test_all_mistakes_of_all_files_are_said_at_once_and_no_file_is_added(asking: Project) -> None:
    bad = given(name="Another", licence="")
    message = refusal(asking, GivenFont("good.ttf", font()), bad, GivenFont("note.txt", b"hello"))
    assert message.count("What to do") == 3
    assert "good.ttf" not in message


def test_a_hostile_name_in_a_font_stays_inside_the_folder(asking: Project) -> None:
    path = asking.root / "locales" / "languages.toml"
    path.write_text(path.read_text("utf-8").replace(WANTED, "../../CON"), "utf-8")
    (record,) = add_fonts(Project(asking.root), [given(name="../../CON")])
    assert record.file == "CON-Regular.ttf"
    assert (asking.root / "fonts" / record.file).is_file()


def test_adding_and_removing_can_be_undone(asking: Project) -> None:
    (record,) = add_fonts(asking, [given()])
    data = (asking.root / "fonts" / record.file).read_bytes()
    remove_fonts(asking, WANTED)
    assert not (asking.root / "fonts" / record.file).exists()
    history = history_of(asking.root)
    assert (asking.root / HISTORY).is_dir()
    reverse(history, next(iter(history.acts())), None)
    assert (asking.root / "fonts" / record.file).read_bytes() == data
    assert own_fonts(asking) == (record,)


def test_a_newer_version_replaces_the_file(asking: Project) -> None:
    add_fonts(asking, [given()])
    (newer,) = add_fonts(asking, [given(licence=f"{OPEN} Again.")])
    assert own_fonts(asking) == (newer,)


def test_files_that_were_changed_removed_or_put_there_by_hand_are_found(asking: Project) -> None:
    add_fonts(asking, [given(), given(style="Bold")])
    folder = asking.root / "fonts"
    (folder / "WantedNaskh-Bold.ttf").write_bytes(font(licence="Another"))
    (folder / "WantedNaskh-Regular.ttf").unlink()
    (folder / "stray.OTF").write_bytes(b"OTTO")
    found = {problem.path.name: problem.text for problem in damaged_fonts(asking) if problem.path}
    assert found == {
        "WantedNaskh-Bold.ttf": "has changed since it was added",
        "WantedNaskh-Regular.ttf": "is missing",
        "stray.OTF": "is not in fonts.toml",
    }


def test_a_broken_list_is_one_clear_message(asking: Project) -> None:
    (asking.root / "fonts").mkdir()
    (asking.root / "fonts" / LIST).write_text('[[font]]\nfile = "a.ttf"\nfamly = "A"\n', "utf-8")
    with pytest.raises(ParentguideError) as raised:
        own_fonts(asking)
    assert "Did you mean “family”?" in str(raised.value)


def test_a_name_that_the_project_does_not_have_is_said_with_those_that_it_has(asking: Project) -> None:
    add_fonts(asking, [given()])
    with pytest.raises(ProjectError) as raised:
        remove_fonts(asking, "Arial")
    assert f"It has: {WANTED}." in str(raised.value)
