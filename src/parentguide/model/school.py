"""What a school says about itself."""

from dataclasses import dataclass
from datetime import date

from parentguide.model.contact import FieldValue


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the safeguarding team; at least one of the values is given."""

    name: str = ""
    role: str = ""
    phone: FieldValue | None = None
    email: FieldValue | None = None


@dataclass(frozen=True, slots=True)
class LocalContact:
    """An organisation near the school that helps.

    ``values`` are the ways to reach it: phone, website, e-mail, and the address of its place as text; at
    least one of them. ``languages`` are the BCP 47 tags of the languages that its staff speak;
    ``is_authority``: it is the local authority, which comes first. ``out_of_hours`` is the authority's
    phone number when its office is closed.
    """

    name: str
    values: tuple[FieldValue, ...]
    languages: tuple[str, ...] = ()
    is_authority: bool = False
    out_of_hours: FieldValue | None = None

    def speaks(self, tag: str) -> bool:
        """Whether its staff can speak with readers of a guide in the language ``tag``."""
        return any(same_speech(spoken, tag) for spoken in self.languages)


def same_speech(spoken: str, tag: str) -> bool:
    """Whether a speaker of ``spoken`` and a reader of ``tag`` understand each other.

    A tag without a script means all scripts of the language, as scripts are not heard.

    >>> [same_speech("pa", tag) for tag in ("pa", "pa-Guru", "pa-Arab", "pl")]
    [True, True, True, False]
    >>> same_speech("fa", "fa-AF")
    False
    """
    script = tag.removeprefix(spoken)
    return script == "" or (script != tag and len(script) == len("-Guru") and script[0] == "-")


@dataclass(frozen=True, slots=True)
class Colour:
    """An accent colour as ``#rrggbb``: as the school gave it, and in the lightness that can be read on
    light and on dark grounds."""

    given: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Logo:
    """A checked picture.

    ``media_type`` follows from the bytes, not from the file's name. ``alt`` is its text alternative
    (WCAG 1.1.1). ``size`` is width and height, in pixels or in units of an SVG's view box. ``small``
    is the picture as a PNG small enough to be part of every page; empty where ``data`` is.
    ``left_out`` names what was removed from an SVG to make it safe.
    """

    data: bytes
    media_type: str
    alt: str
    size: tuple[float, float]
    small: bytes = b""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class School:
    """What a school says about itself. Everything is optional.

    ``guides`` is the web address of the folder that the guides are copied to. ``languages`` (tags)
    and ``formats`` (names) are those that it wants; empty: all. ``usual_languages`` (tags) come first where
    families choose their language. ``policy`` is the address of its
    Safeguarding Policy, ``dated`` the date of its guides. ``headteacher`` is a phone number.
    ``new_training``: its staff have had new training on the guides' subject; ``policy_updated``: its policy
    is new; ``report_remove``: it helps pupils to have pictures of themselves taken down.
    ``first_leaf_only``: it prints only the first leaf of the handout; ``a5_handout``: on A5.
    """

    name: str = ""
    website: FieldValue | None = None
    guides: FieldValue | None = None
    team: tuple[Person, ...] = ()
    local_contacts: tuple[LocalContact, ...] = ()
    logo: Logo | None = None
    languages: tuple[str, ...] = ()
    usual_languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    colour: Colour | None = None
    policy: FieldValue | None = None
    dated: date | None = None
    headteacher: FieldValue | None = None
    new_training: bool = False
    policy_updated: bool = False
    report_remove: bool = False
    first_leaf_only: bool = False
    a5_handout: bool = False
