"""A language's profile: how often each triple of letters occurs in its texts.

Decision: docs/decisions/0021-wrong-language-by-trigrams.md.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parentguide.model.markup import PLACEHOLDER

# Lidstone smoothing: what is added to every count, and the assumed number of different triples.
_ADDED, _KINDS = 0.5, 10_000


@dataclass(frozen=True, slots=True)
class Profile:
    """The counts of triples in a language's texts, and their sum.

    ``weights`` are the logarithms of the smoothed shares, ``unseen`` that of a triple that does not
    occur, and ``heaviest`` the greatest.
    """

    tag: str
    script: str
    counts: Mapping[str, int]
    total: int
    weights: Mapping[str, float]
    unseen: float
    heaviest: float


def profile(tag: str, script: str, texts: Iterable[Mapping[str, int]]) -> Profile:
    """The profile of a language from the :func:`triples_of` its texts."""
    counts = Counter[str]()
    for triples in texts:
        counts.update(triples)
    total = sum(counts.values())
    smoothed_total = math.log(total + _ADDED * _KINDS)
    weights = {triple: math.log(count + _ADDED) - smoothed_total for triple, count in counts.items()}
    unseen = math.log(_ADDED) - smoothed_total
    return Profile(tag, script, counts, total, weights, unseen, max(weights.values(), default=unseen))


def triples_of(text: str) -> Counter[str]:
    """Each three characters in a row, in lower case, without placeholders and bold marks."""
    words = " ".join(PLACEHOLDER.sub(" ", text).casefold().replace("*", " ").split())
    return Counter(words[index : index + 3] for index in range(len(words) - 2))


def likeness(triples: Mapping[str, int], model: Profile) -> float:
    """The logarithm of the probability of ``triples`` in the language."""
    weights, unseen = model.weights, model.unseen
    return sum(count * weights.get(triple, unseen) for triple, count in triples.items())


def may_reach(triples: Mapping[str, int], count: int, model: Profile, wanted: float) -> bool:
    """Whether :func:`likeness` may be ``wanted`` or more; False is certain, and much faster to find.

    It is an upper bound: as if each of the ``count`` triples that the language has were its most frequent.
    """
    known = sum(map(triples.__getitem__, triples.keys() & model.weights.keys()))
    return known * model.heaviest + (count - known) * model.unseen >= wanted


def own_likeness(triples: Mapping[str, int], count: int, own: Profile) -> float:
    """:func:`likeness` in the text's own language, with the text's ``count`` triples taken out of it."""
    smoothed_total = math.log(own.total - count + _ADDED * _KINDS)
    return sum(
        times * (math.log(own.counts[triple] - times + _ADDED) - smoothed_total)
        for triple, times in triples.items()
    )
