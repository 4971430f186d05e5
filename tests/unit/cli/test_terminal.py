"""What the command line prints cannot control the terminal."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from parentguide.cli.main import main
from parentguide.cli.terminal import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("a\x9b31m\x7f\x00", r"a\x9b31m\x7f\x00"),
        ("one\r\ntwo\rthree\ttab", "one\ntwo\\x0dthree\ttab"),
        ("\u202eexe\u2069\u2028", r"\u202eexe\u2069\u2028"),
        ("الف\u200fب\u200cج", "الف\u200fب\u200cج"),
        ("\ud800", r"\ud800"),
    ],
)
def test_controls_are_shown_and_letters_kept(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_newsletter_and_its_name_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2Jb.txt"
    path.write_text("Keep \x1b[31mchildren\x9b safe \u202eat home.\n", "utf-8")
    for args in (["read", str(path)], ["read", f"{path}x"], ["build", "-l", "p\x1bl", "-o", str(tmp_path)]):
        result = CliRunner().invoke(main, args)
        assert not {"\x1b", "\x9b", "\u202e"} & set(result.output)
        assert result.output


def test_an_empty_name_to_write_to_is_refused() -> None:
    result = CliRunner().invoke(main, ["build", "-o", ""])
    assert result.exit_code == 2
    assert "is empty" in result.output
