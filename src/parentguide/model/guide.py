"""Guides: blocks and segments. A translated guide is again a :class:`Guide`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal, TypeAlias

from parentguide.model.language import SOURCE_LOCALE

# The id in guide.md of the paragraph about the Safeguarding Policy: pages and sheets show the
# policy's address below it. Renderers hand it to their templates, which know no id themselves.
POLICY_BLOCK = "policy"


@dataclass(frozen=True, slots=True)
class Segment:
    """The smallest translatable unit of a guide.

    ``id`` is its msgctxt, ``text`` its words with ``**bold**`` and ``{placeholder}``
    (:mod:`parentguide.model.markup`), ``lang`` the BCP 47 tag of the language the words are in now.
    ``note`` is for translators, ``covers`` has the numbers of the newsletter's statements that the
    segment conveys, ``source`` says where added content comes from, ``line`` is its line in
    ``guide.md`` from 1, 0 where it has none.
    """

    id: str
    text: str
    lang: str = SOURCE_LOCALE
    note: str = ""
    covers: tuple[int, ...] = ()
    source: str = ""
    line: int = 0


# Each block has a ``kind``, the name by which templates choose how to show it. A class can be
# renamed without a change to any template.


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` is 1 for the title, 2 and 3 below it."""

    kind: ClassVar[str] = "heading"
    level: int
    segment: Segment


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the guide's own words."""

    kind: ClassVar[str] = "paragraph"
    segment: Segment

    @property
    def is_policy(self) -> bool:
        """Whether the address of the school's Safeguarding Policy is shown below this paragraph."""
        return self.segment.id == POLICY_BLOCK


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list with bullets; each item is one segment."""

    kind: ClassVar[str] = "list"
    items: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that a parent shows to somebody in English, with its translation.

    ``english`` never changes; ``segment`` is translated.
    """

    kind: ClassVar[str] = "phrase"
    english: str
    segment: Segment


@dataclass(frozen=True, slots=True)
class Quotation:
    """The official definition: the exact English, and a translation that helps to understand it.

    ``english`` never changes; ``help`` has the same paragraphs as segments, translated in a
    translated guide.
    """

    kind: ClassVar[str] = "quotation"
    english: tuple[str, ...]
    help: tuple[Segment, ...]
    published: date


CalloutKind: TypeAlias = Literal["contacts", "school", "note", "interpreter"]


@dataclass(frozen=True, slots=True)
class Callout:
    """Blocks in a frame; ``variant`` says what about: whom to call, the school, a caution, or how to
    ask for an interpreter."""

    kind: ClassVar[str] = "callout"
    variant: CalloutKind
    blocks: "tuple[Block, ...]"


Block: TypeAlias = Heading | Paragraph | BulletList | Phrase | Quotation | Callout


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide in one language. ``excluded`` maps the number of each statement that the guide leaves
    out to the reason."""

    slug: str
    lang: str
    title: str
    blocks: tuple[Block, ...]
    excluded: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """One edition of the official wording, with its source."""

    edition: str
    source: str
    published: date
    verified_on: date
    paragraphs: tuple[str, ...]
