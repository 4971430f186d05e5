"""Short texts are read in the program, long ones in a worker."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from parentguide.errors import SourceError
from parentguide.infra.within_limits import within_limits


def process_of(_: object, other: str) -> tuple[int, str]:
    return os.getpid(), other


def fail(_: object) -> None:
    raise SourceError("no good", line=3)


def break_down(_: object) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("data", ["", "abc", b"abc", "ł" * 3])
def test_a_short_text_is_read_in_this_process(data: str | bytes) -> None:
    assert within_limits(process_of, data, "x", short=3) == (os.getpid(), "x")


@pytest.mark.parametrize("data", ["abcd", b"abcd"])
def test_a_long_text_is_read_in_another_process(data: str | bytes) -> None:
    process, other = within_limits(process_of, data, "x", short=3)
    assert process != os.getpid()
    assert other == "x"


@pytest.mark.parametrize("short", [0, 9])
def test_our_errors_are_the_same(short: int) -> None:
    with pytest.raises(SourceError) as caught:
        within_limits(fail, "abc", short=short)
    assert (caught.value.problem, caught.value.problems[0].line) == ("no good", 3)


def test_an_unexpected_error_of_a_long_text_names_the_file() -> None:
    with pytest.raises(SourceError, match=r"gift\.txt: this file is broken"):
        within_limits(break_down, "abc", short=0, path=Path("gift.txt"))


def test_reading_short_texts_starts_nothing_for_workers() -> None:
    read = (
        "import sys; from parentguide.infra.toml import parse_toml; parse_toml('a = 1', None);"
        "sys.exit('parentguide.infra.limited' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", read], check=False).returncode == 0
