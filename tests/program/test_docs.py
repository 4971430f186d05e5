"""The documents name commands, options, files and make targets that exist."""

import re
from collections.abc import Iterator

import click
import pytest

from parentguide.cli.main import main
from parentguide.model.labels import FORMAT_FILES, FORMAT_LABELS
from parentguide.project.project import Project
from parentguide.render import FOR_FAMILIES, FORMAT_NAMES, FORMATS

ROOT = Project().root
SCHOOL_FILE = (ROOT / "docs" / "school-file.md").read_text("utf-8")
PARTS = (ROOT / "templates" / "web" / "parts.html").read_text("utf-8")
DOCUMENTS = [
    path
    for pattern in ("*.md", "docs/**/*.md", "examples/**/*.md", ".github/**/*.md")
    for path in sorted(ROOT.glob(pattern))
]
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
# Inside a line of code, or on a line of its own that is indented by four spaces.
_CODE = re.compile(r"`([^`\n]+)`|^ {4}(\S.*)$", re.MULTILINE)
_DEFINED = re.compile(r"^\s*(?:(?:def|class) (\w+)|([A-Z_]+)\b[^=\n]*=)", re.MULTILINE)
_DECISION = re.compile(r"\d{4}-[a-z0-9-]+\.md")


def code(text: str) -> Iterator[str]:
    """Each piece of code in a document, without the comment at its end."""
    for match in _CODE.finditer(text):
        yield (match[1] or match[2]).partition("  #")[0].partition(" > ")[0].strip()


def words_of(snippet: str, first: str) -> list[str] | None:
    """The words after ``first``; None for other code."""
    words = re.sub(r'"[^"]*"', "x", snippet).split()
    return words[1:] if words and words[0] == first else None


def unknown(words: list[str]) -> list[str]:
    """The words of a ``parentguide`` command line that are not commands or options."""
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        if words[0] not in command.commands:
            return words[:1]
        command, words = command.commands[words[0]], words[1:]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    return [word for word in words if word.startswith("-") and word not in known]


@pytest.mark.parametrize("name", NAMES)
def test_commands_and_options_exist(name: str) -> None:
    for snippet in code((ROOT / name).read_text("utf-8")):
        words = words_of(snippet, "parentguide")
        if words is not None:
            assert not unknown(words), snippet


@pytest.mark.parametrize("name", NAMES)
def test_make_targets_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for snippet in code((ROOT / name).read_text("utf-8")):
        words = words_of(snippet, "make")
        if words:
            assert words[0] in targets, snippet


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_files(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\((?!https?:)([^)#\s]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).is_file(), target


def test_paths_of_the_code_exist() -> None:
    package = ROOT / "src" / "parentguide"
    for path in DOCUMENTS:
        for named in re.findall(r"`([\w/]+/\w+\.(?:py|typ|js|css|toml|html))`", path.read_text("utf-8")):
            if named.startswith(("output/", "schools/schools.")):  # what a build makes
                continue
            assert (ROOT / named).is_file() or (package / named).is_file(), f"{path.name}: {named}"


def test_functions_of_the_architecture_exist() -> None:
    """Each name in a line's code is defined in one of the modules of the package."""
    defined = {
        function or constant
        for path in (ROOT / "src" / "parentguide").rglob("*.py")
        for function, constant in _DEFINED.findall(path.read_text("utf-8"))
    }
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`(?:\w+\.)?([A-Z]\w+|_?[a-z]+_\w+)`", text))
    assert named
    assert named <= defined, named - defined


def test_every_command_is_described() -> None:
    snippets = {snippet for name in NAMES for snippet in code((ROOT / name).read_text("utf-8"))}
    described = {words[0] for snippet in snippets if (words := words_of(snippet, "parentguide"))}
    assert set(main.commands) <= described, set(main.commands) - described


def test_the_index_of_decisions_is_complete() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = _DECISION.findall((folder / "README.md").read_text("utf-8"))
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))


def test_every_format_is_described_to_schools_studio_and_readers() -> None:
    per_language = {kind.name for kind in FORMATS}
    assert set(FORMAT_FILES) == per_language
    assert set(FORMAT_LABELS) == set(FORMAT_NAMES)
    assert set(FOR_FAMILIES) <= per_language
    assert set(re.findall(r'file\.format == "([a-z-]+)"', PARTS)) == set(FOR_FAMILIES)
    row = next(line for line in SCHOOL_FILE.splitlines() if line.startswith("| `formats` |"))
    assert set(FORMAT_NAMES) <= set(re.findall(r"`([a-z-]+)`", row))


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").split()) <= 1000


def test_a_missing_command_is_found() -> None:
    assert unknown(["bild"]) == ["bild"]
    assert unknown(["review", "sheet", "ur", "--colour"]) == ["--colour"]
    assert not unknown(["build", "-l", "pl", "--zip"])
