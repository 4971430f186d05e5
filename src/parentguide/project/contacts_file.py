"""``contacts.toml`` -> the national helplines. Guides use their names as placeholders."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from parentguide.errors import InvalidValueError, Problem, SourceError
from parentguide.infra.structure import structure
from parentguide.infra.toml import parse_toml
from parentguide.model.contact import Contact, FieldValue
from parentguide.schools.values import parse_helpline, parse_url

STALE_AFTER_DAYS = 366
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, kw_only=True)
class _ContactTable:
    """One table: readers see ``shown``; somebody checked it at ``source`` on ``verified_on``."""

    who: str = ""
    kind: Literal["phone", "url"]
    shown: str
    href: str = ""
    source: str
    verified_on: date

    def value(self) -> FieldValue:
        """The number or address. Raises :class:`InvalidValueError` if it cannot be used."""
        if self.kind == "phone":
            return parse_helpline(self.shown)
        return FieldValue("url", self.shown, parse_url(self.href or self.shown).href)


def parse_contacts(text: str, path: Path | None = None) -> tuple[Contact, ...]:
    """The file's text -> the contacts. Raises :class:`SourceError` with every mistake of the file."""
    tables = structure(parse_toml(text, path), dict[str, _ContactTable], path)
    problems, contacts = [], []
    for name, table in tables.items():
        if not _NAME.fullmatch(name):
            remedy = "Write [name] with small letters, digits and _."
            problems.append(Problem("is not a name that guides can use", remedy, (name,), path))
        try:
            value = table.value()
            contacts.append(Contact(name, value, table.source, table.verified_on, table.who))
        except InvalidValueError as error:
            problems.append(Problem(error.problem, error.remedy, (name, "shown"), path))
    if problems:
        raise SourceError.of(problems)
    return tuple(contacts)


def stale_contacts(contacts: tuple[Contact, ...], today: date) -> tuple[Contact, ...]:
    """Contacts that were last verified more than twelve months before ``today``."""
    return tuple(c for c in contacts if (today - c.verified_on).days > STALE_AFTER_DAYS)
