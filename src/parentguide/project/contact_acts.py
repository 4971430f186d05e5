"""Changing ``contacts.toml``: somebody has checked a number or an address again, or adds one."""

import re
from datetime import date
from pathlib import Path

import tomlkit

from parentguide.errors import InvalidValueError, Problem, ProjectError
from parentguide.infra.files import read_text
from parentguide.infra.limited import limited
from parentguide.project.block_ids import new_id
from parentguide.project.contacts_file import parse_contacts
from parentguide.project.project import Project
from parentguide.project.recorded import write_recorded
from parentguide.schools.values import parse_helpline, parse_url


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


def add_contact(project: Project, who: str, shown: str, source: str, day: date) -> str:
    """Add a number or an address that guides can use, checked at ``source`` on ``day``, and return its name.

    Raises :class:`ProjectError` with all that is missing or wrong, each with its field in ``loc``.
    """
    path = project.locales / "contacts.toml"
    name = new_id(who, {one.name.replace("_", "-") for one in project.contacts}).replace("-", "_")
    kind, href, problem = _kind_of(shown)
    problems = [
        Problem("is missing", remedy, (field,))
        for field, value, remedy in (
            ("who", who, "Write who answers there, such as “Council, social care”."),
            ("source", source, "Write where you checked it, such as the service's web page."),
        )
        if not value
    ]
    problems += [problem] if problem else []
    known = next((one for one in project.contacts if href and one.value.href == href), None)
    if known:
        remedy = f"Guides use it already: it is “{known.who or known.name}”."
        problems.append(Problem("is in the list", remedy, ("shown",)))
    if problems:
        raise ProjectError.of(problems)
    values = {"who": who, "kind": kind, "shown": shown, "source": source, "verified_on": day}
    before = read_text(path) if path.exists() else ""
    text = limited(_with_contact, before, name, values)
    parse_contacts(text, path)
    write_recorded(project.root, f"Add the contact {shown} ({who})", {Path(path): text.encode("utf-8")})
    return name


def _kind_of(shown: str) -> tuple[str, str, Problem | None]:
    """Whether it is a phone number or an address, its link, and what is wrong with it."""
    kind = "phone" if re.fullmatch(r"[^a-z@]*\d[^a-z@]*", shown, re.IGNORECASE) else "url"
    try:
        return kind, (parse_helpline(shown) if kind == "phone" else parse_url(shown)).href, None
    except InvalidValueError as error:
        return kind, "", Problem(error.problem, error.remedy, ("shown",))


def _with_contact(text: str, name: str, values: dict[str, str | date]) -> str:
    document = tomlkit.parse(text)
    document[name] = values
    return f"{tomlkit.dumps(document).rstrip()}\n"


def _with_day(text: str, name: str, day: date) -> str:
    document = tomlkit.parse(text)
    document[name]["verified_on"] = day
    return tomlkit.dumps(document)
