"""Why something is not a phone number: the nearest likely cause, and what to write."""

import re

from parentguide.errors import InvalidValueError
from parentguide.infra.toml import printable
from parentguide.schools.numbering_plan import SHORT_NUMBERS
from parentguide.schools.texts import refused

_WANTED = "a phone number"
_EXAMPLE = "“01632 960 001”"
_COMPARE = "Compare it with the place where you found it."
# How many digits a number has, with its first 0: all but a few old ones.
_DIGITS = 11
_MOST_DIGITS = 15
# The part of a number that people know by heart: the area code, or what says the kind of number.
_AREA = re.compile(r"02\d|011\d|01\d1|0[3589]\d\d|0[17]\d{3}|0\d{0,3}")
_LETTERS_FOR_DIGITS = str.maketrans("oOlI|", "00111")


def not_only_a_number(written: str, text: str) -> InvalidValueError:
    """The error for a text with something else than one number in it."""
    if not re.search(r"\d", text):
        return refused(written, _WANTED, f"Write digits, such as {_EXAMPLE}.")
    corrected = text.translate(_LETTERS_FOR_DIGITS)
    if corrected != text and re.fullmatch(r"\+?[\d\s().\-/]+", corrected):
        reason = "it has a letter (O, l or I) in place of a digit (0 or 1)"
        return refused(written, _WANTED, f"Write “{printable(corrected.strip())}”.", reason)
    numbers = re.findall(r"\+?\d(?:[\s().-]*\d){5,}", text)
    if len(numbers) > 1 or sum(map(str.isdigit, text)) > _MOST_DIGITS:
        remedy = "Write one number, and give the other one an entry of its own."
        return refused(written, _WANTED, remedy, "this is more than one number")
    rest = re.sub(r"^[\s().\-/+\d]+", "", text).strip(" ()[].,;:–-") if text[:1] in "+(0123456789" else ""
    words = printable(rest or re.sub(r"[+(\d].*", "", text).strip(" ()[].,;:–-"))
    remedy = (
        f"Write only the digits here, such as {_EXAMPLE}, and the words “{words}” behind the name or role."
        if words
        else f"Write only digits, such as {_EXAMPLE}."
    )
    return refused(written, _WANTED, remedy, "there is something else beside the number")


def without_zero(written: str, digits: str, with_zero: str) -> InvalidValueError:
    """The error for digits that begin neither with 0 nor with + and are not a short number.

    ``with_zero`` is the number of the UK that they are with a 0 in front; empty if they are none.
    """
    if with_zero:
        remedy = (
            f"Write “{with_zero}”. In a spreadsheet, format the column as Text: Excel removes"
            " a 0 at the beginning."
        )
        return refused(written, _WANTED, remedy, "the first 0 is missing")
    if re.fullmatch(r"[678]\d{4,6}", digits):
        remedy = f"If it is a number for text messages, write “text {digits}”; else write the area code too."
        return refused(written, _WANTED, remedy, "a number to call begins with 0")
    if len(digits) in (6, 7, 8) and not digits.startswith("116"):
        return refused(
            written, _WANTED, f"Write the area code too, such as {_EXAMPLE}.", "the area code is missing"
        )
    if len(digits) <= 6:
        short = ", ".join(SHORT_NUMBERS.values())
        remedy = f"A UK number begins with 0, such as {_EXAMPLE}, or is a short number: {short}."
        return refused(written, _WANTED, remedy, "the UK has no such short number")
    remedy = f"A UK number begins with 0 or +44, such as {_EXAMPLE}; one of another country with +."
    return refused(written, _WANTED, remedy, "it does not begin with 0 or +")


def not_in_uk(written: str, digits: str) -> InvalidValueError:
    """The error for a number of the UK, as digits with the first 0, that the numbering plan lacks."""
    match = _AREA.match(digits)
    area = match[0] if match else digits
    count = len(digits)
    if count == _DIGITS:
        remedy = f"Compare its first digits, {area}, with the place where you found it: a digit may be wrong."
        return refused(written, _WANTED, remedy, "the UK has no numbers like this")
    plural = "digit" if count == 1 else "digits"
    length = f"10 or {_DIGITS}" if area == "0800" else str(_DIGITS)
    reason = f"this has {count} {plural}; a number that begins with {area} has {length}"
    if count < _DIGITS:
        missing = _DIGITS - count
        what = "Is a digit" if missing == 1 else f"Are {missing} digits"
        return refused(written, _WANTED, f"{what} missing at the end? {_COMPARE}", reason)
    remedy = (
        f"Is there a digit too many? {_COMPARE} Write an extension as “ext. 255”, and give a second number"
        " an entry of its own."
    )
    return refused(written, _WANTED, remedy, reason)


def unknown_country(written: str) -> InvalidValueError:
    return refused(
        written,
        _WANTED,
        f"Write + and the code of a country, such as +353 for Ireland, or a UK number such as {_EXAMPLE}.",
        "no country has this code",
    )


def not_abroad(written: str, country: int, possible: int) -> InvalidValueError:
    """The error for a number of a country by its code; ``possible`` is phonenumbers' ValidationResult."""
    from phonenumbers import ValidationResult

    reasons = {ValidationResult.TOO_SHORT: "is too short", ValidationResult.TOO_LONG: "is too long"}
    what = reasons.get(possible, "does not exist")
    return refused(written, _WANTED, _COMPARE, f"a number like this {what} in the country with +{country}")
