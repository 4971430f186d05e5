"""All translations of one language together, for what no single one shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from parentguide.checks.translation.pair import Pair, Problem
from parentguide.checks.translation.profiles import Profile
from parentguide.glossary import Glossary
from parentguide.model import Language


@dataclass(frozen=True, slots=True)
class Whole:
    """A language's translations, its glossary, and what each language's words are like.

    ``triples`` are those of letters in each of the ``pairs``' texts, and how often each stands.
    """

    language: Language
    pairs: tuple[Pair, ...]
    triples: tuple[Mapping[str, int], ...]
    glossary: Glossary
    own: Profile
    profiles: tuple[Profile, ...]


class WholeCheck(Protocol):
    """A check of a language's translations; it yields what it finds, and where."""

    def __call__(self, whole: Whole) -> Iterator[tuple[Pair, Problem]]: ...
