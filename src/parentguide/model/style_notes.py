"""What somebody who reads or corrects a translation should know first: questions, traps, address and terms.

All of it is English with words of the translation in it. :class:`StyleNotes` is what ``STYLE.md`` and the
printed review sheet show.
"""

import re
from dataclasses import dataclass

# The ends of a first sentence, and of its first part.
_ENDS = (re.compile(r"\.(?=\s|$)"), re.compile(r"[.;:](?=\s|$)"))


@dataclass(frozen=True, slots=True)
class NotedQuestion:
    """What a bilingual reader should answer first: about which message (``*`` for all), in English, and why
    it is asked."""

    context: str
    question: str
    why: str


@dataclass(frozen=True, slots=True)
class NotedTerm:
    """An English term, the words chosen for it, those that were rejected, and why."""

    english: str
    term: str
    rejected: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class StyleNotes:
    """Notes on a translation, the most important first.

    ``traps`` are pairs of a subject and advice, ``style`` pairs of a heading and a remark.
    """

    questions: tuple[NotedQuestion, ...] = ()
    traps: tuple[tuple[str, str], ...] = ()
    style: tuple[tuple[str, str], ...] = ()
    terms: tuple[NotedTerm, ...] = ()


def in_brief(text: str, most: int) -> str:
    """The first sentence of ``text``; of a long one its first part, or as many words as have ``most``
    characters.

    >>> in_brief("The usual word; the other is rare. It is old.", 40)
    'The usual word; the other is rare'
    >>> in_brief("The usual word; the other is rare. It is old.", 20)
    'The usual word'
    >>> in_brief("A word that people say at home", 14)
    'A word that …'
    """
    text = " ".join(text.split())
    for end in _ENDS:
        first = end.split(text, maxsplit=1)[0]
        if len(first) <= most:
            return first
    kept = first[: most - 1].rpartition(" ")[0] or first[: most - 1]
    return f"{kept.rstrip(',;:–(“')} …"
