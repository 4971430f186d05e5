"""Contacts that nobody has verified for a year."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from parentguide.checks.finding import Severity
from parentguide.checks.guide.contact_age import check_contact_age
from parentguide.checks.readiness import reasons_against
from parentguide.project.contacts_file import STALE_AFTER_DAYS
from parentguide.project.project import Project
from tests.unit.checks.samples import small_project


@pytest.mark.parametrize(("over", "found"), [(-1, 0), (1, 1)])
def test_a_contact_gets_old(tmp_path: Path, over: int, found: int) -> None:
    project = small_project(tmp_path)
    path = project.locales / "contacts.toml"
    verified = date.today() - timedelta(days=STALE_AFTER_DAYS + over)
    path.write_text(re.sub(r"(?<=verified_on = ).*", str(verified), path.read_text("utf-8")), "utf-8")
    findings = list(check_contact_age(Project(project.root)))
    assert [(f.code, f.severity) for f in findings] == [("PG601", Severity.WARNING)] * found
    assert all(f"[nspcc] 0808 800 5000 was last verified on {verified}" == f.message for f in findings)


def test_a_guide_waits_for_the_old_numbers_that_it_shows_only(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    path = project.locales / "contacts.toml"
    old = re.sub(r"(?<=verified_on = ).*", "2020-01-01", path.read_text("utf-8"))
    path.write_text(
        old + old.replace("[nspcc]", "[council]").replace("0808 800 5000", "0113 496 0000"), "utf-8"
    )
    aged = [f.message for f in reasons_against(Project(project.root), "small") if f.code == "PG601"]
    assert aged == ["[nspcc] 0808 800 5000 was last verified on 2020-01-01"]
