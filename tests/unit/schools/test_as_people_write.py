"""Whole files as schools write them: what the guides then show, or the message that the school gets."""

from pathlib import Path

import pytest

from parentguide.errors import SchoolFileError
from parentguide.model.school import School
from parentguide.schools.school_file import parse_school
from parentguide.schools.school_text import revised_school_text
from parentguide.schools.spreadsheet import read_schools

HEAD = 'name = "Example School"\n'


def refusal(text: str) -> str:
    with pytest.raises(SchoolFileError) as caught:
        parse_school(text)
    return str(caught.value)


def ways(school: School) -> list[str]:
    return [value.shown for contact in school.local_contacts for value in contact.values]


def test_an_extension() -> None:
    school = parse_school(f'{HEAD}[[team]]\nname = "A. Sample"\nphone = "01632 960010 ext. 255"')
    assert school.team[0].phone is not None
    assert school.team[0].phone.shown == "01632 960 010 extension 255"
    assert school.team[0].phone.href == "tel:+441632960010;ext=255"


def test_a_short_helpline() -> None:
    school = parse_school(f'{HEAD}[[local_contacts]]\nname = "Samaritans"\nphone = "116 123"')
    assert ways(school) == ["116 123"]
    assert school.local_contacts[0].values[0].href == "tel:116123"


def test_a_number_two_digits_short() -> None:
    said = refusal(f'{HEAD}[[team]]\nname = "A. Sample"\nphone = "01632 9600"')
    assert "team 1, phone: “01632 9600” is not a phone number: this has 9 digits" in said
    assert "a number that begins with 01632 has 11" in said
    assert "missing at the end" in said


def test_a_phone_number_and_a_website() -> None:
    text = '[[local_contacts]]\nname = "Children\'s services"\nphone = "0300 000 0000"\n'
    school = parse_school(f'{HEAD}{text}website = "www.example.gov.uk/report-a-concern"')
    assert ways(school) == ["0300 000 0000", "www.example.gov.uk/report-a-concern"]


@pytest.mark.parametrize(
    ("way", "shown"),
    [
        ('email = "hub@example.gov.uk"', ["hub@example.gov.uk"]),
        ('address = "1 High Street, Town"', ["1 High Street, Town"]),
        ('address = "1 High Street"\nphone = "text 85258"', ["text 85258", "1 High Street"]),
    ],
)
def test_one_way_to_reach_a_contact_is_enough(way: str, shown: list[str]) -> None:
    assert ways(parse_school(f'[[local_contacts]]\nname = "Hub"\n{way}')) == shown


def test_an_address_that_ends_in_index_html() -> None:
    school = parse_school(f'{HEAD}guides = "www.example.sch.uk/index.html"')
    assert school.guides is not None
    assert school.guides.href == "https://www.example.sch.uk/"


@pytest.mark.parametrize("end", ["/guides#top", "/page/?title=Guides&pid=139"])
def test_an_address_with_nothing_below_it(end: str) -> None:
    said = refusal(f'{HEAD}guides = "www.example.sch.uk{end}"')
    assert "guides: " in said
    assert "such as “www.example.sch.uk/guides”" in said


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ('"Polish, Urdu"', ("pl", "ur")),
        ('"PL"', ("pl",)),
        ('["pa"]', ("pa",)),
        ('["Farsi", "ur"]', ("fa", "ur")),
    ],
)
def test_languages_of_the_school_and_of_a_contact(written: str, tags: tuple[str, ...]) -> None:
    contact = f'[[local_contacts]]\nname = "Hub"\nphone = "999"\nlanguages = {written}'
    school = parse_school(f"languages = {written}\n{contact}")
    assert school.languages == tags
    assert school.local_contacts[0].languages == tags


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("nmae", "name"),
        ("Website", "website"),
        ("color", "colour"),
        ("guide", "guides"),
        ("polcy", "policy"),
        ("langauges", "languages"),
    ],
)
def test_the_near_key_is_suggested_in_the_file_and_in_a_table(wrong: str, right: str, tmp_path: Path) -> None:
    assert f"Did you mean “{right}”?" in refusal(f'{wrong} = "x"')
    if wrong.lower() == right:
        return
    (tmp_path / "schools.csv").write_text(f"folder,name,{wrong}\na,A,x\n", "utf-8")
    with pytest.raises(SchoolFileError) as caught:
        read_schools(tmp_path / "schools.csv")
    assert f"Did you mean “{right}”?" in str(caught.value)


@pytest.mark.parametrize(("wrong", "right"), [("phne", "phone"), ("Email", "email"), ("adress", "address")])
def test_the_near_key_of_an_entry_is_suggested(wrong: str, right: str) -> None:
    assert f"Did you mean “{right}”?" in refusal(f'[[local_contacts]]\nname = "x"\n{wrong} = "1"')


COMMENTED = """\
# Kept by the office. Ask Mrs Khan before you change it.
name = "Example School"  # as on the sign

# The phone rings in the office.
[[team]]
name = "A. Sample"
phone = "(01632) 960-001"  # until July
"""


@pytest.mark.parametrize(
    ("values", "old", "new"),
    [
        ({"name": "Sample School"}, '"Example School"', '"Sample School"'),
        ({"team": [{"name": "B. Sample"}]}, '"A. Sample"', '"B. Sample"'),
        ({"team": [{"phone": "01632 960 002"}]}, '"(01632) 960-001"', '"01632 960 002"'),
        ({"team": [{"phone": "(01632) 960-001"}]}, "", ""),
    ],
)
def test_comments_and_what_a_person_wrote_survive_a_revision(
    values: dict[str, list[dict[str, str]]], old: str, new: str
) -> None:
    revised = revised_school_text(COMMENTED, values)
    assert revised == COMMENTED.replace(old, new)
