"""The files of a person's last build, as its manifest names them, and parts of it to download."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from parentguide.build.previous import MANIFEST
from parentguide.errors import ProjectError
from parentguide.infra.atomic import safe_path, zip_bytes
from parentguide.infra.files import read_text
from parentguide.infra.json_text import parse_json
from parentguide.model.labels import FORMAT_LABELS
from parentguide.model.print_names import name_for_file, name_to_read
from parentguide.studio.services.sheet_kinds import IN_ORDER
from parentguide.studio.services.workspace import UserFiles

# The files for all languages, by path.
_FOR_ALL = {
    "index.html": "The page where families choose their language",
    "README-FIRST.html": "What each file is for",
    "poster.pdf": "Poster, A3",
    "poster-a4.pdf": "Poster, A4",
}
_LONGEST_NAME = 100  # characters
_AGAIN = "Make the guides again."


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One finished file. ``size`` is in bytes, ``pages`` the sides of a sheet or None; ``language`` is a tag,
    or empty for a file for all languages."""

    path: str
    guide: str
    format: str
    language: str
    size: int
    pages: int | None

    @property
    def label(self) -> str:
        if self.language:
            return FORMAT_LABELS.get(self.format, self.format)
        return _FOR_ALL.get(self.path, self.path)

    @property
    def download_name(self) -> str:
        """The name to save it under. Only PDF files have names of their own in each language."""
        name = self.path.rpartition("/")[2]
        return name if not self.language or name.endswith(".pdf") else f"{self.language}-{name}"


@dataclass(frozen=True, slots=True)
class Built:
    """The last build: when, its files, and what could not be made, as (reason, remedy)."""

    when: datetime | None = None
    files: tuple[BuiltFile, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def tags(self) -> list[str]:
        """The languages, each once."""
        return list(dict.fromkeys(file.language for file in self.files if file.language))

    def of(self, tag: str) -> list[BuiltFile]:
        return [file for file in self.files if file.language == tag]

    def sheets(self) -> list[str]:
        """The formats of which there are PDF files in a language, in the order of a school's office."""
        made = {file.format for file in self.files if file.language and file.path.endswith(".pdf")}
        return [kind.name for kind in IN_ORDER if kind.name in made]


def last_build(files: UserFiles) -> Built:
    """The last build; an empty one before the first. Raises :class:`ProjectError` for a broken manifest."""
    path = files.output / MANIFEST
    if not path.exists():
        return Built()
    try:
        table = parse_json(read_text(path))
        rows = [
            BuiltFile(
                row["path"], row["guide"], row["edition"], row["language"], int(row["bytes"]), row["pages"]
            )
            for row in table["artifacts"]
        ]
        left_out = dict.fromkeys((str(r["reason"]), str(r["remedy"])) for r in table.get("left_out", ()))
    except (ValueError, KeyError, TypeError):
        raise ProjectError("the list of finished files cannot be read", path=path, remedy=_AGAIN) from None
    when = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return Built(when, tuple(rows), tuple(left_out))


def is_out_of_date(files: UserFiles) -> bool:
    """Whether the school's details or choices were saved after the last build."""
    manifest = files.output / MANIFEST
    if not manifest.exists() or not files.school_file.exists():
        return False
    return files.school_file.stat().st_mtime > manifest.stat().st_mtime


def path_of(files: UserFiles, file: BuiltFile) -> Path:
    """Where a finished file is. Raises :class:`ProjectError` if somebody has removed it."""
    path = files.output / safe_path(file.path)
    if not path.is_file():
        raise ProjectError("this file no longer exists", remedy=_AGAIN)
    return path


def zipped(files: UserFiles, chosen: Iterable[tuple[str, BuiltFile]]) -> bytes:
    """A ZIP file with some finished files, each under the name beside it."""
    return zip_bytes((name, path_of(files, file).read_bytes()) for name, file in chosen)


def readable_names(name: str, chosen: Sequence[BuiltFile]) -> list[tuple[str, BuiltFile]]:
    """The files of the language ``name`` with names such as “Urdu – handout.pdf”; the guide's short name is
    in them where there are several guides."""
    several = len({file.guide for file in chosen}) > 1
    return [(_readable(name, file, several), file) for file in chosen]


def _readable(name: str, file: BuiltFile, several: bool) -> str:
    whole = name_to_read(f"{name} – {file.guide}" if several else name, file.format)
    return f"{name_for_file(whole, _LONGEST_NAME)}.{file.path.rpartition('.')[2]}"
