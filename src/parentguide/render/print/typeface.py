"""The font that a build makes for the sheets of an edition, from all words that they show."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from parentguide.fonts.cache import DerivedFont, derived
from parentguide.fonts.faces import first_found
from parentguide.fonts.lexicon import Lexicon, lexicon_of, runs_of
from parentguide.model.output import Edition, Typeface
from parentguide.model.school import School
from parentguide.render.print.sheet_data import school_data, sheet_data, with_all_blocks

# Characters that templates put beside words.
_IN_TEMPLATES = " \u00a0:•·–—()"


def with_typeface(edition: Edition, folders: tuple[Path, ...] = ()) -> tuple[Edition, DerivedFont | None]:
    """The edition with a font for its sheets, and that font; as it is if its language asks for none.

    The typeface is the first of the language's faces that is installed or in ``folders``. Raises
    :class:`LayoutError`.
    """
    language = edition.language
    found = first_found(language.print.faces, folders)
    if found is None:
        return edition, None
    face, family = found
    words = printed_words(edition)
    font = derived(family, words, language.tag.split("-", maxsplit=1)[0], language.script)
    marked = {
        word: tuple((run.text, run.variant) for run in runs) for word, runs in runs_of(words.words).items()
    }
    typeface = Typeface(
        font.family, font.digest, face.scale, face.leading, marked, family.name, family.digests
    )
    return replace(edition, typeface=typeface), font


def printed_words(edition: Edition) -> Lexicon:
    """The words of the language's script that any sheet of the edition shows.

    They come from the data that templates read: what is not in it cannot be printed.
    """
    data = sheet_data(with_all_blocks(edition))
    elsewhere = [words.segment.text for words in edition.whole.elsewhere]
    texts = [_IN_TEMPLATES, *_texts(data), *elsewhere, *_texts(school_data(edition))]
    return lexicon_of(texts, edition.language.script)


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
