"""All translations of one language together, for what no single one shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.checks.translation.trigrams import Profile
from parentguide.model.language import Language
from parentguide.translation.glossary import Glossary


@dataclass(frozen=True, slots=True)
class LanguageCatalog:
    """A language's translations, its glossary, and what each language's words are like.

    ``triples`` are those of letters in each of the ``pairs``' texts, and how often each stands.
    """

    language: Language
    pairs: tuple[TranslatedMessage, ...]
    triples: tuple[Mapping[str, int], ...]
    glossary: Glossary
    own: Profile
    profiles: tuple[Profile, ...]


class CatalogCheck(Protocol):
    """A check of a language's translations; it yields what it finds, and where."""

    def __call__(self, whole: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]: ...
