"""Input and output of renderers: editions, sites and finished files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from parentguide.model.contact import FieldValue
from parentguide.model.guide import Guide
from parentguide.model.language import Language
from parentguide.model.school import School


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a page links to: ``size`` in bytes; ``pages`` is 0 for a file without pages."""

    format: str
    file_name: str
    size: int
    pages: int = 0


@dataclass(frozen=True, slots=True)
class ReviewedMessage:
    """One message for the check page, which a school reads that does not know the language.

    ``back`` is the back-translation; ``back_origin`` says who made it where that is not the origin of
    the others. ``state`` is the message's state of review, ``signed`` by whom and when. ``changed``:
    a sign-off exists for other words. ``doubted``: a reviewer requests a change. ``findings`` are the
    results of the automatic checks.
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
    """One guide in one language, with everything a format needs: nothing is looked up later.

    ``english`` is the guide in English, for sheets with both languages. ``interface`` maps msgctxt to
    the words of the interface in this language; untranslated messages are missing. ``fields`` has the
    values of placeholders. ``back`` maps msgctxt to the back-translation, made on ``back_made_on`` by
    ``back_origin``. ``messages`` are for the check page. ``downloads`` are the files of this edition
    that its page links to. ``mono``: sheets are printed in black only.
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
    """All editions of one build, for files that are made once; ``formats`` are the names of those built."""

    editions: tuple[Edition, ...]
    school: School
    formats: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The web address of the page with all languages; empty where the school gives none."""
        return "" if self.school.guides is None else f"{self.school.guides.href.rstrip('/')}/"


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished file, before it is written. ``path`` is relative to the output folder, with ``/``.

    ``guide`` and ``language`` are empty for a file that is made once for all of them.
    ``inputs_digest`` is a digest of everything that the file was made from
    (:mod:`parentguide.build.incremental`); ``reused``: an earlier build made the file.
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
