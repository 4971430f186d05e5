"""An approval that no longer counts is a finding of “check --changed”."""

import re
import shutil
from datetime import date
from pathlib import Path

from parentguide.project.project import Project
from parentguide.review.approvals import sign
from parentguide.review.regressions import new_findings
from parentguide.review.sign_off import Reviewer, write_entries
from tests.unit.review.conftest import translate


def test_a_message_that_was_approved_and_then_removed_is_found(root: Path) -> None:
    project = Project(root)
    language = project.language("pl")
    entries = sign(project, language, ("cse",), Reviewer("teacher", date(2026, 11, 20)), ["title", "lead"])
    write_entries(project, language, entries)
    before = root.with_name("before")
    shutil.copytree(root, before)
    translate(root, {"lead": "Inne słowa."})
    path = project.catalog_path(language, "cse")
    text = path.read_text("utf-8")
    path.write_text(re.sub(r'msgctxt "title"\n(?:.+\n)+', "", text), "utf-8")
    found = [f for f in new_findings(Project(root), Project(before)) if f.code == "PG580"]
    assert [f.message.partition(":")[0] for f in found] == [
        "“title” is no longer checked",
        "“lead” is no longer checked",
    ]
    assert found[0].line == 0
    assert all("review keep-approvals" in f.hint for f in found)
