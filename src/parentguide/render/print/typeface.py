"""The font that a build makes for the sheets of an edition, from all that they show.

Decisions: docs/decisions/0033-fonts-made-for-the-words.md, docs/decisions/0049-a-small-font-for-han.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from parentguide.fonts.cache import DerivedFont, derived, derived_folders, subset
from parentguide.fonts.faces import Family, first_found
from parentguide.fonts.lexicon import Lexicon, lexicon_of, runs_of
from parentguide.fonts.subset import LargeFace, large_face
from parentguide.infra.typst_pool import POOL
from parentguide.model.language import PrintFace
from parentguide.model.output import Edition, Typeface
from parentguide.model.school import School
from parentguide.render.print.review_notes import review_notes
from parentguide.render.print.sheet_data import school_data, sheet_data, with_all_blocks

# Characters that templates put beside words.
_IN_TEMPLATES = " \u00a0:•·–—()"
# A small font is for the sheets of all schools, without their own words: for another font Typst lays out all
# sheets again, and a school then takes 45 MB in each language. The date is there for the characters of dates.
_ANY_SCHOOL = School(dated=date(2026, 11, 23))
# A small font has all of these that its face has: Latin letters and digits, punctuation, and wide forms.
_ALWAYS = ((0x20, 0x7E), (0xA0, 0x24F), (0x2000, 0x206F), (0x3000, 0x303F), (0xFF00, 0xFFEF))


def with_typeface(edition: Edition, folders: tuple[Path, ...] = ()) -> tuple[Edition, DerivedFont | None]:
    """The edition with a font for its sheets, and that font; as it is if its language needs none.

    The typeface is the first of the language's faces that is installed or in ``folders``; of a language
    without one, it is the first of its fonts, if that has a large file. Raises :class:`LayoutError`.
    """
    style = edition.language.print
    found = first_found(style.faces, folders)
    if found is not None:
        return _of_words(edition, *found)
    large = large_face(style.fonts[0])
    return (edition, None) if large is None else _of_characters(edition, large)


def _of_words(edition: Edition, face: PrintFace, family: Family) -> tuple[Edition, DerivedFont]:
    language = edition.language
    words = printed_words(edition)
    font = derived(family, words, language.tag.split("-", maxsplit=1)[0], language.script)
    marked = {
        word: tuple((run.text, run.variant) for run in runs) for word, runs in runs_of(words.words).items()
    }
    typeface = Typeface(
        font.family, font.digest, face.scale, face.leading, marked, family.name, family.digests
    )
    return replace(edition, typeface=typeface), font


def _of_characters(edition: Edition, face: LargeFace) -> tuple[Edition, DerivedFont]:
    style = edition.language.print
    always = (chr(code) for first, last in _ALWAYS for code in range(first, last + 1))
    # The sheet for reviewers has its notes among words in English.
    notes = _texts(dict(review_notes(edition.notes, {})))
    shown = "".join((*_printed(edition.for_school(_ANY_SCHOOL)), *notes))
    font = subset(face, {*always, *shown}, edition.language.script)
    typeface = Typeface(
        font.family,
        font.digest,
        style.scale,
        style.leading,
        face=face.family,
        face_digests=(face.digest,),
        is_subset=True,
    )
    return replace(edition, typeface=typeface), font


def typefaces_together(editions: Iterable[Edition]) -> AbstractContextManager[None]:
    """Meanwhile, the fonts made for these editions are loaded together, for all their sheets."""
    return POOL.together(derived_folders(e.typeface.digest for e in editions if e.typeface))


def printed_words(edition: Edition) -> Lexicon:
    """The words of the language's script that any sheet of the edition shows."""
    return lexicon_of(_printed(edition), edition.language.script)


def _printed(edition: Edition) -> Iterator[str]:
    """The texts that the sheets for families show.

    They come from the data that templates read: what is not in it cannot be printed.
    """
    yield _IN_TEMPLATES
    yield from _texts(sheet_data(with_all_blocks(edition)))
    yield from (words.segment.text for words in edition.whole.elsewhere)
    yield from _texts(school_data(edition))


def has_own_words(school: School) -> bool:
    """Whether the school's details have letters that an edition's font may not have."""
    people = (text for person in school.team for text in (person.name, person.role))
    names = (contact.name for contact in school.local_contacts)
    return not all(text.isascii() for text in (school.name, *people, *names))


def _texts(data: Any) -> Iterator[str]:
    """Every text in a sheet's data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
