"""How long the sentences and words of a translation are, and what a published measure says of them.

Only the running text of a guide counts, as for the English (PG401): no headings and no official quotation.
A placeholder counts as one word, an item of a list as a sentence. The figures are for translators, and no
check: languages differ.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parentguide.checks.guide.readability import body
from parentguide.checks.translation.folding import folded
from parentguide.checks.translation.marks import is_closing
from parentguide.checks.translation.sentences import sentence_ends
from parentguide.model import markup
from parentguide.model.language import Language
from parentguide.project.plainness_file import Measure
from parentguide.project.project import Project
from parentguide.translation import po

# The text that replaces a placeholder when words and letters are counted.
_NUMBER = "0"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a message. ``length`` is its number of words, or of characters where spaces do not
    separate words."""

    context: str
    text: str
    length: int


@dataclass(frozen=True, slots=True)
class Plainness:
    """The sentences of a translation in reading order, and averages of them.

    ``letters`` and ``syllables`` are those of one word, ``hard`` is the percentage of words with as many
    syllables as the measure calls hard. ``syllables`` and ``hard`` are 0 without a measure that counts them.
    """

    sentences: tuple[Sentence, ...]
    letters: float
    syllables: float = 0.0
    hard: float = 0.0

    @property
    def length(self) -> float:
        """Words in a sentence, or characters; 0 without sentences."""
        return sum(one.length for one in self.sentences) / len(self.sentences) if self.sentences else 0.0

    def longest(self, count: int) -> tuple[Sentence, ...]:
        """The longest sentences, the longest first."""
        return tuple(sorted(self.sentences, key=lambda one: -one.length)[:count])

    def value(self, measure: Measure) -> float:
        """The value of a measure. Raises :class:`ValueError` for no sentences."""
        if not self.sentences:
            raise ValueError("there are no sentences to measure")
        return (
            measure.base
            + measure.words_per_sentence * self.length
            + measure.sentences_per_word / self.length
            + measure.syllables_per_word * self.syllables
            + measure.letters_per_word * self.letters
            + measure.hard_words * self.hard
        )


def running_text(project: Project, language: Language) -> Iterator[tuple[str, str]]:
    """The context and the text of each translated message of running text, in all guides that are ready."""
    for slug in project.ready_slugs:
        segments = {segment.id: segment.text for segment in body(project.guide_source(slug).guide.blocks)}
        if not language.is_source:
            ready = po.catalog_status(project.source_messages(slug), project.catalog(language, slug)).ready
            segments = {context: ready[context] for context in segments if context in ready}
        yield from segments.items()


def plainness(
    texts: Iterable[tuple[str, str]], language: Language, measure: Measure | None = None
) -> Plainness:
    """The sentences of ``texts``, which are pairs of context and text, and their averages."""
    found = [
        Sentence(context, sentence, len(_units(sentence, language)))
        for context, text in texts
        for sentence in sentences_of(text, language)
    ]
    words = [word for one in found for word in _words(one.text)]
    letters = [_letters(word) for word in words]
    counted = [_syllables(word, measure) for word in words] if measure and measure.syllable else []
    hard = (
        sum(count >= measure.hard_syllables for count in counted) if measure and measure.hard_syllables else 0
    )
    return Plainness(
        tuple(found),
        _mean(letters),
        _mean(counted),
        100 * hard / len(words) if words else 0.0,
    )


def sentences_of(text: str, language: Language) -> list[str]:
    """The sentences of a message, without bold; those without a word are left out."""
    shown = markup.plain(text)
    parts, begin = [], 0
    for mark in (*sentence_ends(shown, language), len(shown) - 1):
        end = mark + 1
        # A closing quotation mark belongs to the sentence before it.
        while end < len(shown) and is_closing(shown[end]) and not shown[end].isspace():
            end += 1
        parts.append(shown[begin:end].strip())
        begin = end
    return [part for part in parts if _words(part)]


def _units(sentence: str, language: Language) -> list[str]:
    """The words of a sentence, or its letters and digits where spaces do not separate words."""
    words = _words(sentence)
    return words if language.word_spaces else [char for word in words for char in word if char.isalnum()]


def _words(sentence: str) -> list[str]:
    words = markup.PLACEHOLDER.sub(_NUMBER, sentence).split()
    return [word for word in words if any(char.isalnum() for char in word)]


def _letters(word: str) -> int:
    """The letters and digits of a word. A vowel sign belongs to its letter."""
    return sum(unicodedata.category(char)[0] in "LN" for char in word)


def _syllables(word: str, measure: Measure) -> int:
    return max(1, len(re.findall(measure.syllable, folded(word))))


def _mean(counts: list[int]) -> float:
    return sum(counts) / len(counts) if counts else 0.0
