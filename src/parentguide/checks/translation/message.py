"""A message with its translation, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from parentguide.checks.finding import Severity
from parentguide.model.language import Language


@dataclass(frozen=True, slots=True)
class TranslatedMessage:
    """One message: the English, and the translation that families may see.

    ``domain`` and ``line`` say where the translation is: in which catalog and at which line, from 1.
    They are empty for a text that is not in a catalog yet.
    """

    language: Language
    context: str
    english: str
    text: str
    domain: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a translation. The caller knows the place."""

    code: str
    severity: Severity
    message: str
    hint: str


class MessageCheck(Protocol):
    """A check of one translation; it yields what it finds."""

    def __call__(self, message: TranslatedMessage) -> Iterator[Problem]: ...
