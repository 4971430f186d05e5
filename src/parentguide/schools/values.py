"""Phone numbers, addresses and links: reading, checking, and the fields they fill.

A number has one printed form, group by group, kept in one data file; its ``href``
is derived. ITU-T E.123 has the spacing, RFC 3966 the ``tel:`` address.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from parentguide.errors import ParentguideError
from parentguide.infra.toml import printable
from parentguide.model.contact import FieldValue

_SHORT_CODES = {"999", "101", "111", "112", "18000", "105", "119"}


_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9.-]+)")


def parse_phone(written: str) -> FieldValue:
    """A UK number as it is to be shown -> the field. Raises :class:`ValueError` with a remedy.

    Accepted: a short code (999, 101, …), or 10 or 11 digits that begin with 0, or the
    same with +44; in groups with single spaces.
    """
    shown = re.sub(r"\s+", " ", written.replace("\u00a0", " ")).strip()
    if not shown.isascii() or not re.fullmatch(r"\+?[0-9]+(?: [0-9]+)*", shown):
        raise ValueError("Write digits with single spaces between the groups, such as “01462 000000”.")
    digits = shown.replace(" ", "")
    national = re.fullmatch(r"0[1-9]\d{6,9}|\+44[1-9]\d{6,9}", digits)
    if digits not in _SHORT_CODES and not national:
        raise ValueError("A UK number begins with 0 (or +44) and has 8 to 11 digits.")
    return FieldValue("phone", shown, f"tel:{digits}")


def parse_url(written: str) -> FieldValue:
    """A web address, with or without ``https://`` -> the field. Raises :class:`ValueError`."""
    address = written.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ValueError("Write a web address such as “www.example.sch.uk”.") from None
    if parts.scheme not in ("https", "http"):
        raise ValueError("Only web addresses that begin with https:// or http:// are allowed.")
    host = (parts.hostname or "").lower()
    odd = re.search(r"[\s<>\"'`{}|\\^\x00-\x20\x7f-\x9f]", address) or not address.isascii()
    if odd or parts.username or parts.password or port is not None or not _HOST.fullmatch(host):
        raise ValueError("Write a web address such as “www.example.sch.uk”.")
    shown = re.sub(r"^https?://", "", address).rstrip("/")
    return FieldValue("url", shown, address)


def parse_email(written: str) -> FieldValue:
    """An e-mail address -> the field. Raises :class:`ValueError`."""
    address = written.strip()
    match = _EMAIL.fullmatch(address)
    if not match or not _HOST.fullmatch(match[1].lower()) or ".." in address:
        raise ValueError("Write an address such as “office@example.sch.uk”.")
    return FieldValue("url", address, f"mailto:{address}")


def field_or_error(
    convert: str, written: object, where: str, path: Path | None, error: type[ParentguideError]
) -> FieldValue:
    """``written`` as a phone, link or email, or ``error`` with key and remedy."""
    if not isinstance(written, str):
        raise error(f"{where} is {written!r}", path=path, remedy="Put the value in quotation marks.")
    try:
        return {"phone": parse_phone, "link": parse_url, "email": parse_email}[convert](written)
    except ValueError as problem:
        raise error(
            f"{where}: “{printable(written)}” cannot be used", path=path, remedy=str(problem)
        ) from None
