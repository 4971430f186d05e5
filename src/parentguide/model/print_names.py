"""The names of files: those that links use, and in ZIP files those that people can read, on any computer."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# The folders of the ZIP file. The last is there instead of the first where no pages are made.
WEBSITE, TO_PRINT, OTHER = "For your website", "To print", "Other files"
# The posters, which are for all languages, by their names in the output folder.
POSTERS: Mapping[str, str] = {"poster.pdf": "Poster – A3.pdf", "poster-a4.pdf": "Poster – A4.pdf"}
# By format, the kind of file. Long names would make paths too long for Windows.
KINDS: Mapping[str, str] = {
    "handout": "handout",
    "signs": "signs",
    "large-print": "large print",
    "bilingual": "bilingual",
    "cards": "interpreter cards",
    "review": "for a checker",
    "web": "web page",
    "read-aloud": "text to read aloud",
    "message": "text message",
    "fragment": "text for your own web page",
    "check": "page for you",
}
LONGEST_PATH = 150  # characters, of the 260 that programs on Windows can open
_LONGEST_LANGUAGE, _LONGEST_TITLE, _LONGEST_TAG = 40, 30, 20
# What a name on Windows cannot have; and the names of devices (learn.microsoft.com, “Naming Files”).
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A sheet of a build: its ``path`` in the output folder, its format, the English name and the tag of its
    language, and the folder and the English title of its guide."""

    path: str
    format: str
    language: str
    tag: str
    guide: str
    title: str


def sheet_name(guide: str, tag: str, kind: str) -> str:
    """The name of a sheet in the output folder, which links use. ``kind`` is its format.

    >>> sheet_name("cse", "ur", "handout")
    'cse-ur-handout.pdf'
    """
    return f"{guide}-{tag}-{kind}.pdf"


def name_to_read(language: str, kind: str) -> str:
    """The name of a file in a ZIP file, without its ending. ``kind`` is its format.

    >>> name_to_read("Urdu", "cards")
    'Urdu – interpreter cards'
    """
    return f"{language} – {KINDS.get(kind, kind)}"


def print_paths(files: Sequence[SheetFile]) -> dict[str, str]:
    """The path of each sheet in the ZIP file, by its path in the output folder.

    Each kind of sheet has a folder: “To print/Handout/Urdu – handout.pdf”. If there are several guides, each
    has a folder around those. Paths differ in more than capitals, and have at most :data:`LONGEST_PATH`
    characters.
    """
    languages = _apart({file.tag: file.language for file in files}, _LONGEST_LANGUAGE)
    titles = _apart({file.guide: file.title for file in files}, _LONGEST_TITLE)
    paths = {}
    for file in files:
        kind = KINDS[file.format]
        guide = f"{titles[file.guide]}/" if len(titles) > 1 else ""
        name = f"{name_to_read(languages[file.tag], file.format)}.pdf"
        paths[file.path] = f"{TO_PRINT}/{guide}{kind[0].upper()}{kind[1:]}/{name}"
    return paths


def _apart(names: Mapping[str, str], longest: int) -> dict[str, str]:
    """A name for each key, which other keys do not have: with the key behind it where the names are alike."""
    clean = {key: name_for_file(name, longest) or name_for_file(key, longest) for key, name in names.items()}
    alike = Counter(map(str.casefold, clean.values()))
    marked = {
        key: f"{name} ({name_for_file(key, _LONGEST_TAG)})" if alike[name.casefold()] > 1 else name
        for key, name in clean.items()
    }
    return dict(zip(marked, _numbered(marked.values()), strict=True))


def _numbered(names: Iterable[str]) -> list[str]:
    """The names, with a number behind one that was there before."""
    seen: set[str] = set()
    found = []
    for name in names:
        unique, number = name, 1
        while unique.casefold() in seen:
            number += 1
            unique = f"{name} {number}"
        seen.add(unique.casefold())
        found.append(unique)
    return found


def name_for_file(text: str, longest: int) -> str:
    """``text`` as (the beginning of) a name of a file or folder on Windows, macOS and Linux; may be empty.

    >>> name_for_file("Dari/Persian: “Farsi”?", 40)
    'Dari-Persian- “Farsi”'
    """
    known = unicodedata.normalize("NFC", text)
    # Controls, and the marks of direction that nobody sees, are not letters of a name.
    visible = "".join(
        " " if character.isspace() else character
        for character in known
        if character.isspace() or not unicodedata.category(character).startswith("C")
    )
    name = " ".join(_FORBIDDEN.sub("-", visible).split())
    # Windows removes a dot or a space at the end; a dot at the beginning hides a file.
    name = name.strip(" .-")[:longest].rstrip(" .-")
    return f"{name} -" if _DEVICE.fullmatch(name) else name
