"""Phone numbers as people write them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentguide.errors import InvalidValueError
from parentguide.model.contact import FieldValue
from parentguide.schools.numbering_plan import SHORT_NUMBERS
from parentguide.schools.values import parse_helpline, parse_phone


@pytest.mark.parametrize(
    "written",
    [
        "01632 960001",
        "  01632\u00a0960\u00a0001\n",
        "(01632) 960-001",
        "01632.960.001",
        "01632/960001",
        "01632\u2013960\u2013001",
        "+44 1632 960001",
        "+44 (0)1632 960 001",
        "+44(0)1632-960-001",
        "(+44) 01632 960001",
        "0044 1632 960001",
        "0044 (0) 1632 960001",
        "441632960001",
        "Tel: 01632 960001",
        "T. 01632 960001",
        "Phone no. 01632 960001",
        "tel:+441632960001",
        "\u202a01632 960001\u202c",
        "'01632 960001",
        "٠١٦٣٢ ٩٦٠٠٠١",
    ],
)
def test_a_number_is_shown_in_one_way(written: str) -> None:
    assert parse_phone(written) == FieldValue("phone", "01632 960 001", "tel:+441632960001")


@pytest.mark.parametrize(
    ("written", "shown", "href"),
    [
        ("02079460000", "020 7946 0000", "tel:+442079460000"),
        ("0207 946 0000", "020 7946 0000", "tel:+442079460000"),
        ("0161-4960000", "0161 496 0000", "tel:+441614960000"),
        ("07700900123", "07700 900 123", "tel:+447700900123"),
        ("0300 000 0000", "0300 000 0000", "tel:+443000000000"),
        ("0800555111", "0800 555 111", "tel:+44800555111"),
        ("0800 1111", "0800 1111", "tel:+448001111"),
        ("016977 2345", "016977 2345", "tel:+44169772345"),
        ("+353 1 234 5678", "+353 1 234 5678", "tel:+35312345678"),
        ("00 48 22 123 45 67", "+48 22 123 45 67", "tel:+48221234567"),
        ("18001 0808 800 5000", "18001 0808 800 5000", "tel:1800108088005000"),
        ("18001 101", "18001 101", "tel:18001101"),
    ],
)
def test_each_kind_of_number_has_its_groups(written: str, shown: str, href: str) -> None:
    assert parse_phone(written) == FieldValue("phone", shown, href)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("116 123", "116 123"),
        ("116000", "116 000"),
        ("116-111", "116 111"),
        ("1 8 0 0 0", "18000"),
        ("999", "999"),
        ("101", "101"),
        ("111", "111"),
        ("105", "105"),
    ],
)
def test_short_numbers_are_known(written: str, shown: str) -> None:
    assert parse_phone(written) == FieldValue("phone", shown, f"tel:{shown.replace(' ', '')}")


@pytest.mark.parametrize(
    "extension",
    [" ext. 255", " ext 255", "x255", " (ext 255)", ", extension no. 255", " Extn: 255", " #255", ";ext=255"],
)
def test_an_extension_is_shown_in_words_and_linked(extension: str) -> None:
    assert parse_phone(f"01632 960010{extension}") == FieldValue(
        "phone", "01632 960 010 extension 255", "tel:+441632960010;ext=255"
    )
    assert parse_phone(f"101{extension}").href == "tel:101;ext=255"


@pytest.mark.parametrize(
    ("written", "shown", "href"),
    [
        ("text 85258", "text 85258", "sms:85258"),
        ("Text SHOUT to 85258", "text SHOUT to 85258", "sms:85258?body=SHOUT"),
        ("SMS “Help” to 84433", "text HELP to 84433", "sms:84433?body=HELP"),
        ("Text: 07700 900123", "text 07700 900 123", "sms:+447700900123"),
    ],
)
def test_a_text_service_keeps_its_words(written: str, shown: str, href: str) -> None:
    assert parse_phone(written) == FieldValue("phone", shown, href)
    assert parse_helpline(written) == FieldValue("phone", written, href)


@pytest.mark.parametrize(
    ("written", "reason", "remedy"),
    [
        ("01632 9600", "this has 9 digits; a number that begins with 01632 has 11", "2 digits missing"),
        ("01632 96001", "this has 10 digits", "Is a digit missing at the end?"),
        ("0161 496 000", "a number that begins with 0161 has 11", "Is a digit missing"),
        ("07700 90012", "a number that begins with 07700 has 11", "Is a digit missing"),
        ("+44 20 7946 000", "a number that begins with 020 has 11", "Is a digit missing"),
        ("0808-800", "this has 7 digits", "missing"),
        ("01632 9600012", "this has 12 digits", "a digit too many"),
        ("01999 123456", "the UK has no numbers like this", "01999"),
        ("1632 960001", "the first 0 is missing", "“01632 960 001”"),
        ("7700900123", "the first 0 is missing", "“07700 900 123”"),
        ("960001", "the area code is missing", "area code"),
        ("7946 0000", "the area code is missing", "area code"),
        ("116 132", "no such short number", "116 123"),
        ("990", "no such short number", "999"),
        ("85258", "a number to call begins with 0", "“text 85258”"),
        ("O1632 960OO1", "a letter (O, l or I)", "“01632 960001”"),
        ("01632 960001 or 960002", "more than one number", "one number"),
        ("01632 960001 / 01632 960002", "more than one number", "one number"),
        ("01632 960001 01632 960002", "more than one number", "one number"),
        ("01632 960001 (office hours)", "something else", "“office hours” behind the name"),
        ("111 option 2", "something else", "“option 2” behind the name"),
        ("0800 FLOWERS", "something else", "“FLOWERS”"),
        ("+999 123", "no country has this code", "+353"),
        ("+353 1 23", "is too short in the country with +353", "Compare"),
        ("call us", "", "digits"),
        ("", "", "digits"),
        ("+", "", "digits"),
        ("0", "this has 1 digit;", "missing"),
        ("text us", "", "digits"),
        ("²²²²²", "", "digits"),
    ],
)
def test_a_number_that_cannot_be_called_is_refused_with_the_likely_cause(
    written: str, reason: str, remedy: str
) -> None:
    with pytest.raises(InvalidValueError, match="is not a phone number") as caught:
        parse_phone(written)
    assert reason in caught.value.problem
    assert remedy in caught.value.remedy


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("0800 55 51 11", "tel:0800555111"),
        ("0808 800 5000", "tel:08088005000"),
        ("0800 1111", "tel:08001111"),
        ("+44 1632 960001", "tel:01632960001"),
        ("1 1 6 1 2 3", "tel:116123"),
        ("01632 960001 ext 3", "tel:01632960001;ext=3"),
        ("18001 101", "tel:18001101"),
    ],
)
def test_a_helpline_is_shown_as_it_is_written(written: str, href: str) -> None:
    assert parse_helpline(written) == FieldValue("phone", written, href)
    with pytest.raises(InvalidValueError, match="is not a phone number"):
        parse_helpline(f"{written} 99 99 99 99")


@given(
    st.integers(0, 999), st.sampled_from(["01632 960", "0161 496 0", "020 7946 0", "07700 900", "08081 570"])
)
def test_numbers_for_drama_are_accepted_and_read_again_the_same(number: int, start: str) -> None:
    value = parse_phone(f"{start}{number:03}")
    assert value.href == "tel:+44" + start.replace(" ", "")[1:] + f"{number:03}"
    assert parse_phone(value.shown) == value


@given(st.text(st.sampled_from("0123456789+() -./exto#ABCl٣²\u202e\n;="), max_size=24))
def test_whatever_is_written_is_read_or_refused(written: str) -> None:
    try:
        value = parse_phone(written)
    except InvalidValueError:
        return
    assert re.fullmatch(r"tel:\+?\d+(;ext=\d+)?|sms:\+?\d+(\?body=[A-Z0-9]+)?", value.href)
    assert parse_phone(value.shown) == value


def test_short_numbers_are_read_back() -> None:
    assert {number: parse_phone(shown).shown for number, shown in SHORT_NUMBERS.items()} == SHORT_NUMBERS
