"""Text files are read with any line end, and written with their own."""

import doctest
from pathlib import Path

import pytest

from parentguide.errors import ProjectError, SourceError
from parentguide.infra import files
from parentguide.infra.files import decoded, encoded_as, newline_of, read_text, write_text

TEXT = "One ą\nTwo\n\nThree"
HERE = Path("a.txt")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_and_written_in_its_own_form(tmp_path: Path, end: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    data = TEXT.replace("\n", end).encode(encoding)
    path.write_bytes(data)
    assert read_text(path) == TEXT
    write_text(path, TEXT)
    assert path.read_bytes() == data
    write_text(path, "Four\r\nFive\rSix\n")
    assert path.read_bytes() == "Four\nFive\nSix\n".replace("\n", end).encode(encoding)


def test_a_new_file_has_line_feeds(tmp_path: Path) -> None:
    write_text(tmp_path / "folder" / "a.txt", "One\r\nTwo\r\n")
    assert (tmp_path / "folder" / "a.txt").read_bytes() == b"One\nTwo\n"


@pytest.mark.parametrize(
    ("text", "newline"),
    [
        ("", "\n"),
        ("One", "\n"),
        ("One\r\nTwo\n", "\n"),
        ("One\r\nTwo\r\nThree\n", "\r\n"),
        ("One\rTwo\rThree\r\n", "\r"),
        ("One\n\rTwo\n", "\n"),
    ],
)
def test_a_mixed_file_gets_the_line_end_of_most_lines(text: str, newline: str) -> None:
    assert newline_of(text) == newline
    assert encoded_as("x\ny\n", text.encode()) == f"x{newline}y{newline}".encode()


def test_other_line_separators_belong_to_the_text() -> None:
    assert decoded("a\u2028b\x85c\x0bd\x0ce".encode(), HERE) == "a\u2028b\x85c\x0bd\x0ce"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"One \xb9", "not UTF-8 at byte 4"),
        (b"\xef\xbb\xbfa\xff", "not UTF-8 at byte 4"),
        (b"\xff\xfea", "not UTF-16 at byte 2"),
    ],
)
def test_bytes_that_are_not_text_are_refused_with_their_place(data: bytes, problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        decoded(data, HERE)
    assert (caught.value.path, caught.value.remedy) == (HERE, "Save the file as UTF-8.")


def test_a_file_that_cannot_be_read_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(ProjectError):
        write_text(tmp_path / "a.txt", "x")


def test_examples_in_docstrings_are_right() -> None:
    result = doctest.testmod(files)
    assert result.attempted
    assert not result.failed
