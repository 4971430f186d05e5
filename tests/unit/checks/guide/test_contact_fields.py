"""Placeholders in a guide are names of contacts."""

from pathlib import Path

from parentguide.checks.guide.contact_fields import check_contact_fields
from tests.unit.checks.samples import GUIDE, small_project


def test_an_unknown_contact_is_named(tmp_path: Path) -> None:
    project = small_project(tmp_path, GUIDE.replace("{nspcc}", "{nspcc} or {nspc}"))
    [finding] = check_contact_fields(project)
    assert (finding.code, finding.line) == ("PG602", 11)
    assert finding.message == "{nspc} in “talk” is not a contact"
    assert "nspcc" in finding.hint
