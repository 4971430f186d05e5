"""Single values that schools write."""

from datetime import date, datetime
from typing import Any

import pytest

from parentguide.errors import InvalidValueError
from parentguide.model.contact import FieldValue
from parentguide.schools import values
from parentguide.schools.values import (
    parse_day,
    parse_email,
    parse_language_tag,
    parse_phone,
    parse_text,
    parse_url,
)


@pytest.mark.parametrize(
    ("written", "shown", "href"),
    [
        ("01462 000000", "01462 000000", "tel:01462000000"),
        ("  01462\u00a0000000\n", "01462 000000", "tel:01462000000"),
        ("+44 20 7946 0000", "+44 20 7946 0000", "tel:+442079460000"),
        ("0800 1111", "0800 1111", "tel:08001111"),
        ("999", "999", "tel:999"),
        ("1 8 0 0 0", "1 8 0 0 0", "tel:18000"),
    ],
)
def test_a_phone_number_keeps_its_groups(written: str, shown: str, href: str) -> None:
    assert parse_phone(written) == FieldValue("phone", shown, href)


@pytest.mark.parametrize(
    "written",
    ["", "call us", "01462-000000", "(01462) 000000", "٠١٤٦٢ ٠٠٠٠٠٠", "1234567", "00 44 1462 000000", "0800"],
)
def test_a_phone_number_that_cannot_be_used_is_refused(written: str) -> None:
    with pytest.raises(InvalidValueError, match="phone number") as caught:
        parse_phone(written)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("written", "shown", "href"),
    [
        ("www.a.sch.uk", "www.a.sch.uk", "https://www.a.sch.uk"),
        (" https://www.a.sch.uk/ ", "www.a.sch.uk", "https://www.a.sch.uk/"),
        ("http://a.sch.uk/b?c=1#d", "a.sch.uk/b?c=1#d", "http://a.sch.uk/b?c=1#d"),
        ("A.SCH.UK", "A.SCH.UK", "https://A.SCH.UK"),
    ],
)
def test_a_web_address_may_lack_its_scheme(written: str, shown: str, href: str) -> None:
    assert parse_url(written) == FieldValue("url", shown, href)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "localhost",
        "a b.sch.uk",
        "ftp://a.sch.uk",
        "javascript:alert(1)",
        "javascript://a.sch.uk/%0aalert(1)",
        "https://user:pw@a.sch.uk",
        "https://a.sch.uk:8080",
        "https://[::1",
        "https://a.sch.uk:port",
        "https://127.0.0.1",
        'https://a.sch.uk/"onclick=',
        "https://ä.sch.uk",
        "https://-a.sch.uk",
        "https://a.sch.uk\n.evil.example",
    ],
)
def test_a_web_address_that_cannot_be_used_is_refused(written: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a web address") as caught:
        parse_url(written)
    assert caught.value.remedy


def test_an_email_address_becomes_a_mailto_link() -> None:
    assert parse_email(" o.a+b@a.sch.uk ") == FieldValue("url", "o.a+b@a.sch.uk", "mailto:o.a+b@a.sch.uk")


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


@pytest.mark.parametrize(
    "written", ["2026-11-24", " 2026-11-24 ", "24/11/2026", "20261124", date(2026, 11, 24)]
)
def test_a_date_may_be_written_in_several_ways(written: str | date) -> None:
    assert parse_day(written) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "written",
    ["24 November", "11/24/2026", "31/02/2026", "1999-12-31", "2100-01-01", datetime(2026, 11, 24), True, 7],
)
def test_a_date_that_cannot_be_used_is_refused(written: Any) -> None:
    with pytest.raises(InvalidValueError, match="is not a date"):
        parse_day(written)


@pytest.mark.parametrize(
    ("written", "tag"),
    [("pl", "pl"), ("PL", "pl"), ("pa-guru", "pa-Guru"), ("PT-pt", "pt-PT"), ("zh-hans-cn", "zh-Hans-CN")],
)
def test_a_language_tag_gets_its_usual_case(written: str, tag: str) -> None:
    assert parse_language_tag(written) == tag


@pytest.mark.parametrize("written", ["", "xx", "polish", "pl_PL", "pl ", "ﬂ"])
def test_a_code_without_a_language_is_refused(written: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a language code") as caught:
        parse_language_tag(written)
    assert "pa-Guru" in caught.value.remedy
