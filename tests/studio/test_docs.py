"""docs/studio.md: its pictures are there, and it names every option of the command."""

import re

from click import Command

from parentguide.cli.main import main
from parentguide.project.project import Project
from tests.studio.pictures import NAMES

DOCS = Project().root / "docs"
TEXT = (DOCS / "studio.md").read_text("utf-8")


def test_each_picture_is_there_and_shown() -> None:
    shown = re.findall(r"\]\(studio/(\w+)\.png\)", TEXT)
    assert sorted(shown) == sorted(NAMES)
    assert {path.stem for path in (DOCS / "studio").glob("*.png")} == set(NAMES)


def test_every_option_is_described() -> None:
    command: Command = main.commands["studio"]
    options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    named = set(re.findall(r"(?<![-\w])--[a-z][a-z-]*", TEXT))
    assert named <= options
    assert options - named == {"--no-browser", "--project"}
