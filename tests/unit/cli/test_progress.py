"""Progress bars: only on a terminal."""

from typing import Any

import pytest
import rich.console
from rich.console import Console

from parentguide.cli.progress import counted_progress, file_progress


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the standard error output a terminal of 100 characters that shows control codes."""

    class Terminal(Console):
        def __init__(self, **options: Any) -> None:
            super().__init__(**options, force_terminal=True, width=100, color_system=None)

    monkeypatch.setattr(rich.console, "Console", Terminal)


@pytest.mark.usefixtures("terminal")
def test_files_are_counted_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    with file_progress("Making guides") as step:
        step("cse/pl/index.html")
        step("cse/ur/index.html")
    shown = capsys.readouterr()
    assert "cse/ur/index.html" in shown.err
    assert "2 files" in shown.err
    assert shown.out == ""


@pytest.mark.usefixtures("terminal")
def test_steps_are_counted_to_their_total(capsys: pytest.CaptureFixture[str]) -> None:
    with counted_progress("Schools", 2) as step:
        step()
        step()
    shown = capsys.readouterr()
    assert "Schools" in shown.err
    assert "2/2" in shown.err


def test_nothing_is_shown_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with file_progress("Making guides") as name, counted_progress("Schools", 1) as step:
        name("a")
        step()
    assert capsys.readouterr() == ("", "")
