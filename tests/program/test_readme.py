"""The example of school.toml can be used, and no file names a machine; see also test_docs.py."""

import re
from pathlib import Path

from parentguide.project.project import Project
from parentguide.schools.school_file import parse_school

ROOT = Project().root
SCHOOL_FILE = (ROOT / "docs" / "school-file.md").read_text("utf-8")


def test_the_school_file_in_the_documents_is_read() -> None:
    block = re.search(r"```toml\n(.*?)```", SCHOOL_FILE, re.DOTALL)
    assert block is not None
    school = parse_school(block[1], Path("school.toml"))
    assert school.name == "Example School"
    assert school.team[0].phone is not None
    assert school.local_contacts[0].values[0].href == "tel:+443000000000"


def test_no_registry_host_and_no_machine_path_is_committed() -> None:
    """A file that names where it was made would not work elsewhere."""
    for path in [
        *ROOT.glob("*.t*ml"),
        *ROOT.glob("*.txt"),
        *ROOT.glob("*.md"),
        *ROOT.glob("tests/tools/*.json"),
    ]:
        text = path.read_text("utf-8")
        assert not re.search(r"pypi\.org|npmjs|/root/|/home/|file://|index-url", text), path


def test_constraints_pin_every_dependency() -> None:
    import tomllib

    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=]", entry)[0].lower() for entry in wanted}
    pinned = {
        line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text("utf-8").split()
    }
    assert names <= pinned, names - pinned
