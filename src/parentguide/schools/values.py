"""Values that schools and contacts give as text: phone numbers, addresses, dates, languages.

Each function takes what was written and raises :class:`~parentguide.errors.InvalidValueError`
where it cannot be used. A phone number keeps its printed form, group by group (ITU-T E.123); its
``tel:`` address (RFC 3966) is derived.
"""

import re
import unicodedata
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from parentguide.errors import InvalidValueError
from parentguide.infra.toml import printable
from parentguide.model.contact import FieldValue

LONGEST_TEXT = 120
# An address is printed in letters on a sheet, in three lines at most.
LONGEST_ADDRESS = 200
_SHORT_CODES = {"999", "101", "111", "112", "18000", "105", "119"}
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9.-]+)")
# language [- script] [- region], as BCP 47 writes them (RFC 5646, 2.1); case does not count there.
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}))?", re.IGNORECASE | re.ASCII)
# What a spreadsheet in the UK makes of 2026-11-24.
_UK_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_YEARS = range(2000, 2100)


def parse_phone(written: str) -> FieldValue:
    """A UK number as it is to be shown -> the field.

    Accepted: a short code (999, 101, …), or 8 to 11 digits that begin with 0, or the same with
    +44; in groups with single spaces.
    """
    shown = re.sub(r"\s+", " ", written.replace("\u00a0", " ")).strip()
    if not shown.isascii() or not re.fullmatch(r"\+?[0-9]+(?: [0-9]+)*", shown):
        raise _invalid(
            written,
            "phone number",
            "Write digits with single spaces between the groups, such as “01462 000000”.",
        )
    digits = shown.replace(" ", "")
    national = re.fullmatch(r"0[1-9]\d{6,9}|\+44[1-9]\d{6,9}", digits)
    if digits not in _SHORT_CODES and not national:
        raise _invalid(
            written, "UK phone number", "A UK number begins with 0 (or +44) and has 8 to 11 digits."
        )
    return FieldValue("phone", shown, f"tel:{digits}")


def parse_url(written: str) -> FieldValue:
    """A web address, with or without ``https://`` -> the field."""
    remedy = "Write a web address such as “www.example.sch.uk”."
    address = written.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _invalid(written, "web address", remedy) from None
    if parts.scheme not in ("https", "http"):
        raise _invalid(
            written, "web address", "Only addresses that begin with https:// or http:// are allowed."
        )
    host = (parts.hostname or "").lower()
    odd = re.search(r"[\s<>\"'`{}|\\^\x00-\x20\x7f-\x9f]", address) or not address.isascii()
    if odd or parts.username or parts.password or port is not None or not _HOST.fullmatch(host):
        raise _invalid(written, "web address", remedy)
    return _short_enough(FieldValue("url", re.sub(r"^https?://", "", address).rstrip("/"), address))


def parse_email(written: str) -> FieldValue:
    """An e-mail address -> the field."""
    address = written.strip()
    match = _EMAIL.fullmatch(address)
    if not match or not _HOST.fullmatch(match[1].lower()) or ".." in address:
        raise _invalid(written, "e-mail address", "Write an address such as “office@example.sch.uk”.")
    return _short_enough(FieldValue("url", address, f"mailto:{address}"))


def parse_text(written: str) -> str:
    """A name or role on one line, in NFC. Format characters such as bidi overrides are removed: they
    could reverse the order of what a reader sees."""
    seen = "".join(char for char in written if unicodedata.category(char) != "Cf")
    value = unicodedata.normalize("NFC", seen).strip()
    if any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in value):
        raise InvalidValueError("it contains a control character", "Type it again on one line.")
    if len(value) > LONGEST_TEXT:
        raise InvalidValueError(
            f"it has {len(value)} characters", f"Shorten it to {LONGEST_TEXT} characters at most."
        )
    return value


def parse_day(written: str | date) -> date:
    """A TOML date, or a text: ISO 8601, or day/month/year -> the day, in the years 2000 to 2099."""
    value = _day(parse_text(written)) if isinstance(written, str) else written
    if not isinstance(value, date) or isinstance(value, datetime) or value.year not in _YEARS:
        raise _invalid(written, "date", "Write year, month and day, such as 2026-11-24.")
    return value


def _day(written: str) -> date | None:
    uk = _UK_DAY.fullmatch(written)
    try:
        return date(int(uk[3]), int(uk[2]), int(uk[1])) if uk else date.fromisoformat(written)
    except ValueError:
        return None


def parse_language_tag(written: str) -> str:
    """A BCP 47 tag of a language that CLDR has a name for, in any case -> the tag in its usual case."""
    from babel import Locale

    match = _TAG.fullmatch(written)
    if match is None or match[1].lower() not in Locale("en").languages:
        raise _invalid(
            written, "language code", "Write it as “parentguide status” lists them: pl, ur, pa-Guru."
        )
    language, script, region = (part or "" for part in match.groups())
    return "-".join(part for part in (language.lower(), script.title(), region.upper()) if part)


def _short_enough(value: FieldValue) -> FieldValue:
    if len(value.href) > LONGEST_ADDRESS:
        raise InvalidValueError(
            f"it has {len(value.href)} characters",
            f"Give an address of {LONGEST_ADDRESS} characters at most: it is printed in letters.",
        )
    return value


def _invalid(written: Any, wanted: str, remedy: str) -> InvalidValueError:
    article = "an" if wanted[0] in "aeiou" and not wanted.startswith("UK") else "a"
    return InvalidValueError(f"“{printable(written)}” is not {article} {wanted}", remedy)
