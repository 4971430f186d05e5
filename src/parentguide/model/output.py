"""Input and output of renderers: editions, sites and finished files."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from parentguide.model.contact import FieldValue
from parentguide.model.facts import PHONES, facts_needed, facts_of, guide_for, phones_of
from parentguide.model.guide import Guide
from parentguide.model.language import Language
from parentguide.model.review_state import INCOMPLETE, ReviewState
from parentguide.model.school import School
from parentguide.model.shown_words import code_of
from parentguide.model.style_notes import StyleNotes
from parentguide.model.walk import for_two_readers, numbers


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a page links to: ``size`` in bytes; ``pages`` is 0 if it has none."""

    format: str
    file_name: str
    size: int
    pages: int = 0


@dataclass(frozen=True, slots=True)
class ReviewedMessage:
    """One message, for a school that cannot read the language.

    ``back`` is the back-translation, and ``back_origin`` who made it if that was not whoever made
    the others. ``signed`` says who approved the text and when. ``changed``: the text has changed
    since somebody approved it. ``doubted``: a reviewer requests a change or is not sure.
    ``findings`` are those of the automatic checks. ``newer_english`` is the present English, where the
    pages still show the earlier English and its translation.
    """

    domain: str
    context: str
    english: str
    translation: str
    back: str
    state: ReviewState
    back_origin: str = ""
    signed: tuple[tuple[str, date], ...] = ()
    changed: bool = False
    doubted: bool = False
    findings: tuple[str, ...] = ()
    newer_english: str = ""


@dataclass(frozen=True, slots=True)
class Typeface:
    """The font that a build made for an edition's sheets.

    ``family`` is its name, and ``digest`` that of what it was made from (:mod:`parentguide.fonts.cache`);
    ``scale`` and ``leading`` are those of :class:`~parentguide.model.language.PrintFace`. ``marked`` has the
    parts of each word with marks, which are shaped one by one, and the variant of each part
    (:class:`parentguide.fonts.lexicon.Run`). ``face`` is the typeface that it has the shapes of, and
    ``face_digests`` are the SHA-256 digests of that typeface's files. ``is_subset``: it has some characters
    of that typeface as they are, and stands before it wherever that is used.
    """

    family: str
    digest: str
    scale: float = 1.0
    leading: float = 1.0
    marked: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    face: str = ""
    face_digests: tuple[str, ...] = ()
    is_subset: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """One guide in one language, with everything a format needs: nothing is looked up later.

    ``guide`` has the blocks that are shown for this school, ``whole`` those for all schools. ``english``
    is ``whole`` in English, for sheets with both languages. ``interface`` maps msgctxt
    to the text in this language, without messages that are not ready; ``interface_english`` has the
    English of all. ``states`` has the review state of the guide and of the interface, by domain.
    ``back`` maps msgctxt to the back-translation, made on ``back_made_on`` by ``back_origin``.
    ``messages`` are for the check page, and may be computed when somebody reads them. ``shown`` has the
    digests of their words (:func:`~parentguide.model.shown_words.place_digest`). ``fields`` has the values
    of placeholders. ``downloads`` are the files of this edition that its page links to.
    ``mono`` asks for sheets in black and white. ``typeface`` is the font made for its sheets; None if
    they need none. ``earlier`` are the ids of segments that show the English before it changed, and its
    translation, because the present English is not translated yet. ``notes`` are for somebody who checks the
    translation. ``placed``: messages of the interface have their name and :data:`PLACE_MARK` before their
    words, so that Studio finds where they stand (:func:`with_places`). No reader gets such a file.
    """

    guide: Guide
    whole: Guide
    english: Guide
    language: Language
    languages: tuple[Language, ...]
    interface: Mapping[str, str]
    fields: Mapping[str, FieldValue]
    school: School
    back: Mapping[str, str] = field(default_factory=dict)
    back_made_on: date | None = None
    back_origin: str = ""
    messages: Sequence[ReviewedMessage] = ()
    shown: frozenset[str] = frozenset()
    downloads: tuple[Download, ...] = ()
    incomplete: bool = False
    earlier: tuple[str, ...] = ()
    interface_english: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, ReviewState] = field(default_factory=dict)
    mono: bool = False
    typeface: Typeface | None = None
    placed: bool = False
    notes: StyleNotes = StyleNotes()

    @property
    def code(self) -> str:
        """The code of exactly the words that checkers of this edition see; empty for the source language."""
        return code_of(self.shown) if self.shown else ""

    @property
    def status(self) -> ReviewState | Literal["incomplete"]:
        """``incomplete``, or the review state of the language."""
        return INCOMPLETE if self.incomplete else self.language.review

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each segment by its id, from 1 in the order of the bilingual sheet and of the text to
        read aloud: first those that are shown for this school, then the others. All formats have the same
        numbers."""
        shown = numbers(for_two_readers(self.guide.blocks))
        others = (name for name in numbers(self.english.blocks) if name not in shown)
        return shown | {name: number for number, name in enumerate(others, len(shown) + 1)}

    def for_school(self, school: School) -> "Edition":
        """The same edition for a school: with its details, phone numbers and blocks."""
        fields = {name: value for name, value in self.fields.items() if name not in PHONES}
        # Numbers that no block shows would make the words of two schools look different.
        needed = facts_needed((self.whole,))
        return replace(
            self,
            school=school,
            fields=fields | {name: value for name, value in phones_of(school).items() if name in needed},
            guide=guide_for(self.whole, facts_of(school)),
        )

    @property
    def address(self) -> str:
        """The web address of this edition's page; empty where the school gives none."""
        if self.school.guides is None:
            return ""
        return f"{self.school.guides.href.rstrip('/')}/{self.guide.slug}/{self.language.tag}/"


# Between the name of a message and its words (``placed`` in ``templates/print/setting.typ``).
PLACE_MARK = "\ue000"


def with_places(edition: Edition, contexts: Collection[str]) -> Edition:
    """The edition for a sheet in which the messages ``contexts`` of the interface are links with names."""
    named = {c: f"{c}{PLACE_MARK}{text}" if c in contexts else text for c, text in edition.interface.items()}
    return replace(edition, interface=named, placed=True)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that could not be made: ``path`` is where it would be, ``reason`` why, ``remedy`` what to do.

    ``guide``, ``language`` (tag) and ``language_name`` (in English) are empty for a file that is made once
    for all of them. ``inputs_digest`` is that of :class:`Artifact`.
    """

    format: str
    path: str
    reason: str
    remedy: str
    guide: str = ""
    language: str = ""
    language_name: str = ""
    inputs_digest: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """All editions of one build, for files that are made once; ``formats`` are the names of those built.

    ``made`` has the guide, language tag and format of each file that was made, ``left_out`` the files
    that could not be.
    """

    editions: tuple[Edition, ...]
    school: School
    formats: tuple[str, ...] = ()
    made: frozenset[tuple[str, str, str]] = frozenset()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def address(self) -> str:
        """The web address of the page with all languages; empty where the school gives none."""
        return "" if self.school.guides is None else f"{self.school.guides.href.rstrip('/')}/"


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished file, before it is written. ``path`` is relative, with ``/``.

    ``guide`` and ``language`` are empty for a file that is made once for all of them.
    ``inputs_digest`` is the digest of everything that it was made from
    (:mod:`parentguide.build.incremental`). ``states`` and ``earlier`` are those of its edition.
    ``reused``: it was taken from an earlier build.
    """

    format: str
    path: str
    content: bytes
    guide: str = ""
    language: str = ""
    direction: str = ""
    status: str = ""
    pages: int = 0
    inputs_digest: str = ""
    states: Mapping[str, ReviewState] = field(default_factory=dict)
    earlier: tuple[str, ...] = ()
    reused: bool = False
