"""Texts and e-mail addresses that schools write. Other kinds of value have a file of tests each."""

from typing import Any

import pytest

from parentguide.errors import InvalidValueError
from parentguide.model.contact import FieldValue
from parentguide.schools import values
from parentguide.schools.values import parse_email, parse_text, parse_url


def test_an_email_address_becomes_a_mailto_link() -> None:
    wanted = FieldValue("url", "o.a+b@a.sch.uk", "mailto:o.a+b@a.sch.uk")
    for written in (" o.a+b@a.sch.uk ", "mailto:o.a+b@a.sch.uk", "<o.a+b@a.sch.uk>", "o.a+b@a.sch.uk."):
        assert parse_email(written) == wanted


@pytest.mark.parametrize(
    "written", ["", "office", "office@", "@a.sch.uk", "a@b@c.uk", "a@b", "a..b@c.uk", "a b@c.uk"]
)
def test_an_email_address_that_cannot_be_used_is_refused(written: str) -> None:
    with pytest.raises(InvalidValueError, match="is not an e-mail address") as caught:
        parse_email(written)
    assert "office@" in caught.value.remedy


@pytest.mark.parametrize("parse", [parse_url, lambda written: parse_email(f"office@{written}")])
def test_an_address_that_is_too_long_to_print_is_refused(parse: Any) -> None:
    host = ".".join(["a" * 60] * 4)
    with pytest.raises(InvalidValueError, match="characters") as caught:
        parse(f"{host}.uk")
    assert str(values.LONGEST_ADDRESS) in caught.value.remedy


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("  A. Teacher ", "A. Teacher"),
        # NFC, and without format characters such as a right-to-left override.
        ("e\u0301", "é"),
        ("a\u202eb", "ab"),
        ("x" * values.LONGEST_TEXT, "x" * values.LONGEST_TEXT),
    ],
)
def test_a_text_is_cleaned(written: str, text: str) -> None:
    assert parse_text(written) == text


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("a\nb", "control character"),
        ("a\x07b", "control character"),
        ("a\u2028b", "control character"),
        ("x" * (values.LONGEST_TEXT + 1), f"it has {values.LONGEST_TEXT + 1} characters"),
    ],
)
def test_a_text_that_does_not_fit_on_a_line_is_refused(written: str, problem: str) -> None:
    with pytest.raises(InvalidValueError, match=problem):
        parse_text(written)
