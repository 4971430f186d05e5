"""``locales/settings.toml``: how a project wants its guides to be built.

on_changed_english = "previous"   # or "leave-out"
history_megabytes = 200           # how much .history/ keeps
history_acts = 500
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


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise InvalidValueError("this is not a whole number from 1", "Write a number such as 200.")
    return value


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """``on_changed_english``: what a build does in a language that has no translation of a changed sentence
    yet: show the ``previous`` English and its translation in that block, or ``leave-out`` the language.

    ``history_megabytes`` and ``history_acts`` limit what ``.history/`` keeps; the oldest acts go first."""

    on_changed_english: Annotated[OnChangedEnglish, Parsed(_choice)] = "previous"
    history_megabytes: Annotated[int, Parsed(_count)] = 200
    history_acts: Annotated[int, Parsed(_count)] = 500


def parse_settings(text: str, path: Path) -> ProjectSettings:
    """The file's settings. Raises :class:`SourceError` with every mistake."""
    return structure(parse_toml(text, path), ProjectSettings, path)
