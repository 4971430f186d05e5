"""``parentguide school``: questions, answers and the file."""

import json
from pathlib import Path

import pytest

from parentguide.schools.description import DETAILS
from parentguide.schools.school_file import read_school
from parentguide.schools.school_schema import school_schema
from tests.unit.cli.run import Ran, run

ASKED = [detail for detail in DETAILS if detail.wording.question]


def new(path: Path, answers: dict[str, str], *more: str) -> Ran:
    """Answer the questions about the school, then ``more``: the team, and help near the school."""
    typed = [answers.get(detail.key, "") for detail in ASKED] + list(more)
    return run("school", "new", "-o", path, typed="\n".join(typed) + "\n")


def test_schema() -> None:
    assert run("school", "schema").out == school_schema()
    assert json.loads(run("school", "schema").out)["type"] == "object"


def test_answers_are_written(tmp_path: Path) -> None:
    path = tmp_path / "school.toml"
    ran = new(
        path,
        {"name": "Ash School", "website": "www.ash.school.example", "new_training": "yes"},
        *("Ms A. Khan", "lead", "01462 000000", ""),
        "",
        *("Ashshire", "0300 000 0000", "www.ashshire.example", "", "", "en Polish", "0300 000 0001"),
        *("A helpline", "", "", "", "", "", "www.help.example", "", "", ""),
        "",
    )
    assert ran.code == 0, ran.said
    assert f"{path}: written." in ran.out
    assert f"Next: make the guides: parentguide build --school {path}" in ran.said
    school = read_school(path)
    assert school.name == "Ash School"
    assert school.website is not None
    assert school.website.shown == "www.ash.school.example"
    assert [person.name for person in school.team] == ["Ms A. Khan"]
    assert (school.new_training, school.policy_updated) == (True, False)
    assert "new_training = true\n" in path.read_text("utf-8")
    night = school.local_contacts[0].out_of_hours
    assert night is not None
    assert night.shown == "0300 000 0001"
    assert [(place.name, place.languages) for place in school.local_contacts] == [
        ("Ashshire", ("en", "pl")),
        ("A helpline", ()),
    ]
    assert "Please give a phone number, website, email or address." in ran.out


def test_an_answer_that_cannot_be_used_is_explained_and_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "school.toml"
    keys = [detail.key for detail in ASKED]
    typed = ["Ash School"]
    for key in keys[1:]:
        wrong = {"logo": "nowhere.png", "website": "javascript:alert(1)", "colour": "blueish"}.get(key)
        typed += [wrong, ""] if wrong else [""]
    ran = run("school", "new", "-o", path, typed="\n".join([*typed, "", "", "", ""]) + "\n")
    assert ran.code == 0, ran.said
    assert "nowhere.png" in ran.out
    assert "javascript:alert(1)" in ran.out
    assert "blueish" in ran.out
    assert read_school(path).name == "Ash School"


def test_a_school_is_told_what_it_should_know(tmp_path: Path) -> None:
    ran = new(tmp_path / "school.toml", {"name": "Ash School", "colour": "#ffcc00"}, "", "", "")
    assert "warning: colour: #ffcc00 is too pale" in ran.said


@pytest.mark.parametrize("answer", ["n", ""])
def test_an_existing_file_is_kept(tmp_path: Path, answer: str) -> None:
    path = tmp_path / "school.toml"
    path.write_text("mine", "utf-8")
    ran = run("school", "new", "-o", path, typed=f"{answer}\n")
    assert ran.code == 1
    assert path.read_text("utf-8") == "mine"
