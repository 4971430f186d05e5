"""The form of a school's details for Typst templates, with the names of keys as in ``sheet_types``."""

from typing import TypedDict


class LinkData(TypedDict):
    """A value to show; ``href`` is empty for words that are not a link."""

    shown: str
    href: str


class QrData(TypedDict):
    """A QR code as SVG, the ``address`` in it, and the address as it is printed."""

    svg: str
    address: str
    shown: str


_KnownRole = TypedDict("_KnownRole", {"known-role": str})


class PersonData(_KnownRole):
    """A member of the safeguarding team; ``known-role`` is a role that has a translation, or empty."""

    name: str
    role: str
    phone: LinkData | None
    email: LinkData | None


class LocalData(TypedDict):
    """Help near the school; a value without an ``href`` is text. ``speaks``: in the sheet's language too."""

    name: str
    values: list[LinkData]
    speaks: bool


_LogoFormat = TypedDict("_LogoFormat", {"logo-format": str | None})


class PosterSchoolData(TypedDict):
    """What the poster shows of the school."""

    name: str
    qr: QrData | None


_FirstLeaf = TypedDict("_FirstLeaf", {"first-leaf-only": bool})


class SchoolData(PosterSchoolData, _LogoFormat, _FirstLeaf):
    """What sheets show of the school; ``date`` is empty where the school gives none. ``first-leaf-only``: the
    handout has no second leaf."""

    website: LinkData | None
    policy: LinkData | None
    date: str
    team: list[PersonData]
    local: list[LocalData]
