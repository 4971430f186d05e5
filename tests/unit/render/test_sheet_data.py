"""What sheets read of an edition and its school."""

import shutil
from dataclasses import replace
from typing import Any

import pytest

from parentguide.errors import LayoutError, ProjectError
from parentguide.model.guide import Segment
from parentguide.model.language import PrintStyle
from parentguide.model.output import Typeface
from parentguide.model.school import Logo, School
from parentguide.render.print.fixed_size import LargePrint
from parentguide.render.print.sheet import Typesetter, as_json, sheet_files
from parentguide.render.print.sheet_data import (
    block_data,
    edition_data,
    fonts_for_names,
    known_role,
    language_data,
    qr_data,
    school_data,
    segment_data,
    sheet_data,
)
from tests.unit.model.blocks import EVERY_BLOCK
from tests.unit.render.editions import PHONE, SCHOOL, TEMPLATES, edition, language

POLISH = edition(language(), SCHOOL)


def test_equal_data_gives_equal_bytes() -> None:
    assert as_json({"b": 1, "a": "é"}) == as_json({"a": "é", "b": 1}) == '{"a": "é", "b": 1}'.encode()


def test_a_segment_becomes_runs() -> None:
    assert segment_data(Segment("x", "a **b {nspcc}**", "pl"), POLISH) == {
        "id": "x",
        "english": False,
        "runs": [
            {"kind": "text", "text": "a "},
            {
                "kind": "strong",
                "runs": [
                    {"kind": "text", "text": "b "},
                    {"kind": "field", "shown": "0808\u00a0800\u00a05000", "href": PHONE.href},
                ],
            },
        ],
    }
    assert segment_data(Segment("x", "a"), POLISH)["english"]


def test_every_block_has_its_kind_and_what_belongs_to_it() -> None:
    data: list[Any] = [block_data(block, edition()) for block in EVERY_BLOCK]
    assert [block["kind"] for block in data] == [block.kind for block in EVERY_BLOCK]
    heading, paragraph, bullets, quotation, contacts, school, interpreter = data
    assert (heading["level"], heading["leaf"]) == (1, False)
    assert paragraph["policy"] is True
    assert [item["id"] for item in bullets["items"]] == ["item-1", "item-2"]
    assert bullets["ordered"] is False
    assert quotation["english"] == ["Exact words.", "More words."]
    assert quotation["caption"]["runs"] == [{"kind": "text", "text": "Official words, February 2017"}]
    assert quotation["documents"] == "A document · Another document"
    assert [block["kind"] for block in contacts["blocks"]] == ["heading", "paragraph"]
    assert school["variant"] == "school"
    assert interpreter["blocks"][0]["spoken"] == "I speak English."


def test_a_sheet_has_the_blocks_besides_what_every_sheet_has() -> None:
    assert sheet_data(POLISH) == {
        **edition_data(POLISH),
        "blocks": [block_data(block, POLISH) for block in POLISH.guide.blocks],
    }


def test_a_title_has_no_markup_and_a_date_does_not_break() -> None:
    data = edition_data(replace(POLISH, guide=replace(POLISH.guide, title="**a** b")))
    assert data["title"] == "a b"
    assert (data["dated"], data["dated-english"]) == (
        "23\u00a0listopada\u00a02026",
        "23\u00a0November\u00a02026",
    )
    assert edition_data(edition())["dated"] == ""


def test_numbers_in_arabic_script_are_set_in_the_latin_font() -> None:
    urdu = language("ur", "rtl", "Arab")
    fonts = language_data(urdu)["fonts"]
    assert fonts == [{"name": "Amiri", "covers": "[^0-9A-Za-z+@]"}, "Source Sans 3"]
    assert language_data(language())["fonts"] == ["Source Sans 3"]


def test_the_space_of_a_font_with_marks_comes_from_its_own_font() -> None:
    panjabi = replace(language("pa-Guru"), print=PrintStyle(("Noto Sans Gurmukhi", "Source Sans 3")))
    space = {"name": "Space of Noto Sans Gurmukhi", "covers": " "}
    assert language_data(panjabi)["fonts"] == [space, "Noto Sans Gurmukhi", "Source Sans 3"]


def test_a_small_font_stands_before_the_face_that_it_is_a_part_of() -> None:
    chinese = replace(language("zh-Hant", script="Hant"), print=PrintStyle(("Noto Sans CJK TC",)))
    small = Typeface("Sheets Hant 1", "1", face="Noto Sans CJK TC", is_subset=True)
    assert language_data(chinese, small)["fonts"] == ["Sheets Hant 1", "Noto Sans CJK TC"]
    names = fonts_for_names([small], ["Noto Sans CJK TC"])
    assert names[names.index("Sheets Hant 1") + 1] == "Noto Sans CJK TC"
    # The poster of other languages has no such face.
    assert "Sheets Hant 1" not in fonts_for_names([small])


def test_typst_gets_the_language_without_script_and_region() -> None:
    panjabi = replace(
        language("pa-Arab"), print=PrintStyle(("Source Sans 3",), region="PK", features={"ss01": 1})
    )
    data = language_data(panjabi)
    assert (data["lang"], data["region"], data["features"]) == ("pa", "PK", {"ss01": 1})


def test_a_school_without_details_has_empty_data() -> None:
    assert school_data(edition()) == {
        "name": "", "first-leaf-only": False, "logo-format": None, "website": None, "policy": None,
        "date": "", "team": [], "local": [], "qr": None,
    }  # fmt: skip


def test_a_schools_details_are_in_the_data() -> None:
    data = school_data(edition(language(), replace(SCHOOL, logo=Logo(b"x", "image/jpeg", "", (1, 1)))))
    assert data["logo-format"] == "jpg"
    assert data["policy"] == {"shown": "www.a.sch.uk/policy", "href": "https://www.a.sch.uk/policy"}
    assert [person["role"] for person in data["team"]] == ["Lead"]
    assert [contact["speaks"] for contact in data["local"]] == [True, False]
    assert data["qr"] is not None
    assert data["qr"]["address"] == "https://www.a.sch.uk/g/cse/pl/"


def test_no_contact_is_marked_as_speaking_english() -> None:
    contact = replace(SCHOOL.local_contacts[0], languages=("en",))
    data = school_data(edition(school=School(local_contacts=(contact,))))
    assert [entry["speaks"] for entry in data["local"]] == [False]


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Designated Safeguarding Lead", "lead"),
        ("DSL", "lead"),
        ("Safeguarding Lead (DSL)", "lead"),
        ("Deputy Designated Safeguarding Lead", "deputy"),
        ("Deputy DSL", "deputy"),
        ("DDSL", "deputy"),
        ("Headteacher", "head"),
        ("Head teacher", "head"),
        ("Safeguarding Governor", "governor"),
        ("Family Support Worker", "family"),
        ("Headteacher and Designated Safeguarding Lead", ""),
        ("Deputy Headteacher", ""),
        ("Head of Year 9", ""),
        ("SENCO", ""),
        ("", ""),
    ],
)
def test_roles_that_many_schools_have_are_known(written: str, known: str) -> None:
    assert known_role(written) == known


def test_an_address_becomes_a_qr_code_and_letters() -> None:
    data = qr_data("https://www.a.sch.uk/g/")
    assert data is not None
    assert data["svg"].startswith("<svg")
    assert data["shown"] == "www.a.sch.uk/g"
    assert qr_data("") is None


def test_a_logo_is_a_file_of_numbers() -> None:
    with_logo = edition(language(), School(logo=Logo(b"\x00\xff", "image/png", "", (1, 1))))
    assert sheet_files(b"{}", with_logo)["logo.json"] == b"[0, 255]"
    assert set(sheet_files(b"{}", POLISH)) == {"edition.json", "school.json"}


def test_a_broken_template_is_not_a_matter_of_one_sheet(tmp_path: Any) -> None:
    shutil.copytree(TEMPLATES, tmp_path, dirs_exist_ok=True)
    (tmp_path / "print" / "x.typ").write_text('#let compose(school) = panic("oh no")', "utf-8")
    with pytest.raises(ProjectError, match=r"the x sheet in Polish cannot be made: .*oh no") as caught:
        Typesetter(tmp_path, "x").compile({"edition.json": b"{}", "school.json": b"{}"}, "Polish")
    assert caught.value.remedy == "Fix the template."


def test_a_character_without_a_font_is_reported_with_its_block() -> None:
    strange = replace(POLISH, interface={"team.name": "\U00013000"})
    with pytest.raises(LayoutError, match=r"U\+13000\) in the interface"):
        LargePrint(TEMPLATES).render(replace(strange, school=School()))
