"""Somebody has checked a number again: one day changes, and nothing else of the file."""

from datetime import date
from pathlib import Path

import pytest

from parentguide.errors import ProjectError, SourceError
from parentguide.project.contact_acts import mark_verified
from parentguide.project.project import Project
from parentguide.project.recorded import history_of
from tests.copies import copy_project

DAY = date(2027, 11, 5)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    copy_project(tmp_path)
    return tmp_path


def test_one_day_changes_and_all_else_stays(work: Path) -> None:
    path = work / "locales" / "contacts.toml"
    before = path.read_text("utf-8")
    mark_verified(Project(work), "nspcc", DAY)
    changed = [
        (old, new)
        for old, new in zip(before.splitlines(), path.read_text("utf-8").splitlines(), strict=True)
        if old != new
    ]
    assert [new for _, new in changed] == ["verified_on = 2027-11-05"]
    days = {contact.name: contact.verified_on for contact in Project(work).contacts}
    assert days["nspcc"] == DAY
    assert days["childline"] != DAY
    (act,) = history_of(work).acts()
    assert "0808 800 5000" in act.what


def test_an_unknown_name_and_a_broken_file_change_nothing(work: Path) -> None:
    path = work / "locales" / "contacts.toml"
    with pytest.raises(ProjectError, match="no contact “samaritans”"):
        mark_verified(Project(work), "samaritans", DAY)
    project = Project(work)
    assert project.contacts
    broken = path.read_text("utf-8").replace('shown = "999"', 'shown = "99"')
    path.write_text(broken, "utf-8")
    with pytest.raises(SourceError):
        mark_verified(Project(work), "nspcc", DAY)
    assert path.read_text("utf-8") == broken
