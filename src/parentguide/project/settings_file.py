"""``locales/settings.toml``: how a project wants its guides to be built.

on_changed_english = "previous"   # or "leave-out"
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from parentguide.errors import InvalidValueError
from parentguide.infra.structure import Parsed, structure
from parentguide.infra.toml import parse_toml

OnChangedEnglish: TypeAlias = Literal["previous", "leave-out"]
_CHOICES: tuple[OnChangedEnglish, ...] = ("previous", "leave-out")


def _choice(value: Any) -> OnChangedEnglish:
    for choice in _CHOICES:
        if value == choice:
            return choice
    raise InvalidValueError("this is not one of the choices", 'Write "previous" or "leave-out".')


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """``on_changed_english``: what a build does in a language that has no translation of a changed sentence
    yet: show the ``previous`` English and its translation in that block, or ``leave-out`` the language."""

    on_changed_english: Annotated[OnChangedEnglish, Parsed(_choice)] = "previous"


def parse_settings(text: str, path: Path) -> ProjectSettings:
    """The file's settings. Raises :class:`SourceError` with every mistake."""
    return structure(parse_toml(text, path), ProjectSettings, path)
