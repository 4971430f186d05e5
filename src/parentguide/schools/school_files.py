"""Reading and writing ``school.toml`` files."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from parentguide.infra.files import read_bytes, read_text
from parentguide.infra.toml import toml_value
from parentguide.model.school import School
from parentguide.schools.school_file import parse_school


def read_school(path: Path) -> School:
    """The school of the file ``path``; pictures are read from its folder only.

    Raises :class:`~parentguide.errors.SchoolFileError`, or :class:`ProjectError` for a
    file that cannot be read.
    """
    return parse_school(read_text(path), path, file_reader_beside(path))


def file_reader_beside(path: Path) -> Callable[[str], bytes]:
    """Reads files beside ``path`` by name. Raises :class:`ValueError` for any above or outside."""
    folder = path.resolve().parent

    def read(name: str) -> bytes:
        target = (folder / name).resolve()
        if not target.is_relative_to(folder):
            raise ValueError(name)
        return read_bytes(target)

    return read


# What may stand once, with what it is for.
_PLAIN = {
    "website": "shown on pages and sheets",
    "guides": "where the folder is copied to: for QR codes and messages",
    "policy": "the address of your Safeguarding Policy",
    "logo": "logo.svg, logo.png or logo.jpg: a picture beside this file",
    "colour": "#0f4a4f: one colour for headings and links",
    "date": "2026-11-24: the day of this edition, at the foot of pages and sheets",
}
_Entries: TypeAlias = Sequence[Mapping[str, str | list[str]]]


def school_text(
    name: str,
    plain: Mapping[str, str] = {},
    team: _Entries = (),
    local_contacts: _Entries = (),
    *,
    languages: Sequence[str] = (),
    formats: Sequence[str] = (),
) -> str:
    """The answers of “parentguide school new” or of Studio as ``school.toml``, with remarks for who
    edits it later.

    ``plain`` has the keys that stand once, ``team`` and ``local_contacts`` those of each entry.
    """
    lines = ["# What the guides say of our school. Everything is optional; see parentguide's README.", ""]
    lines.append(f"name = {toml_value(name)}")
    for key, remark in _PLAIN.items():
        lines += _value(key, plain.get(key, ""), remark)
    if languages:
        lines.append(f"languages = {toml_value(list(languages))}")
    else:
        lines.append('# languages = ["pl", "ur"]  # only these; without the line, all')
    if formats:
        lines.append(f"formats = {toml_value(list(formats))}")
    for heading, people, remark in (
        ("team", team, "the safeguarding team, up to four people"),
        (
            "local_contacts",
            local_contacts,
            'help near you, up to four; each has a phone or a website, and may have languages = ["pl", "ur"]',
        ),
    ):
        lines += ["", f"# {remark}"]
        for person in people:
            lines += [
                "",
                f"[[{heading}]]",
                *(f"{key} = {toml_value(value)}" for key, value in person.items()),
            ]
        if not people:
            lines += [f"# [[{heading}]]", '# name = "…"', '# phone = "01462 000000"']
    return "\n".join(lines) + "\n"


def _value(key: str, value: str, remark: str) -> list[str]:
    return [f"{key} = {toml_value(value)}" if value else f'# {key} = ""  # {remark}']
