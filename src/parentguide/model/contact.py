"""Contacts, and the values of named fields."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

FieldKind: TypeAlias = Literal["phone", "url", "text"]


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What a named field such as ``{nspcc}`` shows; ``href`` is empty for plain text."""

    kind: FieldKind
    shown: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A national helpline, as ``contacts.toml`` has it."""

    name: str
    value: FieldValue
    source: str
    verified_on: date
