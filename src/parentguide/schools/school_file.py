"""``school.toml``: what a school says of itself. Everything in it is optional.

Whatever stands in it is only text: formats escape it. Pictures are recognised by
their bytes, not by their names.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from parentguide.errors import ProjectError, SchoolFileError
from parentguide.infra.toml import parse_toml, printable, refuse_unknown
from parentguide.model.contact import FieldValue
from parentguide.model.school import Colour, LocalContact, Logo, Person, School
from parentguide.schools.accent import accent
from parentguide.schools.logo import read_logo
from parentguide.schools.values import field_or_error

_SCHOOL_KEYS = {"name", "website", "guides", "team", "logo", "local_contacts", "languages", "formats", "editions"} | {
    "colour", "policy", "date",
}  # fmt: skip
_PERSON_KEYS = {"name", "role", "phone", "email"}
_LOCAL_KEYS = {"name", "phone", "website", "languages", "kind"}
LOCAL_AUTHORITY = "local_authority"
_LONGEST_TEXT = 120
# An address must stand on a sheet in letters, in three lines at the most.
LONGEST_ADDRESS = 200
MAX_TEAM = 4
MAX_LOCAL = 4
# language [- script] [- region], as BCP 47 writes them (RFC 5646, 2.1); case does not count there.
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}))?", re.IGNORECASE | re.ASCII)
# As a spreadsheet in the UK makes of 2026-11-24.
_UK_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_YEARS = range(2000, 2100)


def parse_school(
    text: str, path: Path | None = None, read_file: Callable[[str], bytes] | None = None
) -> School:
    """The text of ``school.toml`` -> the school.

    ``read_file`` gives the bytes of the logo it names. Raises
    :class:`SchoolFileError` naming the key and the remedy.
    """
    return school_from(parse_toml(text, path, SchoolFileError), path, read_file)


def school_from(
    table: Mapping[str, Any], path: Path | None = None, read_file: Callable[[str], bytes] | None = None
) -> School:
    """The same from a table that is read already."""
    refuse_unknown(table, _SCHOOL_KEYS, path, "school.toml", SchoolFileError)
    reader = _Reader(path)
    local = [
        reader.local(entry, f"local_contacts, entry {number}")
        for number, entry in enumerate(reader.tables(table, "local_contacts", MAX_LOCAL), 1)
    ]
    return School(
        name=reader.text(table, "name", "name"),
        website=reader.field(table, "website", "link", "website"),
        guides=reader.field(table, "guides", "link", "guides"),
        team=tuple(
            reader.person(entry, f"team, person {number}")
            for number, entry in enumerate(reader.tables(table, "team", MAX_TEAM), 1)
        ),
        local_contacts=tuple(sorted(local, key=lambda contact: not contact.is_authority)),
        logo=reader.logo(table, read_file),
        languages=reader.words(table, "languages", "languages"),
        formats=reader.words(table, "formats", "formats") or reader.words(table, "editions", "editions"),
        colour=reader.colour(table),
        policy=reader.field(table, "policy", "link", "policy"),
        dated=reader.day(table),
    )


class _Reader:
    """Reads values of one file; knows its path for the messages."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def _error(self, problem: str, remedy: str) -> SchoolFileError:
        return SchoolFileError(problem, path=self._path, remedy=remedy)

    def text(self, table: Mapping[str, Any], key: str, where: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            raise self._error(f"{where} is {value!r}", "Put the value in quotation marks.")
        # Bidi overrides and other hidden marks (category Cf) could turn what a reader sees round.
        seen = "".join(char for char in value if unicodedata.category(char) != "Cf")
        value = unicodedata.normalize("NFC", seen).strip()
        if any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in value):
            raise self._error(f"{where} holds a control character", "Type it again on one line.")
        if len(value) > _LONGEST_TEXT:
            raise self._error(
                f"{where} has {len(value)} characters", f"Shorten it to {_LONGEST_TEXT} at the most."
            )
        return value

    def words(self, table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        """A list of tags or names; whether they exist is known when something is built of them."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise self._error(f"{where} is {value!r}", f'Write a list, such as {key} = ["pl", "ur"].')
        return tuple(dict.fromkeys(word[:_LONGEST_TEXT] for word in value))

    def spoken(self, table: Mapping[str, Any], where: str) -> tuple[str, ...]:
        """Tags of languages that CLDR has a name for: more than there are guides in."""
        return tuple(dict.fromkeys(self._tag(word, where) for word in self.words(table, "languages", where)))

    def _tag(self, word: str, where: str) -> str:
        from babel import Locale

        match = _TAG.fullmatch(word)
        if match is None or match[1].lower() not in Locale("en").languages:
            raise self._error(
                f"{where}: “{printable(word)}” is no tag of a language",
                "Write it as “parentguide status” lists them: pl, ur, pa-Guru.",
            )
        language, script, region = (part or "" for part in match.groups())
        return "-".join(part for part in (language.lower(), script.title(), region.upper()) if part)

    def field(self, table: Mapping[str, Any], key: str, convert: str, where: str) -> FieldValue | None:
        if key not in table or table[key] == "":
            return None
        value = field_or_error(convert, table[key], where, self._path, SchoolFileError)
        if len(value.href) > LONGEST_ADDRESS:
            raise self._error(
                f"{where} has {len(value.href)} characters",
                f"Give an address of {LONGEST_ADDRESS} at the most: it is printed in letters.",
            )
        return value

    def colour(self, table: Mapping[str, Any]) -> Colour | None:
        written = self.text(table, "colour", "colour")
        if not written:
            return None
        try:
            return accent(written)
        except ValueError as problem:
            raise self._error(f"colour: “{written}” cannot be used", str(problem)) from None

    def day(self, table: Mapping[str, Any]) -> date | None:
        """A date of TOML, or a text: ISO 8601, or day/month/year."""
        value = table.get("date", "")
        if isinstance(value, str):
            if not value.strip():
                return None
            value = _day(self.text(table, "date", "date"))
        if not isinstance(value, date) or isinstance(value, datetime) or value.year not in _YEARS:
            raise self._error(
                f"date: “{printable(table['date'])}” cannot be used",
                "Write year, month and day, such as 2026-11-24.",
            )
        return value

    def tables(self, table: Mapping[str, Any], key: str, most: int) -> list[dict[str, Any]]:
        entries = table.get(key, [])
        if isinstance(entries, dict):
            entries = [entries]
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self._error(f"{key} is no list of tables", f"Begin each entry with [[{key}]].")
        if len(entries) > most:
            raise self._error(
                f"{key} has {len(entries)} entries", f"Keep {most} at the most: the sheet has two sides."
            )
        return entries

    def person(self, entry: dict[str, Any], where: str) -> Person:
        refuse_unknown(entry, _PERSON_KEYS, self._path, where, SchoolFileError)
        person = Person(
            name=self.text(entry, "name", f"{where}: name"),
            role=self.text(entry, "role", f"{where}: role"),
            phone=self.field(entry, "phone", "phone", f"{where}: phone"),
            email=self.field(entry, "email", "email", f"{where}: email"),
        )
        if person == Person():
            raise self._error(f"{where} is empty", "Give a name, role, phone or email, or delete it.")
        return person

    def local(self, entry: dict[str, Any], where: str) -> LocalContact:
        refuse_unknown(entry, _LOCAL_KEYS, self._path, where, SchoolFileError)
        name = self.text(entry, "name", f"{where}: name")
        kind = self.text(entry, "kind", f"{where}: kind")
        if kind not in ("", LOCAL_AUTHORITY):
            raise self._error(
                f"{where}: kind is “{kind}”", f'Write kind = "{LOCAL_AUTHORITY}", or leave it out.'
            )
        website = self.field(entry, "website", "link", f"{where}: website")
        value = self.field(entry, "phone", "phone", f"{where}: phone") or website
        if not name or value is None:
            raise self._error(
                f"{where} needs a name, and a phone or a website", "Add what is missing, or delete it."
            )
        return LocalContact(name, value, self.spoken(entry, f"{where}: languages"), bool(kind))

    def logo(self, table: Mapping[str, Any], read_file: Callable[[str], bytes] | None) -> Logo | None:
        name = self.text(table, "logo", "logo")
        if not name or read_file is None:
            return None
        try:
            data = read_file(name)
        except (OSError, ValueError, ProjectError):
            raise self._error(
                f"logo: “{name}” cannot be read", "Put the picture beside school.toml and write its name."
            ) from None
        try:
            return read_logo(data, name, self.text(table, "name", "name"))
        except SchoolFileError as error:
            error.path = self._path
            raise


def _day(written: str) -> date | None:
    """The day of a text; None for one that says none."""
    uk = _UK_DAY.fullmatch(written)
    try:
        return date(int(uk[3]), int(uk[2]), int(uk[1])) if uk else date.fromisoformat(written)
    except ValueError:
        return None
