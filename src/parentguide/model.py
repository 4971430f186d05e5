"""The types that flow between the stages. Frozen, and importing nothing of ours.

A translated guide is again a :class:`Guide`, so that no format has to know what
translation is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

SOURCE_LOCALE = "en"
# The id of the paragraph that speaks of the Safeguarding Policy: its address stands below it.
POLICY_BLOCK = "policy"


class StatementKind(StrEnum):
    """What a piece of a newsletter is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Statement:
    """One numbered piece of a newsletter; ``line`` is where it begins, from 1."""

    number: int
    kind: StatementKind
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Segment:
    """One translatable unit of a guide.

    ``id`` is its msgctxt, ``text`` its words (with ``**bold**`` and ``{field}``),
    ``lang`` the BCP 47 tag of the language the words are in now. ``covers`` are the
    newsletter's statements it stands for, ``source`` where an addition comes from.
    """

    id: str
    text: str
    lang: str = SOURCE_LOCALE
    note: str = ""
    covers: tuple[int, ...] = ()
    source: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    segment: Segment


@dataclass(frozen=True, slots=True)
class Paragraph:
    segment: Segment


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence for a parent to show in English, with what it says.

    ``english`` never changes; ``segment`` is translated.
    """

    english: str
    segment: Segment


@dataclass(frozen=True, slots=True)
class Quotation:
    """The official definition: English letter for letter, and a help to understanding.

    ``english`` never changes; in a translated guide ``help`` holds the translation.
    """

    english: tuple[str, ...]
    help: tuple[Segment, ...]
    published: date


CalloutKind: TypeAlias = Literal["contacts", "school", "note", "interpreter"]


@dataclass(frozen=True, slots=True)
class Callout:
    """Blocks that stand apart: whom to call, the school, a caution, an interpreter."""

    kind: CalloutKind
    blocks: "tuple[Block, ...]"


Block: TypeAlias = Heading | Paragraph | BulletList | Phrase | Quotation | Callout


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide in one language. ``excluded`` maps a statement's number to the reason."""

    slug: str
    lang: str
    title: str
    blocks: tuple[Block, ...]
    excluded: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """One edition of the official wording, with where it comes from."""

    edition: str
    source: str
    published: date
    verified_on: date
    paragraphs: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class PrintStyle:
    """How a language is set on paper.

    ``fonts`` are families in order; ``features`` OpenType features to force, by tag;
    ``scale`` multiplies the type size (a naskh draws smaller than Latin at the same
    size); ``region`` is the ISO 3166 code that picks a font's regional forms.
    """

    fonts: tuple[str, ...]
    scale: float = 1.0
    leading: float = 1.0
    region: str = ""
    features: Mapping[str, int] = field(default_factory=dict)


# How far the author of a draft may trust it.
CONFIDENCE = ("high", "medium", "low")
# CLDR's numbering systems of the guides' scripts, and their zeros (UTS #35, part 3).
DIGITS = {
    "latn": "0",
    "arab": "٠",
    "arabext": "۰",
    "beng": "০",
    "deva": "०",
    "gujr": "૦",
    "guru": "੦",
    "mlym": "൦",
    "tamldec": "௦",
    "telu": "౦",
}


@dataclass(frozen=True, slots=True)
class Language:
    """One language, as ``languages.toml`` has it. ``tag`` is BCP 47, ``script`` ISO 15924.

    ``lang`` is the tag as a page gives it: without a script that the language takes for
    granted (RFC 5646, 4.1). ``spoken_as`` is what an interpreter's booking calls it in
    English; ``voices`` are the BCP 47 tags of speech voices that read it well. ``dated`` is the day of the
    translation. ``review``, ``reviewer`` and ``partly`` come from the ledgers
    (:mod:`parentguide.review.states`), and so does ``dated`` once somebody has signed: the
    state, the roles or names under it, and whether a draft was checked in parts.
    ``stop`` is the mark that ends a sentence, ``quotes`` the opening and the closing quotation
    mark, ``digits`` the numbering system (CLDR, such as latn). ``confidence`` is how far the
    author of the draft trusts it (high, medium, low; "" where nobody has said), and why.
    ``speakers`` are the people whose main language it is (Census 2021, England and Wales); 0
    where the figure is not known.
    """

    tag: str
    english_name: str
    own_name: str
    direction: Literal["ltr", "rtl"]
    script: str
    print: PrintStyle
    lang: str = ""
    spoken_as: str = ""
    voices: tuple[str, ...] = ()
    dated: date | None = None
    review: str = "draft"
    reviewer: str = ""
    partly: bool = False
    stop: str = "."
    quotes: str = "“”"
    digits: str = "latn"
    confidence: str = ""
    confidence_reason: str = ""
    speakers: int = 0
    notes: str = ""

    @property
    def locale(self) -> str:
        """The CLDR form with an underscore, as folder names under ``locales/``."""
        return self.tag.replace("-", "_")

    @property
    def is_source(self) -> bool:
        return self.tag == SOURCE_LOCALE


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
    ``languages`` (tags) and ``editions`` are those that it wants, none: all. ``policy`` is
    the address of its Safeguarding Policy, ``dated`` the day it gives its edition.
    """

    name: str = ""
    website: FieldValue | None = None
    guides: FieldValue | None = None
    team: tuple[Person, ...] = ()
    local_contacts: tuple[LocalContact, ...] = ()
    logo: Logo | None = None
    languages: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    colour: Colour | None = None
    policy: FieldValue | None = None
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """A file that stands beside a page: ``size`` in bytes, ``pages`` 0 where it has none."""

    edition: str
    file_name: str
    size: int
    pages: int = 0


@dataclass(frozen=True, slots=True)
class ReviewedMessage:
    """One message as a school that cannot read the language looks at it.

    ``back`` is what it says in English, by ``back_origin`` where that is not who made the
    others; ``state`` its state of review, ``signed`` by whom
    and when; ``changed``: somebody approved other words; ``doubted``: a reviewer wants
    others; ``findings`` are what the automatic checks say.
    """

    domain: str
    context: str
    english: str
    translation: str
    back: str
    state: str
    back_origin: str = ""
    signed: tuple[tuple[str, date], ...] = ()
    changed: bool = False
    doubted: bool = False
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything a format needs to make one file: nothing is looked up later.

    ``english`` is the guide in English, for sheets with both. ``interface`` maps msgctxt
    to the words in this language, and lacks what is not translated; ``back`` maps
    msgctxt to what the translation says in English, made on ``back_made_on`` by
    ``back_origin``; ``messages`` are for the check page; ``downloads`` are the files that are
    made beside this one; ``mono`` asks for sheets in black.
    """

    guide: Guide
    english: Guide
    language: Language
    languages: tuple[Language, ...]
    interface: Mapping[str, str]
    fields: Mapping[str, FieldValue]
    school: School
    back: Mapping[str, str] = field(default_factory=dict)
    back_made_on: date | None = None
    back_origin: str = ""
    messages: tuple[ReviewedMessage, ...] = ()
    downloads: tuple[Download, ...] = ()
    incomplete: bool = False
    mono: bool = False

    @property
    def status(self) -> str:
        """``incomplete``, or the review state of the language."""
        return "incomplete" if self.incomplete else self.language.review

    @property
    def address(self) -> str:
        """The web address of this edition's page; empty where the school gives none."""
        if self.school.guides is None:
            return ""
        return f"{self.school.guides.href.rstrip('/')}/{self.guide.slug}/{self.language.tag}/"


@dataclass(frozen=True, slots=True)
class Site:
    """All editions of one build, for what is made once for all; ``formats`` are their names."""

    editions: tuple[Edition, ...]
    school: School
    formats: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The web address of the first page; empty where the school gives none."""
        return "" if self.school.guides is None else f"{self.school.guides.href.rstrip('/')}/"


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished file, before it is written. ``path`` is relative, with ``/``.

    ``guide`` and ``language`` are empty for a file that is made for all of them.
    ``made_from`` is a digest of all that it was made from (:mod:`parentguide.reuse`);
    ``reused``: an earlier build had made it.
    """

    edition: str
    path: str
    content: bytes
    guide: str = ""
    language: str = ""
    direction: str = ""
    status: str = ""
    pages: int = 0
    made_from: str = ""
    reused: bool = False
