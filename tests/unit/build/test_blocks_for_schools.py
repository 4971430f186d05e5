"""Blocks that depend on a school's file, from guide.md to the files of two schools of a trust."""

import shutil
from pathlib import Path

import pytest

from parentguide.build.api import BuildRequest, build_guides
from parentguide.build.batch import build_schools
from parentguide.errors import SourceError
from parentguide.model.contact import FieldValue
from parentguide.model.school import LocalContact, School
from parentguide.newsletter.statements import read_statements
from parentguide.project.guide_acts import mark_ready
from parentguide.project.new_guide import new_guide
from parentguide.project.project import Project, default_root
from parentguide.schools.spreadsheet import SchoolRow

SLUG = "talk"
MORE = """
1. {#first source="x"}
   Listen.

2. {#second source="x" when="headteacher"}
   Call the head on {headteacher}.

{when="council"}
::: note
{#with source="x"}
The council is on {council}.
:::

{#without source="x" unless="council"}
Ask us for the number.

::: elsewhere
{#wall .poster source="x"}
Talk to us
:::
"""
OFFICE = FieldValue("phone", "0300 000 0000", "tel:+443000000000")
COUNCIL = School("Ash School", local_contacts=(LocalContact("Council", (OFFICE,), is_authority=True),))
HEAD = School("Beech School", headteacher=FieldValue("phone", "01462 000 001", "tel:+441462000001"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    locales = tmp_path / "project" / "locales"
    locales.mkdir(parents=True)
    for name in ("languages.toml", "contacts.toml", "interface.pot"):
        shutil.copyfile(default_root() / "locales" / name, locales / name)
    guide = new_guide(Project(locales.parent), SLUG, read_statements("Talk to us\n\nPlease talk to us.\n"))
    with (guide / "guide.md").open("a", encoding="utf-8") as file:
        file.write(MORE)
    mark_ready(Project(locales.parent), SLUG)
    return Project(locales.parent)


def texts(out: Path, name: str) -> str:
    return (out / SLUG / "en" / name).read_text("utf-8")


def test_each_school_of_a_trust_gets_its_own_blocks(project: Project, tmp_path: Path) -> None:
    rows = [
        SchoolRow("row 2", "ash", "Ash School", COUNCIL),
        SchoolRow("row 3", "beech", "Beech School", HEAD),
    ]
    request = BuildRequest(("en",), ("web", "read-aloud", "fragment", "message"))
    results = list(build_schools(project, request, rows, tmp_path))
    assert all(not result.error for result in results)
    ash, beech = (texts(tmp_path / folder, "read-aloud.txt") for folder in ("ash", "beech"))
    assert ("The council is on 0300 000 0000." in ash, "Ask us for the number." in ash) == (True, False)
    assert "Call the head" not in ash
    assert "8.   2. Call the head on 01462 000 001." in beech
    assert "9. Ask us for the number." in beech
    assert "council" not in beech
    for name in ("index.html", "fragment.html"):
        assert "0300 000 0000" in texts(tmp_path / "ash", name)
        assert "0300 000 0000" not in texts(tmp_path / "beech", name)
        assert "<ol" in texts(tmp_path / "beech", name)
        assert "for all parents" not in texts(tmp_path / "beech", name)
    assert texts(tmp_path / "ash", "message.txt").startswith("Talk to us. From Ash School, for all parents")
    assert [[notice.code for notice in result.notices] for result in results] == [[], ["no-authority-phone"]]


def test_every_sheet_is_made_for_each_school(project: Project, tmp_path: Path) -> None:
    for number, school in enumerate((School(), COUNCIL, HEAD)):
        request = BuildRequest(("en", "ur"), school=school, allow_incomplete=True)
        assert build_guides(project, request, tmp_path / str(number)).left_out == ()


def test_a_number_that_not_every_school_has_needs_its_condition(project: Project, tmp_path: Path) -> None:
    path = project.locales / "en" / SLUG / "guide.md"
    path.write_text(path.read_text("utf-8").replace(' when="headteacher"', ""), "utf-8")
    with pytest.raises(SourceError, match=r"not every school has the number \{headteacher\}"):
        build_guides(Project(project.root), BuildRequest(("en",)), tmp_path / "out")
