"""The languages that come first for a school are languages that there are guides in."""

from pathlib import Path

import pytest

from parentguide.build.api import BuildRequest, plan
from parentguide.errors import SchoolFileError
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.project.usual_languages import check_usual_languages
from parentguide.schools.school_file import parse_school

PROJECT = Project()


def test_languages_with_guides_are_accepted_by_tag_and_by_name() -> None:
    school = parse_school('usual_languages = ["pl", "Farsi", "pa"]', Path("school.toml"))
    assert school.usual_languages == ("pl", "fa", "pa")
    check_usual_languages(PROJECT, school)


def test_every_language_without_a_guide_is_refused_with_the_likely_one() -> None:
    with pytest.raises(SchoolFileError) as caught:
        check_usual_languages(PROJECT, School(usual_languages=("pt", "pl", "ckc", "mi")))
    assert [(p.loc, p.text, p.remedy.partition(" Choose")[0]) for p in caught.value.problems[:2]] == [
        (("usual_languages", 0), "there is no guide in “pt”", "Did you mean “pt-PT”?"),
        (("usual_languages", 2), "there is no guide in “ckc”", "Did you mean “ckb”?"),
    ]
    last = caught.value.problems[2]
    assert last.loc == ("usual_languages", 3)
    assert last.remedy.startswith("Choose from: en, ar, ")


def test_a_build_refuses_them() -> None:
    with pytest.raises(SchoolFileError, match="there is no guide in “cy”"):
        plan(PROJECT, BuildRequest(("pl",), ("web",), School(usual_languages=("cy",))))
