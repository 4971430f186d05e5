"""Guides: blocks and segments. A translated guide is again a :class:`Guide`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from parentguide.model.language import SOURCE_LOCALE

# The id of the paragraph that speaks of the Safeguarding Policy: its address stands below it.
POLICY_BLOCK = "policy"


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
