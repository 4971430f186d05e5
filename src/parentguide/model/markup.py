"""The little markup inside a segment: ``**bold**`` and named fields ``{nspcc}``.

:func:`parse` is the one reading of it; the formats and the checks all use it.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from parentguide.errors import SourceError

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_TOKEN = re.compile(r"(\*\*)|\{([a-z][a-z0-9_]*)\}|([{}])")


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    name: str


@dataclass(frozen=True, slots=True)
class Strong:
    runs: "tuple[Text | Placeholder, ...]"


Run: TypeAlias = Text | Placeholder | Strong


# The same words are read for every edition, and for every school of a trust.
@lru_cache(maxsize=16_384)
def parse(text: str) -> tuple[Run, ...]:
    """A segment's text -> runs of words, fields and bold.

    Raises :class:`SourceError` for a ``**`` without its partner, an empty bold, or
    a brace that is not part of a field.
    """
    outer: list[Run] = []
    bold: list[Text | Placeholder] | None = None
    position = 0
    for token in _TOKEN.finditer(text):
        words = text[position : token.start()]
        if words:
            (outer if bold is None else bold).append(Text(words))
        position = token.end()
        if token[1]:
            if bold is None:
                bold = []
                continue
            if not bold:
                raise SourceError("there is nothing between two ** marks", remedy="Delete them.")
            outer.append(Strong(tuple(bold)))
            bold = None
        elif token[2]:
            (outer if bold is None else bold).append(Placeholder(token[2]))
        else:
            raise SourceError(
                f"a lone {token[3]!r} in “{text}”",
                remedy="Braces only stand round the name of a field, such as {nspcc}.",
            )
    if bold is not None:
        raise SourceError(f"** opens but does not close in “{text}”", remedy="Write ** on both sides.")
    if position < len(text):
        outer.append(Text(text[position:]))
    return tuple(outer)


def fields(text: str) -> tuple[str, ...]:
    """The names of the fields in ``text``, in order, repeated as they are."""
    return tuple(PLACEHOLDER.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """``text`` with each field that ``values`` knows put in."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def plain(text: str) -> str:
    """``text`` without bold marks; fields stay as they are written."""
    return text.replace("**", "")


def broken_markup(english: str, text: str) -> str:
    """Why ``text`` cannot stand for ``english``: a field or bold lost or added; "" if it can."""
    try:
        runs = parse(text)
    except SourceError as error:
        return error.problem
    wanted, given = Counter(fields(english)), Counter(fields(text))
    if wanted != given:
        lost = [f"{{{name}}}" for name in (wanted - given).elements()]
        added = [f"{{{name}}}" for name in (given - wanted).elements()]
        parts = [f"{', '.join(lost)} lost"] * bool(lost) + [f"{', '.join(added)} added"] * bool(added)
        return "; ".join(parts)
    strong = sum(isinstance(run, Strong) for run in runs)
    if strong * 2 != english.count("**"):
        return f"{strong} bold parts, {english.count('**') // 2} in the English"
    return ""
