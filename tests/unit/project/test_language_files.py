"""A language's glossary and accepted findings, which it may have."""

from pathlib import Path

import pytest

from parentguide.errors import SourceError
from parentguide.project.accepted_file import Accepted, parse_accepted
from parentguide.project.language_files import accepted_findings, read_glossary
from parentguide.translation.glossary import Glossary, Term
from tests.unit.checks.samples import small_project

ENTRY = '[[accepted]]\ncode = "PG561"\ncontext = "lead"\nreason = "It is doubled on purpose."\n'


def test_without_files_there_is_nothing(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    polish = project.language("pl")
    assert read_glossary(project, polish) == Glossary()
    assert accepted_findings(project, polish) == ()


def test_the_files_are_read(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    folder = project.locales / "pl"
    folder.mkdir()
    (folder / "accepted.toml").write_text(ENTRY, "utf-8")
    term = '[[term]]\nenglish = "consent"\nterm = "zgoda"\nreason = "usual"\n'
    (folder / "glossary.toml").write_text(term, "utf-8")
    polish = project.language("pl")
    assert accepted_findings(project, polish) == (Accepted("PG561", "lead", "It is doubled on purpose."),)
    assert read_glossary(project, polish) == Glossary((Term("consent", "zgoda", (), "usual"),))


@pytest.mark.parametrize("key", ["code", "context", "reason"])
def test_an_entry_needs_every_key(key: str) -> None:
    path = Path("accepted.toml")
    with pytest.raises(SourceError) as caught:
        parse_accepted(ENTRY.replace(f"{key} =", "note ="), path)
    assert ("accepted", 0, key) in [problem.loc for problem in caught.value.problems]
    assert {problem.path for problem in caught.value.problems} == {path}
