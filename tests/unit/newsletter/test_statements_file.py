"""``statements.tsv``: written, read back, and edited by hand."""

from pathlib import Path

import pytest

from parentguide.errors import SourceError
from parentguide.newsletter.reading import read_newsletter
from parentguide.newsletter.statements import read_statements
from parentguide.newsletter.statements_file import parse_statements, statements_text

LETTER = "Stay safe\n\n# of calls: “two” | three\n\n- Talk\n- Call\n\nDay\tTime\nMonday\t6 pm\n"


def test_statements_are_read_back_as_they_were() -> None:
    statements = read_statements(LETTER)
    text = statements_text(statements)
    assert text.startswith("# Statements of a newsletter")
    read = parse_statements(text)
    assert [(s.number, s.kind, s.text) for s in read] == [(s.number, s.kind, s.text) for s in statements]
    assert [text.splitlines()[s.line - 1] for s in read] == [f"{s.kind}\t{s.text}" for s in statements]
    assert read_newsletter(text.encode()).statements == read


def test_a_hand_may_leave_blank_lines_comments_and_windows_line_ends() -> None:
    read = parse_statements("\ufeffheading\tStay safe\r\n\r\n# a comment\r\nitem\tTalk \r\n")
    assert [(s.number, s.kind, s.text, s.line) for s in read] == [
        (1, "heading", "Stay safe", 1),
        (2, "item", "Talk", 4),
    ]


def test_every_mistake_is_told_with_its_line() -> None:
    with pytest.raises(SourceError) as caught:
        parse_statements("Stay safe\nitem\tTalk\ntitle\tX\nitem\t \nitem\ta\tb\n", Path("statements.tsv"))
    assert [(p.line, p.text) for p in caught.value.problems] == [
        (1, "this line has no tab"),
        (3, "“title” is not one of: heading, paragraph, item, quotation, row, step, contact"),
        (4, "this statement has no words"),
        (5, "the words have a tab in them"),
    ]
    assert all(p.path == Path("statements.tsv") and p.remedy for p in caught.value.problems)


@pytest.mark.parametrize("text", ["", "# Statements of a newsletter\n"])
def test_a_file_without_statements_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="no statements"):
        parse_statements(text)
