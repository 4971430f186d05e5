"""Names and other short texts of a school's details, and the error for a value that cannot be used."""

import re
import unicodedata
from typing import Any

from parentguide.errors import InvalidValueError
from parentguide.infra.toml import printable

LONGEST_TEXT = 120
_JOINERS = "\u200c\u200d"
# Letters without case, marks, emoji and the tones of skin.
_JOINED = frozenset({"Lo", "Mn", "Mc", "So", "Sk"})
# A black flag and the tags of a region, such as that of Wales.
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f")


def parse_text(written: str) -> str:
    """A name or role on one line, in NFC. Format characters such as bidi overrides are removed: they
    could reverse the order of what a reader sees. Those that are part of a word or an emoji stay."""
    value = unicodedata.normalize("NFC", _without_stray_format_characters(written)).strip()
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


def _without_stray_format_characters(written: str) -> str:
    """The text with no format characters but joiners between letters of a script without capitals, such as
    Persian or Sinhala, or between emoji, and the tags of an emoji flag (UTS #51, annex C)."""
    kept: list[str] = []
    start = 0
    for found in _FLAG.finditer(written):
        kept += _with_joiners(written[start : found.start()]), found[0]
        start = found.end()
    return "".join([*kept, _with_joiners(written[start:])])


def _with_joiners(written: str) -> str:
    """The text with no format characters but joiners between two characters that they can join."""
    shown = [char for char in written if char in _JOINERS or unicodedata.category(char) != "Cf"]
    return "".join(
        char
        for index, char in enumerate(shown)
        if char not in _JOINERS
        or (
            0 < index < len(shown) - 1
            and unicodedata.category(shown[index - 1]) in _JOINED
            and unicodedata.category(shown[index + 1]) in _JOINED
        )
    )


def refused(written: Any, wanted: str, remedy: str, reason: str = "") -> InvalidValueError:
    """The error for a value that is not ``wanted``, such as “a date”; ``reason`` says why not."""
    because = f": {reason}" if reason else ""
    return InvalidValueError(f"“{printable(written)}” is not {wanted}{because}", remedy)
