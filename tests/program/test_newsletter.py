"""Statements from the real newsletter, and from texts as other PDFs and computers write them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentguide.errors import SourceError
from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.statements import read_statements
from parentguide.newsletter.text_document import decode
from parentguide.project.project import Project
from tests.profile import cases

PATH = Project().guide_source("cse").newsletter_path
REAL = decode(PATH.read_bytes())


def _shown(statements: tuple[Statement, ...]) -> list[tuple[str, str]]:
    return [(s.kind, s.text) for s in statements]


def test_all_statements_of_the_real_newsletter() -> None:
    statements = read_statements(REAL)
    assert [s.number for s in statements] == list(range(1, 29))
    kinds = "".join(s.kind[0] for s in statements)
    assert kinds == "hhppphqqhiiiiiihpiiiiiiiiipp"
    texts = [s.text for s in statements]
    assert texts[11].endswith("non-contact sexual activity;"), "a lost hyphen"
    assert texts[21] == "excessive receipt of texts/phone calls;", "a lost dash"
    assert texts[25] == "self-harm or significant changes in emotional well-being.", "a lost dash"
    assert texts[26].startswith("Child sexual exploitation is a complex form of abuse")


@pytest.mark.parametrize("mark", ["•", "*", "o", "–", "\uf0b7", "◦", "-\t", "·"])
def test_other_bullets_are_read(mark: str) -> None:
    changed = re.sub("^- ", f"{mark} ", REAL, flags=re.MULTILINE)
    assert _shown(read_statements(changed)) == _shown(read_statements(REAL))


def test_numbered_lists_are_read() -> None:
    text = "What to do:\n\n1. Talk to your child\nabout the app.\n2. Call us.\n3) Keep calm.\n"
    assert [s.text for s in read_statements(text) if s.kind is StatementKind.ITEM] == [
        "Talk to your child about the app.",
        "Call us.",
        "Keep calm.",
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("\n", "\r\n").encode(),
        lambda t: t.replace("\n", "\r").encode(),
        lambda t: b"\xef\xbb\xbf" + t.encode(),
        lambda t: t.encode("utf-16"),
        lambda t: t.encode("cp1252"),
        lambda t: t.replace(" sexual ", "\u00a0sexual\u00a0").encode(),
        lambda t: t.replace("fi", "\ufb01").replace("fl", "\ufb02").encode(),
        lambda t: t.replace("exploitation", "exploi\u00adtation").encode(),
    ],
)
def test_other_encodings_and_line_ends_are_read(change: object) -> None:
    assert callable(change)
    assert _shown(read_statements(decode(change(REAL)))) == _shown(read_statements(REAL))


def test_headings_in_capitals_and_hyphenated_words_are_read() -> None:
    text = (
        "STAYING SAFE ONLINE\nChildren can meet people who want to exploit them. "
        "We explain exploi-\ntation and self-\nharm here.\n"
    )
    assert _shown(read_statements(text)) == [
        ("heading", "STAYING SAFE ONLINE"),
        (
            "paragraph",
            "Children can meet people who want to exploit them. We explain exploitation and self-harm here.",
        ),
    ]


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\x00\x01\x02\xff"])
def test_data_without_text_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        read_statements(decode(data))
    assert caught.value.remedy


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=cases(500))
def test_any_bytes_give_statements_or_one_clear_error(data: bytes) -> None:
    try:
        statements = read_statements(decode(data))
    except SourceError as error:
        assert error.remedy  # noqa: PT017
        return
    assert [s.number for s in statements] == list(range(1, len(statements) + 1))
    for statement in statements:
        assert statement.text == statement.text.strip() != ""
        assert "\n" not in statement.text
