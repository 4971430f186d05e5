"""What renderers take and give: editions, sites and finished files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from parentguide.model.contact import FieldValue
from parentguide.model.guide import Guide
from parentguide.model.language import Language
from parentguide.model.school import School


@dataclass(frozen=True, slots=True)
class Download:
    """A file that stands beside a page: ``size`` in bytes, ``pages`` 0 where it has none."""

    format: str
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
    ``made_from`` is a digest of all that it was made from (:mod:`parentguide.build.incremental`);
    ``reused``: an earlier build had made it.
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
    reused: bool = False
