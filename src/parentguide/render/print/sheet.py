"""Setting a sheet with Typst: a guide as plain data in, a tagged PDF out.

The guide is passed as JSON, never as markup, so no text can become code. The words of a language, the
look and a school's details are separate files: Typst remembers what it read and laid out in
its last few calls, and reuses whatever does not depend on a file that has changed.

Decision: docs/decisions/0017-sheets-as-functions-of-school.md.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from parentguide.errors import LayoutError, ParentguideError, ProjectError
from parentguide.fonts.cache import derived_folders
from parentguide.infra.pdf_direction import left_to_right
from parentguide.infra.typst_pool import compile_document
from parentguide.model.output import Edition, Typeface
from parentguide.model.print_names import sheet_name
from parentguide.render.pictures import read_pictures
from parentguide.render.print.sheet_data import school_data
from parentguide.render.print.sheet_types import LookData
from parentguide.render.tokens import read_tokens

_TOO_MANY = re.compile(r"TOO-MANY-SIDES:(\d+)")
# Typst's message for a character that no font of the text has (PDF/UA-1 forbids it).
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed with font `"(.+?)"`')
# typst-py parses each file that it is given as Typst source, which takes longer than reading JSON. In a
# comment nothing is parsed; ``data-of`` in setting.typ leaves this out.
_COMMENT = b"/*"
# The files that a template reads.
WORDS, SIZES, LOOK, SCHOOL, LOGO = "edition.json", "sizes.json", "look.json", "school.json", "logo.json"


@dataclass(frozen=True, slots=True)
class TooLong:
    """The sheet has ``sides`` sides, which is too many."""

    sides: int


class Typesetter:
    """One Typst template, whose function ``compose`` makes a sheet for a school. ``sizes`` names the table of
    its sizes in tokens.toml; without it, the table has the template's name."""

    def __init__(self, templates: Path, name: str, sizes: str = "") -> None:
        self.name = name
        self._folder = templates / "print"
        self._look = look_files(templates, sizes or name)

    def compile(
        self,
        files: Mapping[str, bytes],
        shown: str,
        typefaces: Iterable[Typeface | None] = (),
        *,
        placed: bool = False,
    ) -> bytes | TooLong:
        """The PDF; Typst itself enforces PDF/UA-1, but not for an edition that is ``placed``: the foot of a
        side is an artifact, which may not have the links that say where words stand.

        ``files`` are the files that the template reads, by name (:func:`sheet_files`); ``shown`` is the
        sheet's language for errors. ``typefaces`` are the fonts that the build made for the sheet. Raises
        :class:`LayoutError` for a character that none of the language's fonts has, and for a broken
        template.
        """
        school = f'json(bytes(read("{SCHOOL}").slice({len(_COMMENT)})))'
        main = f'#import "{self.name}.typ": compose\n#compose({school})\n'
        folders = derived_folders(t.digest for t in typefaces if t)
        try:
            made = compile_document(
                main.encode("ascii"),
                self._folder,
                as_typst_reads({**self._look, **files}),
                folders,
                format="pdf",
                **({} if placed else {"pdf_standards": "ua-1"}),
            )
        except typst.TypstError as error:
            too_many = _TOO_MANY.search(str(error))
            if too_many:
                return TooLong(int(too_many[1]))
            whole = {**json.loads(files[WORDS]), "school": json.loads(files[SCHOOL])}
            raise _typst_error(f"the {self.name} sheet in {shown}", str(error), whole) from None
        return left_to_right(made)


def look_files(templates: Path, name: str) -> dict[str, bytes]:
    """The files with the look of the sheet ``name``: its sizes, and colours, distances and pictures."""
    tokens, pictures = read_tokens(templates), read_pictures(templates)
    look: LookData = {
        "colours": dict(tokens.light),
        "paper": dict(tokens.paper),
        "tint": pictures.tint,
        "pictures": dict(pictures.drawings),
    }
    return {SIZES: as_json(tokens.sheets.get(name, {})), LOOK: as_json(look)}


def as_typst_reads(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files of JSON as templates expect them: see :data:`_COMMENT`."""
    return {name: _COMMENT + data for name, data in files.items()}


def as_json(data: Any) -> bytes:
    """``data`` as JSON for a template: equal data gives equal bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8")


def sheet_files(words: bytes, edition: Edition) -> dict[str, bytes]:
    """The files of one sheet that its template reads: ``words``, which is its data as JSON, and the details
    and logo of the edition's school."""
    files = {WORDS: words, SCHOOL: as_json(school_data(edition))}
    logo = edition.school.logo
    return files if logo is None else {**files, LOGO: _numbers(logo.data)}


# Several sheets show the same logo. A batch has a hundred schools: all their logos are kept until the next
# format is made.
@lru_cache(maxsize=128)
def _numbers(data: bytes) -> bytes:
    """The bytes as a JSON list of numbers: typst-py passes text files only."""
    return as_json(list(data))


def _typst_error(sheet: str, problem: str, data: Mapping[str, Any]) -> ParentguideError:
    """Typst's error: a character that no font has, with its block; or else a broken template, which is
    not a matter of one sheet."""
    missing = _NO_GLYPH.search(problem)
    if not missing:
        return ProjectError(f"{sheet} cannot be made: {problem}", remedy="Fix the template.")
    text, font = missing.groups()
    places = dict.fromkeys(name for name, words in _texts(data, "the interface") if text in words)
    return LayoutError(
        f"{sheet}: no font has “{text}” ({_code_points(text)}) in {' and '.join(places) or 'it'};"
        f" the last font tried was {font}",
        remedy="Write it differently, or choose a font in languages.toml that has it.",
    )


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in text)


def _texts(data: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text in a sheet's data, with the block that it is in."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, Mapping):
        inner = f"the block “{data['id']}”" if "id" in data and "runs" in data else place
        for value in data.values():
            yield from _texts(value, inner)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value, place)


class Sheet:
    """What the sheets of one guide in one language have in common."""

    name: str
    template_folder = "print"

    def __init__(self, templates: Path) -> None:
        self.typesetter = Typesetter(templates, self.name)

    def makes(self, edition: Edition) -> bool:
        return True

    def file_name(self, guide: str, tag: str) -> str:
        return sheet_name(guide, tag, self.name)

    def set_whole(self, edition: Edition, words: bytes, typesetter: Typesetter | None = None) -> bytes:
        """The PDF of a sheet. ``words`` is everything but the school's details as JSON; ``typesetter`` is
        another one than that of the class.

        Raises :class:`LayoutError`, also for a sheet with too many sides.
        """
        shown = edition.language.english_name
        made = (typesetter or self.typesetter).compile(
            sheet_files(words, edition), shown, [edition.typeface], placed=edition.placed
        )
        if isinstance(made, TooLong):
            raise LayoutError(
                f"the {self.name} sheet in {shown} takes {made.sides} sides",
                remedy="Shorten the text on it.",
            )
        return made
