"""The texts of a school's details with their places."""

from parentguide.schools.details import detail_texts
from parentguide.schools.school_file import parse_school

SCHOOL = parse_school(
    'name = "Ash School"\nwebsite = "www.a.sch.uk"\n[[team]]\nname = "A. B."\nrole = "Lead for a long time"\n'
    'phone = "01632 960001"\n[[local_contacts]]\nname = "Hub"\nemail = "help@hub.example"\n'
    'address = "1 High St"\n'
)


def test_each_text_has_its_place() -> None:
    assert dict(detail_texts(SCHOOL)) == {
        "name": "Ash School",
        "website": "www.a.sch.uk",
        "team 1, name": "A. B.",
        "team 1, role": "Lead for a long time",
        "team 1, phone": "01632 960 001",
        "the name of the contact “Hub”": "Hub",
        "the email of the contact “Hub”": "help@hub.example",
        "the address of the contact “Hub”": "1 High St",
    }
