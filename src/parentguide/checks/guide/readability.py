"""PG4xx: a child of ten can read the English.

The grade is that of Kincaid et al. (1975): 0.39 × words per sentence + 11.8 × syllables per word -
15.59. Syllables come from the dictionary of the syllapy package, which works offline. The official
quotation and the headings do not count; a list item counts as a sentence.

Decision: docs/decisions/0003-kincaid-with-syllapy.md.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import syllapy

from parentguide.checks.finding import Finding, Severity
from parentguide.model import markup
from parentguide.model.guide import Block, BulletList, Callout, Paragraph, Phrase, Segment
from parentguide.project.project import GuideSource, Project

HIGHEST_GRADE = 5.0
LONGEST_AVERAGE = 12.0
LONGEST_SENTENCE = 20
_SENTENCE = re.compile(r"(?<=[.!?])[”’\")]*\s+")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Readability:
    """``grade`` is a US school grade, ``average`` the mean number of words in a sentence."""

    grade: float
    average: float
    words: int
    sentences: int


def body(blocks: Iterable[Block]) -> Iterator[Segment]:
    """The segments that are running text: no headings, no official quotation."""
    for block in blocks:
        match block:
            case Paragraph() | Phrase():
                yield block.segment
            case BulletList():
                yield from block.items
            case Callout():
                yield from body(block.blocks)
            case _:
                pass


def sentences(text: str) -> list[list[str]]:
    """The sentences of a segment as lists of words; a placeholder counts as one word."""
    shown = markup.PLACEHOLDER.sub("number", markup.plain(text))
    split = [_WORD.findall(sentence) for sentence in _SENTENCE.split(shown)]
    return [words for words in split if words]


def measure(texts: Iterable[str]) -> Readability:
    """The readability of some segments together. Raises :class:`ValueError` for no words."""
    found = [words for text in texts for words in sentences(text)]
    count = sum(map(len, found))
    if not count:
        raise ValueError("there are no words to measure")
    syllables = sum(max(1, syllapy.count(word)) for words in found for word in words)
    average = count / len(found)
    grade = 0.39 * average + 11.8 * syllables / count - 15.59
    return Readability(grade, average, count, len(found))


def check_readability(project: Project) -> Iterator[Finding]:
    for slug in project.chosen_slugs:
        source = project.guide_source(slug)
        segments = list(body(source.guide.blocks))
        for segment in segments:
            yield from _long_sentences(source, segment)
        if segments:
            yield from _limits(source, measure(segment.text for segment in segments))


def _long_sentences(source: GuideSource, segment: Segment) -> Iterator[Finding]:
    for words in sentences(segment.text):
        if len(words) > LONGEST_SENTENCE:
            yield Finding(
                "PG403",
                Severity.ERROR,
                source.path,
                segment.line,
                f"a sentence of {len(words)} words: “{' '.join(words[:8])} …”",
                f"Split it: {LONGEST_SENTENCE} words at most.",
            )


def _limits(source: GuideSource, result: Readability) -> Iterator[Finding]:
    if result.grade > HIGHEST_GRADE:
        yield Finding(
            "PG401",
            Severity.ERROR,
            source.path,
            0,
            f"the reading grade is {result.grade:.1f}, above {HIGHEST_GRADE:g}",
            "Use shorter words and sentences.",
        )
    if result.average > LONGEST_AVERAGE:
        yield Finding(
            "PG402",
            Severity.ERROR,
            source.path,
            0,
            f"{result.average:.1f} words per sentence on average, above {LONGEST_AVERAGE:g}",
            "Split long sentences.",
        )
