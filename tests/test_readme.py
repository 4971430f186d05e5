"""The README names the commands and options of the program, and files that exist."""

import re
import tomllib
from pathlib import Path

from click import Group

from parentguide.cli.main import main
from parentguide.project.project import Project
from parentguide.schools.school_file import parse_school

ROOT = Project().root
README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_names_every_command_and_no_other() -> None:
    code = re.findall(r"`[^`\n]+`|^ {4}.*$", README, re.MULTILINE)
    named = set(re.findall(r"\bparentguide ([a-z]+(?:-[a-z]+)?)\b", "\n".join(code)))
    assert named == set(main.commands)


def test_every_option_in_the_readme_exists() -> None:
    commands = [*main.commands.values()]
    for command in commands:
        commands += command.commands.values() if isinstance(command, Group) else []
    known = {o for command in commands for p in command.params for o in p.opts} | {
        "--help",
        "--from",
    }
    ours = re.sub(r"`uvx [^`]*`", "", README)
    assert set(re.findall(r"(?<![-\w])--[a-z][a-z-]*", ours)) <= known


def test_every_file_that_the_readme_links_to_exists() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).is_file(), target


def test_the_school_file_in_the_readme_is_valid() -> None:
    block = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert block is not None
    school = parse_school(block[1], Path("school.toml"))
    assert school.name == "Example School"
    assert school.team[0].phone is not None
    assert school.local_contacts[0].value.href == "tel:03000000000"


def test_no_registry_host_and_no_machine_path_is_committed() -> None:
    """A file with a path of one machine would not work on another."""
    for path in [
        *ROOT.glob("*.t*ml"),
        *ROOT.glob("*.txt"),
        *ROOT.glob("*.md"),
        *ROOT.glob("tests/tools/*.json"),
    ]:
        text = path.read_text("utf-8")
        assert not re.search(r"pypi\.org|npmjs|/root/|/home/|file://|index-url", text), path


def test_constraints_pin_every_dependency() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=]", entry)[0].lower() for entry in wanted}
    pinned = {
        line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text("utf-8").split()
    }
    assert names <= pinned, names - pinned
