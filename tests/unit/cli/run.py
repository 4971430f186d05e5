"""Run a command in this process."""

from dataclasses import dataclass

from click.testing import CliRunner

from parentguide.cli.main import main


@dataclass(frozen=True)
class Ran:
    """A finished command: ``said`` has what it printed on both streams, ``out`` only the standard output."""

    code: int
    said: str
    out: str


def run(*arguments: object, typed: str = "") -> Ran:
    """``parentguide`` with ``arguments``; ``typed`` is what the user enters."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Ran(result.exit_code, result.output, result.stdout)
