"""``school.toml``: what it gives, and every mistake with its place."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from parentguide.errors import Loc, SchoolFileError
from parentguide.model.contact import FieldValue
from parentguide.model.school import Colour, LocalContact, Person, School
from parentguide.schools.description import DETAILS, GROUPS, MAX_LOCAL, MAX_TEAM, Detail
from parentguide.schools.school_file import (
    file_reader_beside,
    parse_school,
    read_school,
    school_from,
    with_new_keys,
)

FILE = Path("school.toml")
FULL = """
name = "Example School"
website = "www.example.sch.uk"
guides = "https://www.example.sch.uk/guides/"
policy = "www.example.sch.uk/policy"
colour = "#0F4A4F"
date = 2026-11-24
headteacher = "01462 000001"
new_training = true
policy_updated = "yes"
languages = ["pl", "ur", "pl"]
formats = ["web", "handout"]

[[team]]
name = "A. Teacher"
role = "Lead"
phone = "01462 000000"
email = "lead@example.sch.uk"

[[local_contacts]]
name = "Charity"
website = "www.charity.example"

[[local_contacts]]
kind = "local_authority"
name = "Council"
phone = "0300 000 0000"
website = "www.council.example"
email = "help@council.example"
address = "1 High Street, Town"
out_of_hours = "0300 000 0001"
languages = ["PL", "pa-guru"]
"""


def problems(text: str) -> list[tuple[Loc, str]]:
    """The place and text of every problem of a file."""
    with pytest.raises(SchoolFileError) as caught:
        parse_school(text, FILE, file_reader_beside(FILE))
    assert all(problem.path == FILE and problem.remedy for problem in caught.value.problems)
    return [(problem.loc, problem.text) for problem in caught.value.problems]


def png(width: int = 2, height: int = 2) -> bytes:
    buffer = BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_file_with_every_detail_is_read() -> None:
    assert parse_school(FULL, FILE) == School(
        name="Example School",
        website=FieldValue("url", "www.example.sch.uk", "https://www.example.sch.uk"),
        guides=FieldValue("url", "www.example.sch.uk/guides", "https://www.example.sch.uk/guides/"),
        team=(
            Person(
                "A. Teacher",
                "Lead",
                FieldValue("phone", "01462 000 000", "tel:+441462000000"),
                FieldValue("url", "lead@example.sch.uk", "mailto:lead@example.sch.uk"),
            ),
        ),
        # The local authority comes first.
        local_contacts=(
            LocalContact(
                "Council",
                (
                    FieldValue("phone", "0300 000 0000", "tel:+443000000000"),
                    FieldValue("url", "www.council.example", "https://www.council.example"),
                    FieldValue("url", "help@council.example", "mailto:help@council.example"),
                    FieldValue("text", "1 High Street, Town"),
                ),
                ("pl", "pa-Guru"),
                True,
                FieldValue("phone", "0300 000 0001", "tel:+443000000001"),
            ),
            LocalContact(
                "Charity", (FieldValue("url", "www.charity.example", "https://www.charity.example"),)
            ),
        ),
        languages=("pl", "ur"),
        formats=("web", "handout"),
        colour=Colour("#0f4a4f", "#0f4a4f", parse_school('colour = "#0f4a4f"').colour.dark),  # type: ignore[union-attr]
        policy=FieldValue("url", "www.example.sch.uk/policy", "https://www.example.sch.uk/policy"),
        dated=date(2026, 11, 24),
        headteacher=FieldValue("phone", "01462 000 001", "tel:+441462000001"),
        new_training=True,
        policy_updated=True,
    )


def test_everything_is_optional_and_may_be_empty() -> None:
    empty = "".join(f'{d.key} = ""\n' for d in DETAILS if d.parsed.kind != "words")
    assert parse_school("") == School()
    assert parse_school(f"{empty}languages = []\nformats = []\nteam = []\n") == School()


# A value that each kind of detail refuses, as TOML, and a part of the problem.
WRONG = {
    "text": [
        ("7", "is not a text"),
        ('"a\\u0007"', "control character"),
        (f'"{"x" * 121}"', "121 characters"),
    ],
    "phone": [
        ("999", "is not a text"),
        ('"call"', "is not a phone number"),
        ('"12"', "is not a phone number"),
    ],
    "email": [("true", "is not a text"), ('"office"', "is not an e-mail address")],
    "url": [("[]", "is not a text"), ('"javascript:x"', "is not a web address")],
    "colour": [
        ("0", "is not a text"),
        ('"blueish"', "“blueish” is not a colour"),
        ('"\\u0007"', "is not a colour"),
    ],
    "date": [("7", "is not a date"), ('"soon"', "is not a date"), ("2026-11-24T10:00:00", "is not a date")],
    "flag": [("1", "is not yes or no"), ('"perhaps"', "“perhaps” is not yes or no"), ("[]", "is not yes")],
    "kind": [("1", "is not a text"), ('"council"', "is not a kind of contact")],
    "words": [("1", "is not a list"), ("[1]", "is not a list"), ("{ a = 1 }", "is not a list")],
    "file": [("1", "is not a text"), ('"missing.png"', "“missing.png” cannot be read")],
}
CASES = [
    *(
        ((detail.key,), detail, value, part)
        for detail in DETAILS
        for value, part in WRONG[detail.parsed.kind]
    ),
    *(
        ((group.key, 0, detail.key), detail, value, part)
        for group in GROUPS
        for detail in group.details
        for value, part in WRONG[detail.parsed.kind]
    ),
]


@pytest.mark.parametrize(("loc", "detail", "value", "part"), CASES)
def test_a_wrong_value_is_reported_at_its_place(loc: Loc, detail: Detail, value: str, part: str) -> None:
    others = "".join(
        f'{key} = "{text}"\n' for key, text in (("name", "N"), ("phone", "999")) if key != detail.key
    )
    table = f"[[{loc[0]}]]\n{others}" if len(loc) > 1 else ""
    found = problems(f"{table}{detail.key} = {value}\n")
    assert [place for place, _ in found] == [loc]
    assert part in found[0][1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[[local_contacts]]\nname = 'x'\nphone = '999'\nlanguages = ['xx']",
            ("local_contacts", 0, "languages"),
        ),
        ("[[team]]\n", ("team", 0)),
        ("[[team]]\nname = 'x'\n[[team]]\nname = ' '", ("team", 1)),
        ("[[local_contacts]]\nname = 'x'", ("local_contacts", 0)),
        ("[[local_contacts]]\nname = 'x'\nphone = '999'\nout_of_hours = '101'", ("local_contacts", 0)),
        ("[[local_contacts]]\nphone = '999'", ("local_contacts", 0)),
        ("team = 3", ("team",)),
        ("team = [3]", ("team", 0)),
        ("[[team]]\nname = 'x'\n" * (MAX_TEAM + 1), ("team",)),
        ("[[local_contacts]]\nname = 'x'\nphone = '999'\n" * (MAX_LOCAL + 1), ("local_contacts",)),
        ("nmae = 'x'", ()),
        ("[[team]]\nname = 'x'\nphon = '999'", ("team", 0)),
    ],
)
def test_an_entry_that_cannot_be_used_is_reported_at_its_place(text: str, expected: Loc) -> None:
    assert [loc for loc, _ in problems(text)] == [expected]


def test_all_mistakes_of_a_file_are_reported_at_once() -> None:
    text = """
        name = 3
        colour = "blueish"
        logo = "missing.png"
        date = "soon"
        nmae = "x"
        [[team]]
        phone = "12"
        email = "office"
        [[team]]
        [[local_contacts]]
        name = "x"
        website = "ftp:x"
        kind = "council"
    """
    assert sorted(problems(text), key=str) == sorted(
        [
            (("name",), "3 is not a text"),
            (("colour",), "“blueish” is not a colour"),
            (("logo",), "“missing.png” cannot be read"),
            (("date",), "“soon” is not a date"),
            ((), "unknown key “nmae”"),
            (("team", 0, "phone"), "“12” is not a phone number: the UK has no such short number"),
            (("team", 0, "email"), "“office” is not an e-mail address"),
            (("team", 1), "this entry is empty"),
            (("local_contacts", 0, "website"), "“ftp:x” is not a web address"),
            (("local_contacts", 0, "kind"), "“council” is not a kind of contact"),
        ],
        key=str,
    )


def test_a_mistyped_key_gets_a_suggestion() -> None:
    with pytest.raises(SchoolFileError) as caught:
        parse_school('nmae = "x"\nzzz = 1', FILE)
    assert {p.text: p.remedy for p in caught.value.problems}["unknown key “nmae”"] == "Did you mean “name”?"
    said = {p.text: p.remedy for p in caught.value.problems}
    assert "Known keys: a5_handout, colour, " in said["unknown key “zzz”"]


def test_a_file_that_is_not_toml_is_reported_with_its_line() -> None:
    with pytest.raises(SchoolFileError) as caught:
        parse_school('name = "x"\nwebsite = www', FILE)
    assert "not TOML" in caught.value.problem
    assert caught.value.line == 2


def test_the_old_name_of_formats_still_works() -> None:
    assert parse_school('editions = ["web"]').formats == ("web",)
    assert with_new_keys({"editions": [], "name": "x"}) == {"formats": [], "name": "x"}


def test_both_names_of_formats_are_one_too_many() -> None:
    assert problems('editions = ["web"]\nformats = ["web"]') == [((), "unknown key “editions”")]


def test_a_logo_is_read_with_the_name_of_the_school() -> None:
    logo = parse_school('name = "N"\nlogo = " a.png "', FILE, {"a.png": png()}.__getitem__).logo
    assert logo is not None
    assert (logo.media_type, logo.alt, logo.size) == ("image/png", "N", (2, 2))


def test_a_logo_and_another_value_are_refused_together() -> None:
    with pytest.raises(SchoolFileError) as caught:
        parse_school('name = "a\\u0007"\nlogo = "a.png"', FILE, lambda _: b"not a picture")
    assert [problem.loc for problem in caught.value.problems] == [("name",), ("logo",)]
    assert {problem.path for problem in caught.value.problems} == {FILE}


def test_without_a_reader_of_files_no_logo_is_read() -> None:
    assert parse_school('logo = "a.png"', FILE).logo is None


def test_a_table_that_is_read_already_has_the_same_rules() -> None:
    table: dict[str, Any] = {"name": "N", "team": [{"name": "T"}]}
    assert school_from(table) == School(name="N", team=(Person("T"),))


def test_files_are_read_beside_the_school_file_only(tmp_path: Path) -> None:
    folder = tmp_path / "school"
    folder.mkdir()
    (tmp_path / "outside.png").write_bytes(png())
    (folder / "a.png").write_bytes(png())
    (folder / "school.toml").write_text('logo = "a.png"', "utf-8")
    assert read_school(folder / "school.toml").logo is not None
    with pytest.raises(ValueError, match="outside"):
        file_reader_beside(folder / "school.toml")("../outside.png")
    (folder / "school.toml").write_text('logo = "../outside.png"', "utf-8")
    with pytest.raises(SchoolFileError, match="cannot be read"):
        read_school(folder / "school.toml")
