"""Which characters of a school's details the sheets can show.

Names are written in any script, and with emoji. A sheet sets each in the first of :func:`name_fonts` that
has it. PDF/UA forbids a missing glyph (ISO 14289-1, 7.21.8), so a character that no font has is left
out of the sheets, and the school is told. Pages show it: browsers have other fonts.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from parentguide.infra.fonts import LATIN, characters_of, name_fonts
from parentguide.model.contact import FieldValue
from parentguide.model.school import School

# Variation selectors and joiners: a font needs no glyphs for them.
_INVISIBLE = frozenset(map(chr, (0x200C, 0x200D, *range(0xFE00, 0xFE10), *range(0xE0000, 0xE01F0))))


def on_sheets(school: School) -> School:
    """The school with the characters of its details that a font has."""

    def value(given: FieldValue) -> FieldValue:
        return replace(given, shown=drawable(given.shown))

    if all(text.isascii() for text in _texts(school)):
        return school
    return replace(
        school,
        name=drawable(school.name),
        team=tuple(
            replace(person, name=drawable(person.name), role=drawable(person.role)) for person in school.team
        ),
        local_contacts=tuple(
            replace(contact, name=drawable(contact.name), values=tuple(map(value, contact.values)))
            for contact in school.local_contacts
        ),
    )


def _texts(school: School) -> Iterator[str]:
    yield school.name
    for person in school.team:
        yield from (person.name, person.role)
    for contact in school.local_contacts:
        yield from (contact.name, *(value.shown for value in contact.values))


def undrawable(text: str) -> list[str]:
    """The characters that :func:`drawable` leaves out, each once."""
    return list(dict.fromkeys("".join(left_out for _, left_out in _clusters(text))))


@lru_cache(maxsize=1024)
def drawable(text: str) -> str:
    """The text without the characters that no font has, on one line."""
    if text.isascii() or characters_of(LATIN).issuperset(text):
        return text
    kept = "".join(shown for shown, _ in _clusters(text))
    return kept if kept == text else " ".join(word for word in kept.split(" ") if word)


@lru_cache(maxsize=1024)
def _clusters(text: str) -> tuple[tuple[str, str], ...]:
    """For each letter with its marks: what one font has of it, and what that font has not."""
    clusters: list[str] = []
    for char in text:
        if clusters and (char in _INVISIBLE or unicodedata.category(char).startswith("M")):
            clusters[-1] += char
        else:
            clusters.append(char)
    return tuple(_split(cluster) for cluster in clusters)


def _split(cluster: str) -> tuple[str, str]:
    """What the font that has most of a cluster has of it; nothing if none has its first character."""
    needed = [char for char in cluster if char not in _INVISIBLE and not char.isspace()]
    best = ""
    for family in name_fonts():
        characters = characters_of(family)
        if needed and needed[0] not in characters:
            continue
        kept = "".join(c for c in cluster if c in characters or c in _INVISIBLE or c.isspace())
        if len(kept) > len(best):
            best = kept
        if len(best) == len(cluster):
            break
    return best, "".join(char for char in needed if char not in best)
