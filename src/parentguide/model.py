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


@dataclass(frozen=True, slots=True)
class Language:
    """One language, as ``languages.toml`` has it. ``tag`` is BCP 47, ``script`` ISO 15924.

    ``spoken_as`` is what an interpreter's booking calls it in English.
    """

    tag: str
    english_name: str
    own_name: str
    direction: Literal["ltr", "rtl"]
    script: str
    review: str
    print: PrintStyle
    spoken_as: str = ""
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
    name: str
    value: FieldValue


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture, checked: ``media_type`` is what the bytes are, not what the name says."""

    data: bytes
    media_type: str
    alt: str


@dataclass(frozen=True, slots=True)
class School:
    """What a school says of itself. Everything is optional."""

    name: str = ""
    website: FieldValue | None = None
    team: tuple[Person, ...] = ()
    local_contacts: tuple[LocalContact, ...] = ()
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything a format needs to make one file: nothing is looked up later.

    ``interface`` maps msgctxt to the words in this language, and lacks what is not
    translated; ``companions`` are the other editions that are built with this one.
    """

    guide: Guide
    language: Language
    languages: tuple[Language, ...]
    interface: Mapping[str, str]
    fields: Mapping[str, FieldValue]
    school: School
    companions: tuple[str, ...] = ()
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished file, before it is written. ``path`` is relative, with ``/``."""

    guide: str
    language: str
    direction: str
    edition: str
    path: str
    status: str
    content: bytes
