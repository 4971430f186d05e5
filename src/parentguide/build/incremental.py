"""Incremental builds: reuse the files of the previous build whose inputs have not changed.

For each file of a build, the user's cache folder keeps two digests: one of all inputs (the edition's
words and data, the templates, this program and the packages it uses), and one of the file. A file is
reused if both are unchanged. So a file that somebody edited is made again, and if the cache is lost,
all files are.

Decision: docs/decisions/0008-exchange-folders.md.
"""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from parentguide.model.output import Edition, Site
from parentguide.model.school import School
from parentguide.render import Format, SiteFormat


class EditionDigests:
    """Digests of editions, each of everything that a format can read.

    In a batch, consecutive editions often differ only in the school. The words are then digested once.
    Safe to use from several threads.
    """

    def __init__(self) -> None:
        # One value, so that a thread never sees the words of one edition with the digest of another.
        self._last: tuple[Edition | None, str] = (None, "")

    def digest(self, edition: Edition) -> str:
        # What is left out here follows from the rest and the school.
        words = replace(edition, school=School(), guide=edition.whole, fields={})
        before, found = self._last
        if words != before:
            found = digest(words)
            self._last = (words, found)
        return combined(found, digest(edition.fields), digest(edition.school))


def site_digest(site: Site, editions: Mapping[str, str]) -> str:
    """The digest of everything that a format for all languages can read."""
    return digest((site.school, site.formats, site.address, site.made, site.left_out, editions))


def format_digests(makers: Iterable[Format | SiteFormat], templates: Path) -> dict[Format | SiteFormat, str]:
    """For each format, the digest of its class and name, its templates, this program and its packages."""
    folders: dict[str, str] = {}
    digests = {}
    for maker in makers:
        folder = maker.template_folder
        if folder not in folders:
            folders[folder] = folder_digest(templates / folder)
        digests[maker] = combined(type(maker).__qualname__, maker.name, folders[folder], program_digest())
    return digests


def folder_digest(folder: Path) -> str:
    """The digest of the files below ``folder``, with their names."""
    parts = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            parts.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            parts.update(sha256(path.read_bytes()).digest())
    return parts.hexdigest()


@cache
def program_digest() -> str:
    """The digest of this program's code and of the versions of its packages, fonts included."""
    names = sorted(
        re.split(r"[\s<>=!~;\[(]", entry, maxsplit=1)[0]
        for entry in metadata.requires("parentguide") or ()
        if "extra ==" not in entry
    )
    versions = [f"{name}=={metadata.version(name)}" for name in names]
    # In the wheel, locales and templates are below the code. They have digests of their own.
    code = sha256()
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*.py")):
        code.update(f"{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes())
    return combined(*versions, code.hexdigest())


def combined(*parts: str) -> str:
    """One digest of several texts."""
    return digest(parts)


def digest(value: object) -> str:
    """The SHA-256 digest of a value, in hexadecimal: equal values have equal digests in every process.

    The value consists of None, booleans, numbers, texts, bytes, dates, enum members, lists, tuples,
    sets, mappings and frozen dataclasses. The order of a set or a mapping does not count. Raises
    :class:`TypeError` for anything else, because its ``repr`` may leave a difference out.
    """
    return sha256(_canonical(value)).hexdigest()


def _canonical(value: object) -> bytes:  # noqa: PLR0911 - one line for each type
    """The value as bytes that state its type and length, so that no two values give the same bytes."""
    match value:
        case Enum():
            return _tagged("enum", _class_name(type(value)), value.name.encode())
        case str():
            return _tagged("str", value.encode("utf-8", "surrogatepass"))
        case None | bool() | int():
            return _tagged(type(value).__name__, str(value).encode())
        case tuple() | list():
            return _tagged("sequence", *map(_canonical, value))
        case float():
            return _tagged("float", value.hex().encode())
        case bytes():
            return _tagged("bytes", sha256(value).digest())
        case date() if not isinstance(value, datetime):
            return _tagged("date", value.isoformat().encode())
        case _ if is_dataclass(value) and not isinstance(value, type):
            names = _field_names(type(value))
            values = [_canonical(getattr(value, name)) for name in names]
            return _tagged("dataclass", _class_name(type(value)), " ".join(names).encode(), *values)
        case AbstractSet():
            return _tagged("set", *sorted(map(_canonical, value)))
        case Mapping():
            return _tagged("mapping", *sorted(map(_canonical, value.items())))
    raise TypeError(f"a value of the type {type(value).__qualname__} has no digest")


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    """The names of a frozen dataclass's fields. Raises :class:`TypeError` if it is not frozen."""
    if not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise TypeError(f"a value of the type {kind.__qualname__} can change, so it has no digest")
    return tuple(f.name for f in fields(kind))


@cache
def _class_name(kind: type) -> bytes:
    return f"{kind.__module__}.{kind.__qualname__}".encode()


def _tagged(tag: str, *parts: bytes) -> bytes:
    lengths = ",".join([str(len(part)) for part in parts])
    return b"".join([f"{tag}:{lengths};".encode(), *parts])
