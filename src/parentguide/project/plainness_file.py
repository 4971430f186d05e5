"""``plainness.toml``: published measures of how easy a text is to read, by language tag."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from parentguide.errors import InvalidValueError, Problem, SourceError
from parentguide.infra.structure import Parsed, parse_string, structure
from parentguide.infra.toml import parse_toml


def _pattern(value: Any) -> str:
    try:
        re.compile(parse_string(value))
    except re.error as problem:
        raise InvalidValueError(
            f"is not a regular expression: {problem}", "Write one that Python reads."
        ) from None
    return str(value)


def _words(value: Any) -> str:
    if not parse_string(value).strip():
        raise InvalidValueError("is empty", "Write where it was published: a measure needs a source.")
    return str(value)


@dataclass(frozen=True, slots=True)
class Level:
    """The lowest value of a level, and what it means."""

    lowest: float
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A linear measure: the sum of ``base`` and of each count times its factor.

    ``syllable`` is a regular expression that finds the syllables of a word in small letters; empty where no
    count needs it. ``levels`` begin with the lowest. ``seen`` says where the source was read.
    """

    name: str
    source: Annotated[str, Parsed(_words)]
    seen: str = ""
    base: float
    words_per_sentence: float = 0.0
    sentences_per_word: float = 0.0
    syllables_per_word: float = 0.0
    letters_per_word: float = 0.0
    hard_words: float = 0.0
    hard_syllables: int = 0
    syllable: Annotated[str, Parsed(_pattern)] = ""
    levels: tuple[Level, ...] = ()

    def meaning(self, value: float) -> str:
        """What a value means; "" where the source does not say."""
        return next((level.means for level in reversed(self.levels) if value >= level.lowest), "")


def parse_plainness(text: str, path: Path) -> dict[str, Measure]:
    """The file's text -> the measures by language tag. Raises :class:`SourceError` with every mistake."""
    read = structure(parse_toml(text, path), dict[str, Measure], path)
    if problems := [problem for tag, measure in read.items() for problem in _of(tag, measure, path)]:
        raise SourceError.of(problems)
    return read


def _of(tag: str, measure: Measure, path: Path) -> Iterator[Problem]:
    if (measure.syllables_per_word or measure.hard_words) and not measure.syllable:
        yield Problem(
            "counts syllables, and does not say how to find them", "Write syllable = …", (tag,), path
        )
    if bool(measure.hard_words) != bool(measure.hard_syllables):
        yield Problem("has one of hard_words and hard_syllables", "Write both or none.", (tag,), path)
    lowest = [level.lowest for level in measure.levels]
    if lowest != sorted(lowest):
        yield Problem("its levels are not in order", "Begin with the lowest.", (tag, "levels"), path)
