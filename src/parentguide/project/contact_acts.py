"""Changing ``contacts.toml``: somebody has checked a number or an address again."""

from datetime import date
from pathlib import Path

import tomlkit

from parentguide.errors import ProjectError
from parentguide.infra.files import read_text
from parentguide.infra.limited import limited
from parentguide.project.contacts_file import parse_contacts
from parentguide.project.project import Project
from parentguide.project.recorded import write_recorded


def mark_verified(project: Project, name: str, day: date) -> None:
    """Write ``day`` as the day on which the contact ``name`` was checked; all else in the file stays.

    Raises :class:`ProjectError` for a name that the file does not have, and
    :class:`~parentguide.errors.SourceError` for a file with a mistake; then nothing is written.
    """
    path = project.locales / "contacts.toml"
    contact = next((one for one in project.contacts if one.name == name), None)
    if contact is None:
        raise ProjectError(
            f"there is no contact “{name}”",
            path=path,
            remedy=f"Choose from: {', '.join(one.name for one in project.contacts)}.",
        )
    # tomlkit may need long for a large file, so it works in another process.
    text = limited(_with_day, read_text(path), name, day)
    parse_contacts(text, path)
    what = f"Check {contact.value.shown} ({contact.who or name})"
    write_recorded(project.root, what, {Path(path): text.encode("utf-8")})


def _with_day(text: str, name: str, day: date) -> str:
    document = tomlkit.parse(text)
    document[name]["verified_on"] = day
    return tomlkit.dumps(document)
