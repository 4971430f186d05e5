"""The form of the school's details: from ``school.toml`` and back, and what is wrong."""

from dataclasses import replace

import pytest

from parentguide.errors import SchoolFileError
from parentguide.schools.school_file import parse_school
from parentguide.studio.services import school_form
from parentguide.studio.services.school_form import SchoolFormData, form_data_of

FILE = """# written by hand
name = "Oak School"
formats = ["web"] # for our website
colour = "#0f4a4f"

[[team]]
name = "A. Teacher"
phone = "01462 000000"

[[local_contacts]]
name = "Council"
phone = "0300 000 0000"
languages = ["pl", "ur"]
kind = "local_authority"

[[local_contacts]]
name = "Charity"
website = "www.example.org"
"""


def typed(text: str, **values: str) -> SchoolFormData:
    """The form of a file after somebody typed into some boxes."""
    entered = form_data_of(text)
    names = {box.name.replace("-", "_"): box.name for box in school_form.FIELDS}
    named = {names.get(name, name): value for name, value in values.items()}
    assert named.keys() <= {box.name for box in school_form.FIELDS}
    return replace(entered, values={**entered.values, **named})


def test_the_form_shows_what_the_file_says() -> None:
    entered = form_data_of(FILE)
    assert entered.get("name") == "Oak School"
    assert entered.get("team-1-phone") == "01462 000000"
    assert entered.get("local-2-website") == "www.example.org"
    assert entered.get("local-3-name") == ""
    assert entered.formats == ("web",)


def test_a_form_that_nobody_changed_writes_the_same_file() -> None:
    assert form_data_of(FILE).text() == FILE


def test_a_renamed_contact_keeps_its_languages_and_its_local_authority_mark() -> None:
    text = typed(FILE, local_1_name="County Council").text()
    contact = parse_school(text).local_contacts[0]
    assert contact.name == "County Council"
    assert contact.languages == ("pl", "ur")
    assert contact.is_authority


def test_a_changed_number_keeps_comments_and_other_contacts() -> None:
    text = typed(FILE, local_1_phone="0300 111 1111").text()
    assert text == FILE.replace("0300 000 0000", "0300 111 1111")


def test_an_emptied_row_deletes_its_contact_only() -> None:
    text = typed(FILE, local_1_name="", local_1_phone="").text()
    assert [contact.name for contact in parse_school(text).local_contacts] == ["Charity"]
    assert "# written by hand" in text


def test_a_new_contact_is_added_after_the_others() -> None:
    text = typed(FILE, local_4_name="Helpers", local_4_phone="0300 222 2222").text()
    assert [contact.name for contact in parse_school(text).local_contacts] == [
        "Council",
        "Charity",
        "Helpers",
    ]


def test_a_file_with_the_old_name_of_formats_gets_the_new_one() -> None:
    old = 'editions = ["web"]\n'
    entered = form_data_of(old)
    assert entered.formats == ("web",)
    assert school_form.problems(typed(old, name="Oak")) == {}
    assert parse_school(typed(old, name="Oak").text()).formats == ("web",)
    assert parse_school(replace(entered, formats=("cards",)).text()).formats == ("cards",)


def test_a_new_form_makes_a_file_that_can_be_read() -> None:
    values = {"name": 'The "Old" School', "team-2-name": "B. Teacher", "local-1-name": "Help"}
    school = parse_school(SchoolFormData({**values, "local-1-phone": "0300 000 0000"}).text())
    assert school.name == 'The "Old" School'
    assert [person.name for person in school.team] == ["B. Teacher"]


def test_every_problem_is_at_its_own_box() -> None:
    problems = school_form.problems(
        typed(FILE, website="not an address", colour="plaid", team_1_phone="12", local_2_website="x y")
    )
    assert set(problems) == {"website", "colour", "team-1-phone", "local-2-website"}
    assert all(text.endswith(".") for text in problems.values())


def test_problems_are_at_the_right_row_when_rows_before_it_are_empty() -> None:
    entered = SchoolFormData({"team-3-name": "C. Teacher", "team-3-phone": "12"})
    assert set(school_form.problems(entered)) == {"team-3-phone"}


@pytest.mark.parametrize(
    ("values", "box"),
    [({"local-2-name": "Help"}, "local-2-phone"), ({"local-2-phone": "0300 000 0000"}, "local-2-name")],
)
def test_a_contact_needs_a_name_and_a_phone_or_website(values: dict[str, str], box: str) -> None:
    assert set(school_form.problems(SchoolFormData(values))) == {box}


def test_every_box_has_a_label_of_its_own_for_the_list_of_problems() -> None:
    labels = school_form.labels()
    assert {box.name for box in school_form.FIELDS} <= labels.keys()
    assert len(set(labels.values())) == len(labels)
    assert labels["team-2-phone"] == "Person 2: phone"


def test_a_draft_reads_back_as_it_was_typed() -> None:
    entered = SchoolFormData({"name": 'Zoë\'s "School"', "team-1-phone": "12"})
    assert school_form.form_data_of_json(entered.as_json()) == entered.values


@pytest.mark.parametrize("text", ["", "[]", "{", '{"unknown": "x"}', "null"])
def test_a_broken_draft_is_empty(text: str) -> None:
    assert school_form.form_data_of_json(text) == {}


def test_a_broken_file_has_no_form() -> None:
    with pytest.raises(SchoolFileError):
        form_data_of("name = broken")


def test_a_tick_is_written_as_true_and_taken_off_again() -> None:
    text = typed(FILE, new_training="yes").text()
    assert "new_training = true\n" in text
    assert form_data_of(text).get("new_training") == "yes"
    assert parse_school(typed(text, new_training="").text()) == parse_school(FILE)


def test_a_flag_that_says_the_same_stays_as_it_was_written() -> None:
    text = FILE.replace("formats", "new_training = true  # since May\nformats")
    assert form_data_of(text).text() == text


def test_a_contact_becomes_the_local_authority_with_a_number_at_night() -> None:
    text = typed(
        FILE, local_1_kind="", local_2_kind="local_authority", local_2_out_of_hours="0300 000 0001"
    ).text()
    first = parse_school(text).local_contacts[0]
    assert (first.name, first.is_authority) == ("Charity", True)
    assert first.out_of_hours is not None


def test_a_number_at_night_without_the_tick_is_reported_at_the_tick() -> None:
    found = school_form.problems(typed(FILE, local_2_out_of_hours="0300 000 0001"))
    assert list(found) == ["local-2-kind"]
    assert "only for your local authority" in found["local-2-kind"]


def test_a_row_with_only_a_tick_is_empty() -> None:
    assert typed(FILE, local_4_kind="local_authority").text() == FILE
