"""``contacts.toml``: national helplines."""

import re
from datetime import date
from pathlib import Path

from parentguide.errors import SourceError
from parentguide.infra.toml import parse_toml, refuse_unknown, require
from parentguide.model.contact import Contact, FieldValue
from parentguide.schools.values import parse_phone, parse_url

_KEYS = {"who", "kind", "shown", "href", "source", "verified_on"}


STALE_AFTER_DAYS = 366


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
            return parse_phone(shown)
        return FieldValue("url", shown, parse_url(href or shown).href)
    except ValueError as problem:
        raise SourceError(f"{where}: “{shown}” cannot be used", path=path, remedy=str(problem)) from None


def stale_contacts(contacts: tuple[Contact, ...], today: date) -> tuple[Contact, ...]:
    """Contacts that were last verified more than twelve months before ``today``."""
    return tuple(c for c in contacts if (today - c.verified_on).days > STALE_AFTER_DAYS)
