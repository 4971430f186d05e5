"""Phone numbers, as people write them -> one way to show them, and the address of the link.

A number is read with Google's numbering plans (the package phonenumbers) and what
:mod:`~parentguide.schools.numbering_plan` adds. It is shown as in the UK (GOV.UK style: a space after
the area code, then groups of three or four), a number of another country with its code (ITU-T E.123).
The link is ``tel:`` (RFC 3966) or, for a text service, ``sms:`` (RFC 5724).
"""

import re
import unicodedata

from parentguide.model.contact import FieldValue
from parentguide.schools import phone_problems as problems
from parentguide.schools.numbering_plan import SHORT_NUMBERS
from parentguide.schools.phone_numbers import Number, foreign_number, is_uk, shown_in_uk, uk_number
from parentguide.schools.texts import without_format_characters

# “Tel:” and the like in front of the number.
_LABEL = re.compile(
    r"(?:tel(?:ephone)?|phone|ph|call|mob(?:ile)?|[tm])(?:\s*(?:no\b|number\b))?[\s.:]*(?=[\d+(])",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"[\s,;:.(\[/-]*(?:extension|extn|ext|xtn|ex|x|#)(?=[\s.:=\d#-]|no|num)"
    r"\s*(?:number|num|no)?[\s.:=#-]*(?P<extension>\d{1,7})\s*[)\]]?",
    re.IGNORECASE,
)
# Relay UK: 18001 in front of the number to call, for people who cannot hear or speak.
_RELAY = re.compile(r"(1800[12])[\s.-]*(?=[0+]|\d{3}(?!\d))")
_TEXT_SERVICE = re.compile(
    r"(?:text|txt|sms)\b[\s:]*(?:[“\"'‘]?(?P<word>[A-Z][A-Z0-9]{1,14})[”\"'’]?\s+(?:to|on)\s+)?(?:to\s+|on\s+)?"
    r"(?P<number>[+(\d][\d\s().+-]*)",
    re.IGNORECASE,
)
# Mobile short codes have five to seven digits, from 6 to 8 (the networks' Code of Practice).
_SHORT_CODE = re.compile(r"[678]\d{4,6}")
_SEPARATORS = re.compile(r"[\s().\-/·]")


# The digits of a number with the code of its country (ITU-T E.164).
_MOST_DIGITS = 15


def parse_phone(written: str) -> FieldValue:
    """A number as a school writes it -> the field, shown in one way.

    Accepted: numbers of the UK with brackets, hyphens, dots, slashes, +44, 0044 and (0); with an
    extension; with 18001 in front; short numbers such as 999; “text 85258”; numbers of other countries
    with + or 00.
    """
    text = _cleaned(written)
    service = _TEXT_SERVICE.fullmatch(text)
    if service:
        return _text_service(written, service["word"] or "", service["number"])
    relay, number = _call(written, text)
    if relay:
        href = f"tel:{relay}{number.dialled}{number.parameter}"
        return FieldValue("phone", f"{relay} {number.shown}", href)
    return FieldValue("phone", number.shown, f"tel:{number.subscriber}{number.parameter}")


def parse_helpline(written: str) -> FieldValue:
    """A number of ``contacts.toml`` -> the field, shown exactly as it is written: people know the groups.

    The link has the digits that a reader sees, as a phone in the UK dials them.
    """
    text = _cleaned(written)
    if _TEXT_SERVICE.fullmatch(text):
        return FieldValue("phone", written.strip(), parse_phone(written).href)
    relay, number = _call(written, text)
    return FieldValue("phone", written.strip(), f"tel:{relay}{number.dialled}{number.parameter}")


def _call(written: str, text: str) -> tuple[str, Number]:
    """What is dialled first to be connected by Relay UK (empty: nothing), and the number."""
    label = _LABEL.match(text)
    text = text[label.end() :] if label else text
    relay = _RELAY.match(text)
    return (relay[1], _number(written, text[relay.end() :])) if relay else ("", _number(written, text))


def _cleaned(written: str) -> str:
    """The text with simple spaces, hyphens and digits."""
    digits = "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in without_format_characters(written)
    )
    plain = re.sub("[\u2010-\u2015\u2212\ufe63\uff0d]", "-", digits.replace("\uff0b", "+"))
    return re.sub(r"\s+", " ", plain).strip().rstrip(".,;").removeprefix("'")


def _text_service(written: str, word: str, digits: str) -> FieldValue:
    code = _SEPARATORS.sub("", digits)
    if _SHORT_CODE.fullmatch(code):
        shown, address = code, code
    else:
        number = _number(written, digits.strip())
        shown, address = number.shown, number.subscriber
    if not word:
        return FieldValue("phone", f"text {shown}", f"sms:{address}")
    return FieldValue("phone", f"text {word.upper()} to {shown}", f"sms:{address}?body={word.upper()}")


def _number(written: str, text: str) -> Number:
    """The number and its extension. Raises :class:`InvalidValueError` with the nearest likely cause."""
    found = _EXTENSION.search(text)
    extension = ""
    if found and found.end() == len(text) and re.search(r"\d", text[: found.start()]):
        text, extension = text[: found.start()], found["extension"]
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"\+?\d+", digits) or len(digits.lstrip("+0")) > _MOST_DIGITS:
        raise problems.not_only_a_number(written, text)
    if digits in SHORT_NUMBERS:
        return Number(SHORT_NUMBERS[digits], digits, digits, extension)
    return _by_country(written, digits, extension)


def _by_country(written: str, digits: str, extension: str) -> Number:
    """The number of the UK or of another country; ``digits`` may begin with +."""
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if re.fullmatch(r"44(?:0?\d{10})", digits):
        # Excel removes a + at the beginning.
        digits = f"+{digits}"
    if digits.startswith("+") and not digits.startswith("+44"):
        return foreign_number(written, digits, extension)
    if digits.startswith("+"):
        return uk_number(written, digits[3:].removeprefix("0"), extension)
    if digits.startswith("0"):
        return uk_number(written, digits[1:], extension)
    raise problems.without_zero(written, digits, shown_in_uk(digits) if is_uk(digits) else "")
