"""Phone numbers, addresses and links: reading, checking, and the fields they fill.

A number has one printed form, group by group, kept in one data file; its ``href``
is derived. ITU-T E.123 has the spacing, RFC 3966 the ``tel:`` address.
"""

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from parentguide.errors import ParentguideError, SourceError
from parentguide.model import Contact, FieldValue
from parentguide.tables import parse_toml, printable, refuse_unknown, require

_KEYS = {"who", "kind", "shown", "href", "source", "verified_on"}
_SHORT_CODES = {"999", "101", "111", "112", "18000", "105", "119"}
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9.-]+)")
STALE_AFTER_DAYS = 366


def phone(written: str) -> FieldValue:
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


def link(written: str) -> FieldValue:
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


def email(written: str) -> FieldValue:
    """An e-mail address -> the field. Raises :class:`ValueError`."""
    address = written.strip()
    match = _EMAIL.fullmatch(address)
    if not match or not _HOST.fullmatch(match[1].lower()) or ".." in address:
        raise ValueError("Write an address such as “office@example.sch.uk”.")
    return FieldValue("url", address, f"mailto:{address}")


def parse_contacts(text: str, path: Path | None = None) -> tuple[Contact, ...]:
    """``contacts.toml`` -> the contacts. Raises :class:`SourceError` with table and key."""
    contacts = []
    for name, table in parse_toml(text, path).items():
        where = f"[{name}]"
        if not isinstance(table, dict) or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise SourceError(
                f"{where} is no contact", path=path, remedy="Write [name] with small letters and _."
            )
        refuse_unknown(table, _KEYS, path, where)
        shown = require(table, "shown", str, path, where)
        kind = require(table, "kind", str, path, where)
        contacts.append(
            Contact(
                name=name,
                value=_value(kind, shown, str(table.get("href", "")), path, where),
                source=require(table, "source", str, path, where),
                verified_on=require(table, "verified_on", date, path, where),
            )
        )
    return tuple(contacts)


def _value(kind: str, shown: str, href: str, path: Path | None, where: str) -> FieldValue:
    if kind not in ("phone", "url"):
        raise SourceError(
            f"{where}: “kind” is {kind!r}", path=path, remedy='Write kind = "phone" or kind = "url".'
        )
    try:
        if kind == "phone":
            return phone(shown)
        return FieldValue("url", shown, link(href or shown).href)
    except ValueError as problem:
        raise SourceError(f"{where}: “{shown}” cannot be used", path=path, remedy=str(problem)) from None


def stale(contacts: tuple[Contact, ...], today: date) -> tuple[Contact, ...]:
    """Contacts that were last verified more than twelve months before ``today``."""
    return tuple(c for c in contacts if (today - c.verified_on).days > STALE_AFTER_DAYS)


def field_or_error(
    convert: str, written: object, where: str, path: Path | None, error: type[ParentguideError]
) -> FieldValue:
    """``written`` as a phone, link or email, or ``error`` with key and remedy."""
    if not isinstance(written, str):
        raise error(f"{where} is {written!r}", path=path, remedy="Put the value in quotation marks.")
    try:
        return {"phone": phone, "link": link, "email": email}[convert](written)
    except ValueError as problem:
        raise error(
            f"{where}: “{printable(written)}” cannot be used", path=path, remedy=str(problem)
        ) from None
