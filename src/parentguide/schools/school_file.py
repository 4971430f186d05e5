"""``school.toml`` -> :class:`~parentguide.model.school.School`. Everything in the file is optional.

What the file says is only text: renderers escape it. Pictures are recognised by their bytes, not
by their names.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from parentguide.errors import InvalidValueError, ParentguideError, Problem, SchoolFileError
from parentguide.infra.files import read_bytes, read_text
from parentguide.infra.structure import structure
from parentguide.infra.toml import parse_toml, printable
from parentguide.model.contact import FieldValue
from parentguide.model.school import LocalContact, Logo, Person, School
from parentguide.schools.description import OLD_KEYS, LocalEntry, PersonEntry, SchoolFile
from parentguide.schools.logo import read_logo
from parentguide.schools.texts import parse_text


def parse_school(
    text: str, path: Path | None = None, read_file: Callable[[str], bytes] | None = None
) -> School:
    """The text of ``school.toml`` -> the school.

    ``read_file`` gives the bytes of the logo that the file names. Raises :class:`SchoolFileError`
    with every mistake, each with its place.
    """
    return school_from(parse_toml(text, path, SchoolFileError), path, read_file)


def school_from(
    table: Mapping[str, Any], path: Path | None = None, read_file: Callable[[str], bytes] | None = None
) -> School:
    """The same from a table that is read already."""
    problems: list[Problem] = []
    entered, logo = SchoolFile(), None
    try:
        entered = structure(with_new_keys(table), SchoolFile, path, SchoolFileError)
    except SchoolFileError as error:
        problems += error.problems
    try:
        logo = _logo(table, read_file)
    except SchoolFileError as error:
        problems += error.at(path).problems
    if problems:
        raise SchoolFileError.of(problems)
    return _school(entered, logo)


def with_new_keys(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table with the present names of keys that earlier versions named otherwise."""
    renamed = {old: new for old, new in OLD_KEYS.items() if old in table and new not in table}
    return {renamed.get(key, key): value for key, value in table.items()} if renamed else table


def _school(entered: SchoolFile, logo: Logo | None) -> School:
    local = sorted(map(_local, entered.local_contacts), key=lambda contact: not contact.is_authority)
    return School(
        name=entered.name,
        website=entered.website,
        guides=entered.guides,
        team=tuple(map(_person, entered.team)),
        local_contacts=tuple(local),
        logo=logo,
        languages=entered.languages,
        usual_languages=entered.usual_languages,
        formats=entered.formats,
        colour=entered.colour,
        policy=entered.policy,
        dated=entered.date,
        headteacher=entered.headteacher,
        new_training=entered.new_training,
        policy_updated=entered.policy_updated,
        report_remove=entered.report_remove,
        first_leaf_only=entered.first_leaf_only,
        a5_handout=entered.a5_handout,
    )


def _person(entry: PersonEntry) -> Person:
    return Person(entry.name, entry.role, entry.phone, entry.email)


def _local(entry: LocalEntry) -> LocalContact:
    place = FieldValue("text", entry.address) if entry.address else None
    ways = (entry.phone, entry.website, entry.email, place)
    values = tuple(value for value in ways if value is not None)
    return LocalContact(entry.name, values, entry.languages, bool(entry.kind), entry.out_of_hours)


def _logo(table: Mapping[str, Any], read_file: Callable[[str], bytes] | None) -> Logo | None:
    name = table.get("logo", "")
    if read_file is None or not isinstance(name, str) or not name.strip():
        return None
    try:
        data = read_file(name.strip())
    except (OSError, ValueError, ParentguideError):
        raise SchoolFileError(
            f"“{printable(name)}” cannot be read",
            loc=("logo",),
            remedy="Put the picture beside school.toml and write its name.",
        ) from None
    return read_logo(data, _alternative(table))


def _alternative(table: Mapping[str, Any]) -> str:
    """What the logo says to those who cannot see it: the school's name, empty where that cannot be used."""
    name = table.get("name", "")
    try:
        return parse_text(name) if isinstance(name, str) else ""
    except InvalidValueError:
        return ""


def read_school(path: Path) -> School:
    """The school of the file ``path``; pictures are read from its folder only.

    Raises :class:`SchoolFileError`, or :class:`~parentguide.errors.ProjectError` for a file that
    cannot be read.
    """
    return parse_school(read_text(path), path, file_reader_beside(path))


def file_reader_beside(path: Path) -> Callable[[str], bytes]:
    """A function that reads files beside ``path`` by name. It raises :class:`ValueError` for a name
    that leads elsewhere."""
    folder = path.resolve().parent

    def read(name: str) -> bytes:
        target = (folder / name).resolve()
        if not target.is_relative_to(folder):
            raise ValueError(name)
        return read_bytes(target)

    return read
