"""Guides: blocks and segments. A translated guide is again a :class:`Guide`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final, Literal, TypeAlias

from parentguide.model.language import SOURCE_LOCALE

# Of a fact with a public source, which nobody has read on the source's own page yet.
NOT_YET: Final = "not yet"
Verified: TypeAlias = date | Literal["not yet"] | None


@dataclass(frozen=True, slots=True)
class Segment:
    """The smallest translatable unit of a guide.

    ``id`` is its msgctxt, ``text`` its words with ``**bold**`` and ``{placeholder}``
    (:mod:`parentguide.model.markup`), ``lang`` the BCP 47 tag of the language the words are in now.
    ``note`` is for translators, ``covers`` has the numbers of the newsletter's statements that the
    segment conveys, ``source`` says where added content comes from. ``verified_on`` is the day on which a
    person read the fact on the source's own page, :data:`NOT_YET` if nobody has, and None where there is
    no such fact. ``line`` is the line in ``guide.md`` from 1, 0 where it has none. ``when`` and ``unless``
    are names of facts about a school (:mod:`parentguide.model.facts`), also those of the frame around the
    segment.
    """

    id: str
    text: str
    lang: str = SOURCE_LOCALE
    note: str = ""
    covers: tuple[int, ...] = ()
    source: str = ""
    verified_on: Verified = None
    line: int = 0
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def is_for(self, facts: Collection[str]) -> bool:
        """Whether a school with these facts shows the segment."""
        return all(name in facts for name in self.when) and not any(name in facts for name in self.unless)


# Each block has a ``kind``, the name by which templates choose how to show it. A class can be
# renamed without a change to any template.


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` is 1 for the title, 2 and 3 below it. ``begins_leaf``: it begins a leaf of the
    handout."""

    kind: ClassVar[str] = "heading"
    level: int
    segment: Segment
    begins_leaf: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the guide's own words; ``is_policy``: the address of the school's Safeguarding
    Policy is shown below it."""

    kind: ClassVar[str] = "paragraph"
    segment: Segment
    is_policy: bool = False


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list with bullets, or with numbers if it is ``ordered``; each item is one segment."""

    kind: ClassVar[str] = "list"
    items: tuple[Segment, ...]
    ordered: bool = False

    @property
    def with_steps(self) -> tuple[tuple[str, Segment], ...]:
        """Each item with the number to print before it, such as “2. ”; empty for a list with bullets."""
        return tuple(
            (f"{position}. " if self.ordered else "", item) for position, item in enumerate(self.items, 1)
        )


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

    ``caption`` says whose words they are; its placeholder ``{date}`` is the month of ``published``.
    ``documents`` are the titles of the official documents, ``publisher`` who published them and ``address``
    where they are, always in English; empty where nobody gave them. ``english`` never changes;
    ``help`` has the same paragraphs as segments, translated in a translated guide.
    """

    kind: ClassVar[str] = "quotation"
    caption: Segment
    english: tuple[str, ...]
    help: tuple[Segment, ...]
    published: date
    documents: tuple[str, ...] = ()
    publisher: str = ""
    address: str = ""

    @property
    def documents_line(self) -> str:
        """The titles, the publisher and the address on one line; empty if there are none."""
        return " · ".join(part for part in (*self.documents, self.publisher, self.address) if part)

    @property
    def english_runs(self) -> tuple[tuple[bool, tuple[str, ...]], ...]:
        """The English in its order, as paragraphs and as lists: whether these are the points of a list, and
        the words. The points follow a paragraph with a colon at its end, and begin with a small letter."""
        runs: list[tuple[bool, tuple[str, ...]]] = []
        before = ""
        for words in self.english:
            in_list = bool(runs) and runs[-1][0]
            is_point = words[:1].islower() and (before.endswith(":") or in_list)
            if is_point and in_list:
                runs[-1] = (True, (*runs[-1][1], words))
            else:
                runs.append((is_point, (words,)))
            before = words.rstrip()
        return tuple(runs)


CalloutKind: TypeAlias = Literal["contacts", "school", "note", "interpreter"]


@dataclass(frozen=True, slots=True)
class Callout:
    """Blocks in a frame; ``variant`` says what about: whom to call, the school, a caution, or how to
    ask for an interpreter."""

    kind: ClassVar[str] = "callout"
    variant: CalloutKind
    blocks: "tuple[Block, ...]"


Block: TypeAlias = Heading | Paragraph | BulletList | Phrase | Quotation | Callout


Place: TypeAlias = Literal["message", "signs", "poster"]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Words of the guide that are not part of its text: the text message to families, the headline of the
    sheet with the signs, or that of the poster."""

    place: Place
    segment: Segment


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide in one language. ``excluded`` maps the number of each statement that the guide leaves
    out to the reason. ``elsewhere`` has at most one entry for each place."""

    slug: str
    lang: str
    title: str
    blocks: tuple[Block, ...]
    excluded: Mapping[int, str] = field(default_factory=dict)
    elsewhere: tuple[Elsewhere, ...] = ()

    def words_for(self, place: Place) -> Segment | None:
        """The guide's words for a place outside its text; None if it has none."""
        return next((found.segment for found in self.elsewhere if found.place == place), None)


@dataclass(frozen=True, slots=True)
class Definition:
    """One edition of the official wording, with its source and the titles of the documents that have it.

    ``verified_on`` is the day on which somebody compared the words with what was published, ``compared_by``
    what that person does, such as “deputy head”. ``publisher`` and ``address`` are shown to families.
    """

    edition: str
    source: str
    published: date
    verified_on: date
    paragraphs: tuple[str, ...]
    documents: tuple[str, ...] = ()
    publisher: str = ""
    address: str = ""
    compared_by: str = ""
