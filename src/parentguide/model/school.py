"""What a school says about itself."""

from dataclasses import dataclass
from datetime import date

from parentguide.model.contact import FieldValue


@dataclass(frozen=True, slots=True)
class Person:
    name: str = ""
    role: str = ""
    phone: FieldValue | None = None
    email: FieldValue | None = None


@dataclass(frozen=True, slots=True)
class LocalContact:
    """Help near the school. ``languages`` are the BCP 47 tags of languages that it speaks;
    ``is_authority``: it is the local authority, which stands first."""

    name: str
    value: FieldValue
    languages: tuple[str, ...] = ()
    is_authority: bool = False

    def speaks(self, tag: str) -> bool:
        """Whether readers of a guide in the language ``tag`` can speak with it."""
        return any(same_speech(spoken, tag) for spoken in self.languages)


def same_speech(spoken: str, tag: str) -> bool:
    """Whether who speaks one is understood by readers of the other. A tag without a script is
    all of the language's scripts: ``pa`` is ``pa-Guru`` and ``pa-Arab``, but ``fa`` not ``fa-AF``."""
    script = tag.removeprefix(spoken)
    return script == "" or (script != tag and len(script) == len("-Guru") and script[0] == "-")


@dataclass(frozen=True, slots=True)
class Colour:
    """An accent colour, ``#rrggbb``: as a school gave it, and as it can be read on light and dark."""

    given: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture, checked: ``media_type`` is what the bytes are, not what the name says.

    ``size`` is its width and height, in pixels or the units of an SVG picture's view box.
    ``small`` is the same picture as PNG, small enough to travel inside every page; empty where
    ``data`` is. ``left_out`` says what an SVG picture lost to be safe.
    """

    data: bytes
    media_type: str
    alt: str
    size: tuple[float, float]
    small: bytes = b""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class School:
    """What a school says of itself. Everything is optional.

    ``guides`` is the web address of the folder that the guides are copied to;
    ``languages`` (tags) and ``formats`` are those that it wants, none: all. ``policy`` is
    the address of its Safeguarding Policy, ``dated`` the day it gives its edition.
    """

    name: str = ""
    website: FieldValue | None = None
    guides: FieldValue | None = None
    team: tuple[Person, ...] = ()
    local_contacts: tuple[LocalContact, ...] = ()
    logo: Logo | None = None
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    colour: Colour | None = None
    policy: FieldValue | None = None
    dated: date | None = None
