"""Protection of placeholders, bold marks and numbers."""

import re

import pytest

from parentguide.machine.errors import RejectedAnswerError
from parentguide.machine.placeholders import TOKEN, ProtectedText, protect, restore

ENGLISH = "Call {nspcc} **now**, on 0808 800 5000, if 16-17 or CSE1."


@pytest.fixture
def protected() -> ProtectedText:
    return protect(ENGLISH, "cse/call")


def test_only_words_are_sent(protected: ProtectedText) -> None:
    assert protected.spans == ("{nspcc}", "**", "**", "0808 800 5000", "16-17")
    assert "CSE1" in protected.text
    assert not re.search(r"\{|\*|\d", re.sub(TOKEN, "", protected.text).replace("CSE1", ""))
    assert protected.last == protected.first + 5


def test_a_translation_gets_its_spans_back(protected: ProtectedText) -> None:
    assert restore(protected.text, protected) == ENGLISH


def test_spaces_and_case_inside_a_token_are_forgiven(protected: ProtectedText) -> None:
    answer = re.sub(r"QX(\d)(\d+)XQ", r"q x \1 \2 X Q", protected.text)
    assert restore(answer, protected) == ENGLISH


def test_two_messages_have_different_tokens() -> None:
    assert protect("Same 5", "cse/a").first != protect("Same 5", "cse/b").first


@pytest.mark.parametrize(
    ("pattern", "replacement", "reason"),
    [
        (r" QX\d+XQ$", "", "its end is missing"),
        (r"QX\d+XQ", "", "its end is missing"),
        (r"QX(\d+)XQ", r"QX9\1XQ", "it is another message's text"),
        (r"^(Call )QX\d+XQ", r"\1", "a placeholder, a bold mark or a number was lost or changed"),
        (r"^", "{0} ", "a placeholder, a bold mark or a number was lost or changed"),
        (r"(QX\d+XQ) now (QX\d+XQ)", r"\2 now \1", "the bold marks changed places"),
    ],
)
def test_a_changed_token_rejects_the_answer(
    protected: ProtectedText, pattern: str, replacement: str, reason: str
) -> None:
    answer = re.sub(pattern, replacement.format(f"QX{protected.first}XQ"), protected.text)
    with pytest.raises(RejectedAnswerError, match=reason):
        restore(answer, protected)
