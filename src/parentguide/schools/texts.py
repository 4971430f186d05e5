"""Names and other short texts of a school's details, and the error for a value that cannot be used."""

import unicodedata
from typing import Any

from parentguide.errors import InvalidValueError
from parentguide.infra.toml import printable

LONGEST_TEXT = 120


def parse_text(written: str) -> str:
    """A name or role on one line, in NFC. Format characters such as bidi overrides are removed: they
    could reverse the order of what a reader sees."""
    value = unicodedata.normalize("NFC", without_format_characters(written)).strip()
    if any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in value):
        raise InvalidValueError("it contains a control character", "Type it again on one line.")
    if len(value) > LONGEST_TEXT:
        raise InvalidValueError(
            f"it has {len(value)} characters", f"Shorten it to {LONGEST_TEXT} characters at most."
        )
    return value


def without_format_characters(written: str) -> str:
    """The text without direction marks and zero-width characters, which come along when somebody copies
    a number or an address from a web page or an address book."""
    return "".join(char for char in written if unicodedata.category(char) != "Cf")


def refused(written: Any, wanted: str, remedy: str, reason: str = "") -> InvalidValueError:
    """The error for a value that is not ``wanted``, such as “a date”; ``reason`` says why not."""
    because = f": {reason}" if reason else ""
    return InvalidValueError(f"“{printable(written)}” is not {wanted}{because}", remedy)
