"""The form of the school's details: what was typed, what is wrong with it, and the file that it makes.

Pure: nothing here reads or writes files. The boxes are derived from
:mod:`parentguide.schools.description`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from parentguide.errors import InvalidValueError, Loc, Problem, SchoolFileError
from parentguide.infra.json_text import parse_json
from parentguide.infra.structure import structure
from parentguide.infra.toml import parse_toml
from parentguide.schools import description
from parentguide.schools.description import DETAILS, Detail, Group, SchoolFile
from parentguide.schools.entry_identity import EntryChange, entry_ids
from parentguide.schools.field_types import LOCAL_AUTHORITY
from parentguide.schools.school_file import with_new_keys
from parentguide.schools.school_text import Values, new_school_text, revised_school_text

# The boxes on the page of the sheets, not on that of the school.
ON_SHEETS = ("first_leaf_only", "a5_handout")
# Kinds of value without a box: the logo is a file, languages and formats have a page of their own,
# and the languages of a contact stay as the file has them.
_WITHOUT_BOX = ("file", "words")
# What a box to tick sends, by the kind of value.
_TICKED = {"flag": "yes", "kind": LOCAL_AUTHORITY}
_WAYS = ("phone", "website", "email", "address")


@dataclass(frozen=True, slots=True)
class FormField:
    """One box. ``name`` is its id, ``loc`` the place of its value in ``school.toml``, ``kind`` the sort
    of value (:class:`~parentguide.infra.structure.Parsed`). ``ticked`` is what a box to tick sends; it is
    empty for a box to write in."""

    name: str
    label: str
    kind: str
    loc: Loc
    hint: str = ""
    autocomplete: str = "off"
    ticked: str = ""


Row: TypeAlias = tuple[FormField, ...]


def _box(detail: Detail, name: str, loc: Loc) -> FormField:
    words = detail.wording
    kind = detail.parsed.kind
    return FormField(name, words.label, kind, loc, words.hint, words.autocomplete, _TICKED.get(kind, ""))


def _rows(group: Group, prefix: str) -> tuple[Row, ...]:
    return tuple(
        tuple(
            _box(detail, f"{prefix}-{number + 1}-{detail.key}", (group.key, number, detail.key))
            for detail in group.details
            if detail.parsed.kind not in _WITHOUT_BOX
        )
        for number in range(group.most)
    )


WHOLE: Row = tuple(
    _box(detail, detail.key, (detail.key,)) for detail in DETAILS if detail.parsed.kind not in _WITHOUT_BOX
)
TEAM = _rows(description.TEAM, "team")
LOCAL = _rows(description.LOCAL, "local")
FIELDS: Row = (*WHOLE, *(box for row in (*TEAM, *LOCAL) for box in row))
_ROWS = {description.TEAM.key: TEAM, description.LOCAL.key: LOCAL}


def was_name(row: Row) -> str:
    """The name of the hidden field that says which entry of the file a row of boxes showed."""
    return f"{row[0].name.rpartition('-')[0]}-was"


@dataclass(frozen=True, slots=True)
class SchoolFormData:
    """What somebody typed, by box. ``before`` is the text of the file that the form was made from;
    empty where there is none. ``usual`` are the tags of the school's usual languages."""

    values: Mapping[str, str]
    logo: str = ""
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    before: str = ""
    usual: tuple[str, ...] = ()

    def get(self, name: str) -> str:
        """What was typed into the box ``name``."""
        return self.values.get(name, "")

    def is_empty(self, row: Row) -> bool:
        """Whether nothing was typed into a row of boxes. A tick alone says nothing of anybody."""
        return not any(self.get(box.name) for box in row if not box.ticked)

    def text(self) -> str:
        """``school.toml``: the file as it was with what was typed, or a new one."""
        values = self._values()
        return revised_school_text(self.before, values) if self.before else new_school_text(values)

    def _values(self) -> Values:
        return {
            **{str(box.loc[0]): self.get(box.name) for box in WHOLE},
            "logo": self.logo,
            "languages": self.languages,
            "formats": self.formats,
            "usual_languages": self.usual,
            **{key: [self._change(row) for row in rows] for key, rows in _ROWS.items()},
        }

    def was(self) -> dict[str, str]:
        """The hidden fields: which entry of the file each row of boxes shows."""
        return {name: self.get(name) for row in (*TEAM, *LOCAL) if (name := was_name(row)) in self.values}

    def _change(self, row: Row) -> EntryChange | dict[str, str] | None:
        entry = None if self.is_empty(row) else {str(box.loc[-1]): self.get(box.name) for box in row}
        return EntryChange(self.get(was_name(row)), entry) if was_name(row) in self.values else entry

    def as_json(self) -> str:
        """The boxes as JSON, to keep as a draft."""
        return json.dumps(dict(self.values), ensure_ascii=False, indent=1)


def form_data_of(text: str, path: Path | None = None) -> SchoolFormData:
    """The form filled in with the text of a ``school.toml``. Raises :class:`SchoolFileError`."""
    table = with_new_keys(parse_toml(text, path, SchoolFileError))
    values = {box.name: _shown(box, table) for box in WHOLE}
    for key, rows in _ROWS.items():
        values |= dict.fromkeys(map(was_name, rows), "")
        entries = _entries(table, key)
        for row, entry, was in zip(rows, entries, entry_ids(entries), strict=False):
            values |= {box.name: _shown(box, entry) for box in row}
            values[was_name(row)] = was
    words = {key: _words(table, key) for key in ("languages", "formats", "usual_languages")}
    return SchoolFormData(
        values,
        str(table.get("logo", "")),
        words["languages"],
        words["formats"],
        text,
        words["usual_languages"],
    )


def _shown(box: FormField, table: Mapping[str, Any]) -> str:
    """What a box shows of a value that has not been checked yet."""
    value = table.get(str(box.loc[-1]), "")
    if box.kind == "flag":
        return box.ticked if str(value).strip().casefold() in ("true", "yes") else ""
    return str(value)


def _entries(table: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    """The entries of a list that are tables. The file has not been checked yet."""
    found = table.get(key, [])
    found = [found] if isinstance(found, Mapping) else found
    return [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []


def _words(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The tags or names of a list, as they are written where they cannot be used."""
    found = table.get(key, ())
    (detail,) = (detail for detail in DETAILS if detail.key == key)
    try:
        return tuple(detail.parsed.parse(found))
    except InvalidValueError:
        return tuple(map(str, found)) if isinstance(found, list) else (str(found),)


def form_data_of_json(text: str) -> dict[str, str]:
    """The boxes of a draft; none for a text that cannot be read."""
    try:
        table = parse_json(text)
        return {box.name: str(table[box.name]) for box in FIELDS if box.name in table}
    except (ValueError, TypeError):
        return {}


def problems(entered: SchoolFormData) -> dict[str, str]:
    """What cannot be used, by the name of the box, with what to do."""
    try:
        structure(with_new_keys(parse_toml(entered.text(), None)), SchoolFile, error=SchoolFileError)
    except SchoolFileError as error:
        return dict(box for problem in error.problems for box in _at_boxes(problem, entered))
    return {}


def _at_boxes(problem: Problem, entered: SchoolFormData) -> Iterator[tuple[str, str]]:
    """A problem of the file, as pairs of a box's name and a sentence."""
    key, *rest = problem.loc or ("name",)
    rows = _ROWS.get(str(key))
    if rows is None or not rest:
        yield str(key), problem.sentence
        return
    # Empty rows are not in the file, so entries and rows may have different positions.
    row = [row for row in rows if not entered.is_empty(row)][int(rest[0])]
    box = next((box for box in row if box.loc[-1] == rest[-1]), None)
    if box is not None:
        yield box.name, problem.sentence
    elif not entered.get(row[0].name):
        yield row[0].name, "Write who this is."
    elif not any(entered.get(box.name) for box in row if box.loc[-1] in _WAYS):
        yield row[1].name, "Write a phone number, website, email or address."
    else:
        yield next(box.name for box in row if box.kind == "kind"), problem.sentence


def labels() -> dict[str, str]:
    """The full name of each box, for the list of problems."""
    whole = {box.name: box.label for box in WHOLE}
    in_rows = {
        box.name: f"{group.wording.label} {number}: {box.label.lower()}"
        for group, rows in ((description.TEAM, TEAM), (description.LOCAL, LOCAL))
        for number, row in enumerate(rows, 1)
        for box in row
    }
    return {**whole, **in_rows, "logo": "Logo"}


def without(entered: SchoolFormData, before: SchoolFormData, wrong: Mapping[str, str]) -> dict[str, str]:
    """The boxes of ``entered``, with those of ``before`` where a box is ``wrong``. An entry of “help near
    you” with a mistake is replaced whole, because each of its boxes depends on the others."""
    names = {name for name in wrong if name in entered.values}
    for row in LOCAL:
        if any(box.name in names for box in row):
            names |= {box.name for box in row} | {was_name(row)}
    return {name: before.get(name) if name in names else value for name, value in entered.values.items()}


def rows_of(entered: SchoolFormData, saved: SchoolFormData) -> dict[str, str]:
    """The hidden fields of the form ``entered`` after ``saved`` was made from it: which entry each row of
    boxes is. The file has no empty rows, so a row may be another place in it."""
    found: dict[str, str] = {}
    for rows in _ROWS.values():
        filled = [row for row in rows if not entered.is_empty(row)]
        found |= {was_name(row): "" for row in rows}
        found |= {was_name(row): saved.get(was_name(place)) for row, place in zip(filled, rows, strict=False)}
    return found
