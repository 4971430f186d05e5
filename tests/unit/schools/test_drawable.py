"""Which characters of names the sheets can show."""

import pytest

from parentguide.model.contact import FieldValue
from parentguide.model.school import LocalContact, Person, School
from parentguide.schools.drawable import drawable, on_sheets, undrawable
from parentguide.schools.notices import school_notices

# A character of cuneiform, which no font for print has.
AN = "\U0001202d"


@pytest.mark.parametrize(
    "name",
    [
        "Ysgol Gyfun Gŵyr a Thŷ Ddewi",
        "Ṫeaċ na gCaoraċ",
        "مدرسة الأمل Al-Amal",
        "中文学校",
        "ਖਾਲਸਾ ਸਕੂਲ",
        "தமிழ்ப் பள்ளி",
        "እማማ ቤት",
        "Sunshine 🌞 School",
        "👩🏽\u200d🏫 🇬🇧 1\ufe0f\u20e3 ❤\ufe0f",
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    ],
)
def test_names_in_many_scripts_and_emoji_are_shown_whole(name: str) -> None:
    assert drawable(name) == name
    assert undrawable(name) == []


def test_a_character_that_no_font_has_is_left_out_with_its_marks_and_its_space() -> None:
    assert drawable(f"Ash {AN} School") == "Ash School"
    assert drawable(f"{AN}\u0301Ash") == "Ash"
    assert undrawable(f"Ash {AN} School {AN}") == [AN]


def test_a_mark_that_the_letter_s_font_does_not_have_is_left_out_alone() -> None:
    # A Tamil vowel sign on a Han character.
    assert drawable("中\u0bbe文") == "中文"
    assert undrawable("中\u0bbe文") == ["\u0bbe"]


def test_all_names_of_a_school_are_drawable_on_its_sheets() -> None:
    where = FieldValue("text", f"1 {AN} Street")
    school = School(
        f"{AN} School",
        team=(Person(f"A {AN}", f"{AN} Lead"),),
        local_contacts=(LocalContact(f"Hub {AN}", (where,)),),
    )
    shown = on_sheets(school)
    assert shown == School(
        "School",
        team=(Person("A", "Lead"),),
        local_contacts=(LocalContact("Hub", (FieldValue("text", "1 Street"),)),),
    )
    notices = school_notices(school, ["pl"])
    assert {notice.code for notice in notices} == {"character-without-font"}
    assert [notice.loc for notice in notices] == [
        ("name",),
        ("team 1, name",),
        ("team 1, role",),
        ("the name of the contact “Hub \U0001202d”",),
        ("the address of the contact “Hub \U0001202d”",),
    ]
    assert "U+1202D" in str(notices[0])
    assert on_sheets(shown) == shown
