"""A message and its translation, and what is found wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from parentguide.checks.finding import Severity
from parentguide.model.language import Language


@dataclass(frozen=True, slots=True)
class TranslatedMessage:
    """One message: the English, and the translation that families may see."""

    language: Language
    context: str
    english: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a translation; the place is added by who asked."""

    code: str
    severity: Severity
    message: str
    hint: str


class MessageCheck(Protocol):
    """A check of one translation; it yields what it finds."""

    def __call__(self, pair: TranslatedMessage) -> Iterator[Problem]: ...
