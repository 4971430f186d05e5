"""Contacts, and the values of placeholders."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

FieldKind: TypeAlias = Literal["phone", "url", "text"]


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What replaces a placeholder such as ``{nspcc}``.

    ``shown`` is what people read. ``href`` is where the link leads: ``tel:`` or ``sms:`` for a phone,
    ``https:`` or ``mailto:`` for a url; empty for text, which is not a link. ``given`` is what the school
    wrote, where that was corrected.
    """

    kind: FieldKind
    shown: str
    href: str = ""
    given: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Contact:
    """A national helpline from ``contacts.toml``; ``source`` is the web page that it was verified on, ``who``
    what it is, for whoever looks after the guides."""

    name: str
    value: FieldValue
    source: str
    verified_on: date
    who: str = ""
