"""The group of commands, and where errors end."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from parentguide.cli.main import COMMANDS, main
from parentguide.errors import ProjectError
from tests.unit.cli.run import run


def test_every_command_and_option_has_help() -> None:
    groups: list[click.Group] = [main]
    while groups:
        for name, command in groups.pop().commands.items():
            assert command.help, name
            if isinstance(command, click.Group):
                groups.append(command)
            options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
            assert [option.name for option in options if not option.help] == [], name


def test_help_speaks_of_languages_and_messages() -> None:
    for name in ("build", "draft", "update", "new-language"):
        said = run(name, "--help").said
        assert "LANGUAGE" in said
        assert "TAG" not in said
        assert "CTX" not in said


def test_all_commands_are_listed() -> None:
    said = run("-h").said
    assert [command.name for command in COMMANDS if f"  {command.name} " not in said] == []


def test_version() -> None:
    assert "version" in run("--version").said


def test_an_error_is_printed_without_a_traceback_and_gives_the_exit_code(tmp_path: Path) -> None:
    ran = run("status", "--project", tmp_path)
    assert ran.code == ProjectError.exit_code
    assert ran.said.startswith("parentguide: ")
    assert "What to do: " in ran.said
    assert ran.out == ""


def test_a_closed_pipe_ends_the_program_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []

    class Stream:
        def close(self) -> None:
            closed.append(True)

        def write(self, *_: Any) -> None: ...

        def flush(self) -> None: ...

    @click.command()
    def fails() -> None:
        monkeypatch.setattr(sys, "stderr", Stream())
        raise BrokenPipeError

    monkeypatch.setitem(main.commands, "fails", fails)
    result = CliRunner().invoke(main, ["fails"])
    monkeypatch.undo()
    assert result.exit_code == 0
    assert closed == [True]


def test_python_runs_the_package_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "parentguide", "--help"], capture_output=True, text=True, check=True
    )
    assert "Start with:  parentguide build --out output" in done.stdout
