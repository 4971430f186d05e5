"""What a language's words are like: how often each triple of letters stands in them."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parentguide.model.markup import PLACEHOLDER

# What is added to every count, and how many kinds of triples there may be (Lidstone smoothing).
_ADDED, _KINDS = 0.5, 10_000


@dataclass(frozen=True, slots=True)
class Profile:
    """How often each triple of letters stands in a language's texts, and its logarithm."""

    tag: str
    script: str
    counts: Mapping[str, int]
    total: int
    weights: Mapping[str, float]
    unseen: float
    heaviest: float


def profile(tag: str, script: str, texts: Iterable[Mapping[str, int]]) -> Profile:
    """What the texts of one language are like; of each its :func:`triples_of`."""
    counts = Counter[str]()
    for triples in texts:
        counts.update(triples)
    total = sum(counts.values())
    whole = math.log(total + _ADDED * _KINDS)
    weights = {triple: math.log(count + _ADDED) - whole for triple, count in counts.items()}
    unseen = math.log(_ADDED) - whole
    return Profile(tag, script, counts, total, weights, unseen, max(weights.values(), default=unseen))


def triples_of(text: str) -> Counter[str]:
    words = " ".join(PLACEHOLDER.sub(" ", text).casefold().replace("*", " ").split())
    return Counter(words[index : index + 3] for index in range(len(words) - 2))


def likeness(triples: Mapping[str, int], model: Profile) -> float:
    """The logarithm of the chance to meet ``triples`` in the language."""
    weights, unseen = model.weights, model.unseen
    return sum(count * weights.get(triple, unseen) for triple, count in triples.items())


def may_reach(triples: Mapping[str, int], count: int, model: Profile, wanted: float) -> bool:
    """Whether :func:`likeness` may be ``wanted``, as it would be if each of the ``count`` triples
    that the language has were its most frequent. Found in a fraction of the time."""
    known = sum(map(triples.__getitem__, triples.keys() & model.weights.keys()))
    return known * model.heaviest + (count - known) * model.unseen >= wanted


def own_likeness(triples: Mapping[str, int], count: int, own: Profile) -> float:
    """The same in the text's own language, without the text itself."""
    whole = math.log(own.total - count + _ADDED * _KINDS)
    return sum(
        times * (math.log(own.counts[triple] - times + _ADDED) - whole) for triple, times in triples.items()
    )
