"""A phone number in the forms that pages, sheets and links need, from its digits."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parentguide.schools import phone_problems as problems
from parentguide.schools.numbering_plan import is_for_drama

# The command line reads the description of a school at each start, so phonenumbers is imported late.
if TYPE_CHECKING:
    from phonenumbers import PhoneNumber


@dataclass(frozen=True, slots=True)
class Number:
    """A number that can be called.

    ``number`` is what people read, without the extension. ``subscriber`` is the number of a ``tel:``
    address: global where there is one (RFC 3966, 5.1.4). ``dialled`` is what a phone in the UK dials.
    """

    number: str
    subscriber: str
    dialled: str
    extension: str = ""

    @property
    def shown(self) -> str:
        return f"{self.number} extension {self.extension}" if self.extension else self.number

    @property
    def parameter(self) -> str:
        """The extension as a parameter of a ``tel:`` address (RFC 3966, 5.3)."""
        return f";ext={self.extension}" if self.extension else ""


def uk_number(written: str, national: str, extension: str = "") -> Number:
    """The number whose digits after the first 0 are ``national``.

    Raises :class:`~parentguide.errors.InvalidValueError` unless it is valid or for drama.
    """
    if not is_uk(national):
        raise problems.not_in_uk(written, f"0{national}")
    return Number(shown_in_uk(national), f"+44{national}", f"0{national}", extension)


def is_uk(national: str) -> bool:
    """Whether the numbering plan of the UK has the number, or Ofcom keeps it for drama."""
    from phonenumbers import is_valid_number

    if not re.fullmatch(r"[1-9]\d{6,9}", national):
        return False
    return is_for_drama(national) or is_valid_number(_parsed(f"+44{national}"))


def shown_in_uk(national: str) -> str:
    """The number with its first 0, in groups: six digits after an area code are two groups of three."""
    from phonenumbers import PhoneNumberFormat, format_number

    shown = format_number(_parsed(f"+44{national}"), PhoneNumberFormat.NATIONAL)
    return re.sub(r"(?<= )(\d{3})(\d{3})$", r"\1 \2", shown)


def foreign_number(written: str, digits: str, extension: str = "") -> Number:
    """The number of another country; ``digits`` begin with + and its code."""
    from phonenumbers import (
        NumberParseException,
        PhoneNumberFormat,
        format_number,
        is_possible_number_with_reason,
        is_valid_number,
    )

    try:
        number = _parsed(digits)
    except NumberParseException:
        raise problems.unknown_country(written) from None
    if not is_valid_number(number):
        raise problems.not_abroad(written, number.country_code or 0, is_possible_number_with_reason(number))
    address = format_number(number, PhoneNumberFormat.E164)
    shown = format_number(number, PhoneNumberFormat.INTERNATIONAL).replace("-", " ")
    return Number(shown, address, address, extension)


def _parsed(digits: str) -> "PhoneNumber":
    from phonenumbers import parse

    return parse(digits, None)
