"""The markup inside a segment: ``**bold**`` and placeholders such as ``{nspcc}``.

:func:`parse` is the only parser; formats and checks all use it.
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
    """Words without markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A named place for a value."""

    name: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold words; bold does not nest."""

    runs: "tuple[Text | Placeholder, ...]"


Run: TypeAlias = Text | Placeholder | Strong


# Every edition and every school of a trust parses the same texts.
@lru_cache(maxsize=16_384)
def parse(text: str) -> tuple[Run, ...]:
    """A segment's text -> its runs of words, placeholders and bold.

    >>> parse("Call **{nspcc}** now")
    (Text(text='Call '), Strong(runs=(Placeholder(name='nspcc'),)), Text(text=' now'))

    Raises :class:`SourceError` for a ``**`` without its partner, an empty bold, or a brace that is
    not part of a placeholder.
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
                remedy="Use braces only around the name of a placeholder, such as {nspcc}.",
            )
    if bold is not None:
        raise SourceError(f"** opens but does not close in “{text}”", remedy="Write ** on both sides.")
    if position < len(text):
        outer.append(Text(text[position:]))
    return tuple(outer)


def fields(text: str) -> tuple[str, ...]:
    """The names of the placeholders in ``text``, in order, with repetitions.

    >>> fields("{nspcc} or {police}, or {nspcc}")
    ('nspcc', 'police', 'nspcc')
    """
    return tuple(PLACEHOLDER.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """``text`` with the value of each placeholder that ``values`` has; others stay.

    >>> filled("Page {page} of {pages}", {"page": "1"})
    'Page 1 of {pages}'
    """
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def plain(text: str) -> str:
    """``text`` without bold marks; placeholders stay.

    >>> plain("**Call** {nspcc}")
    'Call {nspcc}'
    """
    return text.replace("**", "")


def broken_markup(english: str, text: str) -> str:
    """Why the translation ``text`` does not have the markup of ``english``; empty if it has.

    Each placeholder must be there as often as in the English, in any order, and as many bold parts.

    >>> broken_markup("Call {nspcc}", "Dzwoń")
    '{nspcc} lost'
    >>> broken_markup("**Call** {nspcc}", "{nspcc}: **dzwoń**")
    ''
    """
    try:
        runs = parse(text)
    except SourceError as error:
        return error.problem
    wanted, given = Counter(fields(english)), Counter(fields(text))
    if wanted != given:
        return "; ".join(
            f"{', '.join(f'{{{name}}}' for name in names.elements())} {what}"
            for names, what in ((wanted - given, "lost"), (given - wanted, "added"))
            if names
        )
    strong = sum(isinstance(run, Strong) for run in runs)
    if strong * 2 != english.count("**"):
        return f"{strong} bold parts, {english.count('**') // 2} in the English"
    return ""
