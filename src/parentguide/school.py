"""``school.toml``: what a school says of itself. Everything in it is optional.

Whatever stands in it is only text: formats escape it. Pictures are recognised by
their bytes, not by their names.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from parentguide.contacts import field_or_error
from parentguide.errors import SchoolFileError
from parentguide.model import FieldValue, LocalContact, Logo, Person, School
from parentguide.tables import parse_toml, refuse_unknown

_SCHOOL_KEYS = {"name", "website", "guides", "team", "logo", "local_contacts", "languages", "editions"}
_PERSON_KEYS = {"name", "role", "phone", "email"}
_LOCAL_KEYS = {"name", "phone", "website"}
_LONGEST_TEXT = 120
MAX_TEAM = 4
MAX_LOCAL = 4
_MAX_LOGO_BYTES = 200_000
_MAX_LOGO_SIDE = 4_000
_MAX_SMALL_BYTES = 12_000
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


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
    return School(
        name=reader.text(table, "name", "name"),
        website=reader.field(table, "website", "link", "website"),
        guides=reader.field(table, "guides", "link", "guides"),
        team=tuple(
            reader.person(entry, f"team, person {number}")
            for number, entry in enumerate(reader.tables(table, "team", MAX_TEAM), 1)
        ),
        local_contacts=tuple(
            reader.local(entry, f"local_contacts, entry {number}")
            for number, entry in enumerate(reader.tables(table, "local_contacts", MAX_LOCAL), 1)
        ),
        logo=reader.logo(table, read_file),
        languages=reader.words(table, "languages"),
        editions=reader.words(table, "editions"),
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
        # Bidi overrides and other hidden marks could turn what a reader sees round.
        value = unicodedata.normalize("NFC", _HIDDEN.sub("", value)).strip()
        if any(unicodedata.category(char) == "Cc" for char in value):
            raise self._error(f"{where} holds a control character", "Type it again on one line.")
        if len(value) > _LONGEST_TEXT:
            raise self._error(
                f"{where} has {len(value)} characters", f"Shorten it to {_LONGEST_TEXT} at the most."
            )
        return value

    def words(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """A list of tags or names; whether they exist is known when something is built of them."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise self._error(f"{key} is {value!r}", f'Write a list, such as {key} = ["pl", "ur"].')
        return tuple(dict.fromkeys(word[:_LONGEST_TEXT] for word in value))

    def field(self, table: Mapping[str, Any], key: str, convert: str, where: str) -> FieldValue | None:
        if key not in table or table[key] == "":
            return None
        return field_or_error(convert, table[key], where, self._path, SchoolFileError)

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
        value = self.field(entry, "phone", "phone", f"{where}: phone") or self.field(
            entry, "website", "link", f"{where}: website"
        )
        if not name or value is None:
            raise self._error(
                f"{where} needs a name, and a phone or a website", "Add what is missing, or delete it."
            )
        return LocalContact(name, value)

    def logo(self, table: Mapping[str, Any], read_file: Callable[[str], bytes] | None) -> Logo | None:
        name = self.text(table, "logo", "logo")
        if not name or read_file is None:
            return None
        try:
            data = read_file(name)
        except (OSError, ValueError):
            raise self._error(
                f"logo: “{name}” cannot be read", "Put the picture beside school.toml and write its name."
            ) from None
        if len(data) > _MAX_LOGO_BYTES:
            raise self._error(
                f"logo: {len(data) // 1000} kB is too large", "Save it smaller: 200 kB at the most."
            )
        picture = _picture(data)
        if picture is None:
            raise self._error(f"logo: “{name}” is no PNG or JPEG picture", "Save it as PNG.")
        media_type, size = picture
        if max(size) > _MAX_LOGO_SIDE:
            raise self._error(
                f"logo: {size[0]} × {size[1]} pixels", f"Save it with {_MAX_LOGO_SIDE} a side at the most."
            )
        return Logo(data, media_type, self.text(table, "name", "name"), _small(data))


def _small(data: bytes) -> bytes:
    """The picture as PNG, at most 320 by 160 pixels and :data:`_MAX_SMALL_BYTES`: it travels
    inside every page, and an old phone on a slow line has to fetch it."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
        picture = opened.convert("RGBA")
    for width, colours in ((320, 0), (320, 64), (240, 32), (160, 16)):
        small = picture.copy()
        small.thumbnail((width, width // 2))
        out = small.quantize(colours, method=Image.Quantize.FASTOCTREE) if colours else small
        buffer = BytesIO()
        out.save(buffer, "PNG", optimize=True)
        if buffer.tell() <= _MAX_SMALL_BYTES:
            break
    return buffer.getvalue()


def _picture(data: bytes) -> tuple[str, tuple[int, int]] | None:
    """Media type, and width and height in pixels; None if it is no PNG or JPEG that can be read.

    The size is refused before a pixel is decoded, so that a small file cannot unpack
    into a huge picture.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            size = picture.size
            if max(size) <= _MAX_LOGO_SIDE:
                picture.load()
            return Image.MIME[picture.format or ""], size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
