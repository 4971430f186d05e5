"""From the bytes of a text file to numbered statements."""

from pathlib import Path

import pytest

from parentguide.errors import SourceError
from parentguide.model.statement import StatementKind
from parentguide.newsletter.statements import read_statements
from parentguide.newsletter.text_document import decode


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert decode("“café”".encode(encoding)) == "“café”"


@pytest.mark.parametrize("data", [b"\0\1\2", b"\xff\xfe\x00", b"\x81\xff"])
def test_bytes_that_are_not_text_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="not a text file") as caught:
        decode(data, Path("letter.txt"))
    assert caught.value.path == Path("letter.txt")
    assert "plain text" in caught.value.remedy


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200b"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="the newsletter is empty"):
        read_statements(text)


def test_statements_are_numbered_in_reading_order() -> None:
    statements = read_statements(
        "STAY SAFE\n\nWe tell you about contact and noncon-\ntact abuse.\n\n- one;\n"
    )
    assert [(s.number, s.kind, s.text, s.line) for s in statements] == [
        (1, StatementKind.HEADING, "STAY SAFE", 1),
        (2, StatementKind.PARAGRAPH, "We tell you about contact and non-contact abuse.", 3),
        (3, StatementKind.ITEM, "one;", 6),
    ]


def test_a_quotation_keeps_each_letter() -> None:
    quoted = "Abuse is noncontact or contact: it causes harm to a child, whoever that child may be, anywhere."
    (statement,) = read_statements(f"“{quoted}”")
    assert (statement.kind, statement.text) == (StatementKind.QUOTATION, quoted)
