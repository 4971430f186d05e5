"""The form of the school's details: what was entered, what is wrong with it, and the file it makes.

Pure: nothing here reads or writes.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parentguide.errors import SchoolFileError
from parentguide.infra.toml import toml_value
from parentguide.model.contact import FieldValue
from parentguide.schools.school_file import MAX_LOCAL, MAX_TEAM, parse_school
from parentguide.schools.school_files import school_text
from parentguide.schools.values import parse_email, parse_phone, parse_url


@dataclass(frozen=True, slots=True)
class FormField:
    """One box: ``kind`` says what may stand in it, ``key`` where it goes in ``school.toml``."""

    name: str
    label: str
    kind: str = "text"
    key: str = ""
    hint: str = ""
    autocomplete: str = "off"


WHOLE = (
    FormField("name", "The school's name", key="name", autocomplete="organization"),
    FormField("website", "The school's website", "link", "website", "Such as www.example.sch.uk"),
    FormField(
        "guides",
        "The address that you will copy the guides to",
        "link",
        "guides",
        "Such as www.example.sch.uk/guides. The sheets then have a QR code that leads there.",
    ),
    FormField("policy", "The address of your Safeguarding Policy", "link", "policy"),
    FormField("colour", "Your colour", "own", "colour", "Such as #0f4a4f: for headings and links."),
    FormField("date", "The date of this edition", "own", "date", "Such as 2026-11-24. Shown at the foot."),
)
_PERSON = (
    ("name", "Name", "text"),
    ("role", "Role", "text"),
    ("phone", "Phone", "phone"),
    ("email", "Email", "email"),
)
_LOCAL = (("name", "Name", "text"), ("phone", "Phone", "phone"), ("website", "Website", "link"))


def _rows(table: str, keys: tuple[tuple[str, str, str], ...], most: int) -> tuple[tuple[FormField, ...], ...]:
    return tuple(
        tuple(FormField(f"{table}-{number}-{key}", label, kind, key) for key, label, kind in keys)
        for number in range(1, most + 1)
    )


TEAM = _rows("team", _PERSON, MAX_TEAM)
LOCAL = _rows("local", _LOCAL, MAX_LOCAL)
FIELDS: tuple[FormField, ...] = (*WHOLE, *(f for row in (*TEAM, *LOCAL) for f in row))
_READERS: Mapping[str, Callable[[str], FieldValue]] = {
    "link": parse_url,
    "phone": parse_phone,
    "email": parse_email,
}


@dataclass(frozen=True, slots=True)
class SchoolFormData:
    """What somebody typed, by field; the rest stands in the file already."""

    values: Mapping[str, str]
    logo: str = ""
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    # What the form does not ask for, of each local contact: the languages it speaks, and its kind.
    more: tuple[Mapping[str, str | list[str]], ...] = ()

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def rows(self, rows: tuple[tuple[FormField, ...], ...]) -> tuple[dict[str, str], ...]:
        """What was entered in some rows, by key; rows with nothing in them left out."""
        filled = ({f.key: self.get(f.name) for f in row if self.get(f.name)} for row in rows)
        return tuple(row for row in filled if row)

    def text(self) -> str:
        """``school.toml``."""
        plain = {f.key: self.get(f.name) for f in WHOLE if f.key != "name"} | {"logo": self.logo}
        return school_text(
            self.get("name"),
            plain,
            self.rows(TEAM),
            self.local(),
            languages=self.languages,
            formats=self.formats,
        )

    def local(self) -> tuple[Mapping[str, str | list[str]], ...]:
        """The local contacts, each with what stands of it in the file beside what the form asks for."""
        known = {str(entry.get("name")): entry for entry in self.more}
        return tuple(
            {**row, **{k: v for k, v in known.get(row.get("name", ""), {}).items() if k not in row}}
            for row in self.rows(LOCAL)
        )

    def as_json(self) -> str:
        return json.dumps(dict(self.values), ensure_ascii=False, indent=1)


def form_data_of(table: Mapping[str, Any]) -> SchoolFormData:
    """The form filled in with a ``school.toml`` that was read."""
    values = {f.name: str(table.get(f.key, "")) for f in WHOLE}
    local = table.get("local_contacts", [])
    for rows, key in ((TEAM, "team"), (LOCAL, "local_contacts")):
        entries = table.get(key, [])
        entries = [entries] if isinstance(entries, dict) else entries
        for row, entry in zip(rows, entries, strict=False):
            values |= {f.name: str(entry.get(f.key, "")) for f in row}
    return SchoolFormData(
        values,
        str(table.get("logo", "")),
        tuple(table.get("languages", ())),
        tuple(table.get("formats", table.get("editions", ()))),
        tuple(
            {key: entry[key] for key in ("name", "languages", "kind") if key in entry}
            for entry in ([local] if isinstance(local, dict) else local)
        ),
    )


def form_data_of_json(text: str) -> dict[str, str]:
    """The fields of a kept draft; nothing where it cannot be read."""
    try:
        table = json.loads(text)
        return {f.name: str(table[f.name]) for f in FIELDS if f.name in table}
    except (ValueError, TypeError):
        return {}


def problems(entered: SchoolFormData) -> dict[str, str]:
    """What cannot be used, by field, with what to do."""
    found = {f.name: problem for f in FIELDS if (problem := _problem(f, entered.get(f.name)))}
    for row in LOCAL:
        found |= dict(_incomplete(row, entered, found))
    return found


def _problem(box: FormField, value: str) -> str:
    if not value:
        return ""
    try:
        reader = _READERS.get(box.kind)
        if reader is not None:
            reader(value)
        elif box.kind == "own":
            # What only the school's file has is read as the file is.
            parse_school(f"{box.key} = {toml_value(value)}")
        else:
            parse_school(f"name = {toml_value(value)}")
    except ValueError as error:
        return str(error)
    except SchoolFileError as error:
        key = box.key if box.kind == "own" else "name"
        return f"This {error.problem.removeprefix(key).lstrip(' :')}. {error.remedy}"
    return ""


def _incomplete(
    row: tuple[FormField, ...], entered: SchoolFormData, found: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Help near the school needs a name, and a way to reach it."""
    name, number, website = row
    reached = entered.get(number.name) or entered.get(website.name)
    if reached and not entered.get(name.name):
        yield name.name, "Write who this is."
    if entered.get(name.name) and not reached and number.name not in found:
        yield number.name, "Write a phone number, or a website beside it."


def labels() -> dict[str, str]:
    """Each field's name with what it is called in full, for the list of problems."""
    whole = {f.name: f.label for f in WHOLE}
    team = {f.name: f"Person {n}: {f.label.lower()}" for n, row in enumerate(TEAM, 1) for f in row}
    local = {f.name: f"Help near you {n}: {f.label.lower()}" for n, row in enumerate(LOCAL, 1) for f in row}
    return {**whole, **team, **local, "logo": "Logo"}
