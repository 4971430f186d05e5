"""What a language's words are like: how often each triple of letters stands in them."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parentguide.inline import FIELD

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


def profile(tag: str, script: str, texts: Iterable[str]) -> Profile:
    """What the texts of one language are like."""
    counts = Counter[str]()
    for text in texts:
        counts.update(triples_of(text))
    total = sum(counts.values())
    whole = math.log(total + _ADDED * _KINDS)
    weights = {triple: math.log(count + _ADDED) - whole for triple, count in counts.items()}
    return Profile(tag, script, counts, total, weights, math.log(_ADDED) - whole)


def triples_of(text: str) -> Counter[str]:
    words = " ".join(FIELD.sub(" ", text).casefold().replace("*", " ").split())
    return Counter(words[index : index + 3] for index in range(len(words) - 2))


def likeness(triples: Mapping[str, int], model: Profile) -> float:
    """The logarithm of the chance to meet ``triples`` in the language."""
    weights, unseen = model.weights, model.unseen
    return sum(count * weights.get(triple, unseen) for triple, count in triples.items())


def own_likeness(triples: Mapping[str, int], count: int, own: Profile) -> float:
    """The same in the text's own language, without the text itself."""
    whole = math.log(own.total - count + _ADDED * _KINDS)
    return sum(
        times * (math.log(own.counts[triple] - times + _ADDED) - whole) for triple, times in triples.items()
    )
