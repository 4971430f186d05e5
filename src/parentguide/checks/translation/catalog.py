"""Input for checks that compare a language's messages with each other, or with its glossary."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.checks.translation.trigrams import Profile
from parentguide.model.language import Language
from parentguide.translation.glossary import Glossary


@dataclass(frozen=True, slots=True)
class LanguageCatalog:
    """A language's translations from all domains, its glossary, and the profiles of all languages.

    ``triples`` are the triples of letters in the text of each of ``messages``, with their counts.
    ``own`` is the language's profile; it is also among ``profiles``.
    """

    language: Language
    messages: tuple[TranslatedMessage, ...]
    triples: tuple[Mapping[str, int], ...]
    glossary: Glossary
    own: Profile
    profiles: tuple[Profile, ...]


class CatalogCheck(Protocol):
    """A check of all translations of a language; it yields each problem with its message."""

    def __call__(self, catalog: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]: ...
