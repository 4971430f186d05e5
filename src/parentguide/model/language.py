"""Languages, as described in ``languages.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from parentguide.model.review_state import ReviewState

SOURCE_LOCALE = "en"
# The distance of lines, as a multiple of the type size, where nothing is known of the script.
USUAL_LEADING = 1.5


@dataclass(frozen=True, slots=True)
class PrintFace:
    """A typeface of which a build makes a font of its own (:mod:`parentguide.fonts`), so that a PDF gives its
    text back. ``scale`` and ``leading`` are as in :class:`PrintStyle`. ``get`` is the address of a page where
    it is free, and ``licence`` the name of its licence, for a typeface that no package brings."""

    family: str
    scale: float = 1.0
    leading: float = 0.0
    get: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class PrintStyle:
    """How a language is typeset.

    ``fonts`` are font families in order of preference. ``scale`` multiplies the type size, because a naskh
    font looks smaller than a Latin one of the same size. ``leading`` is the distance from one line to the
    next as a multiple of the type size. ``languages.toml`` may leave it out; the language then has the
    distance that ``scripts.toml`` gives for its script. ``region`` is the ISO 3166 code that selects a
    font's regional letter forms; ``features`` are OpenType features to set, by tag. ``faces`` are typefaces
    in order of preference; the first that is installed comes before ``fonts``.
    """

    fonts: tuple[str, ...]
    scale: float = 1.0
    leading: float = 0.0
    region: str = ""
    features: Mapping[str, int] = field(default_factory=dict)
    faces: tuple[PrintFace, ...] = ()


@dataclass(frozen=True, slots=True)
class ZeroWidthRule:
    """A spelling that needs a zero-width joiner or non-joiner.

    ``missing_in`` is a regular expression (Python's) that finds a text without it. ``hint`` says where
    it belongs.
    """

    missing_in: str
    hint: str


# How far the author of a draft trusts it; empty where nobody has said.
Confidence: TypeAlias = Literal["", "high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language: what ``languages.toml`` says, and its state of review.

    Identity
        ``tag`` is the BCP 47 tag and the name of the output folder, ``script`` the ISO 15924 code.
        ``lang`` is the tag for HTML: without a script that the language implies (RFC 5646, 4.1).
        ``aliases`` are what else people type to find it. ``spoken_as`` is the English name that interpreting
        services use. ``voices`` are the
        BCP 47 tags of speech voices that read the language well.
    Writing
        ``stop`` ends a sentence, empty if the language has no such mark. ``question`` ends a question, if
        its Unicode name is not QUESTION MARK or its place is not the end. ``quotes`` are the opening and
        the closing quotation mark. ``digits`` is the CLDR numbering system, such as ``latn``, and
        ``zero`` its zero. ``word_spaces``: words are separated by spaces. ``article`` is one that is
        written onto its word and changes after a preposition. ``latin_leading`` is the distance of lines of
        English on its sheets, as in :class:`PrintStyle`. ``zero_width`` are spellings that need a
        zero-width mark. ``similar_to`` are the tags of languages that are written nearly alike: checks do
        not tell them apart.
    Translation
        ``dated`` is the day of the translation. ``in_progress``: the translation is not finished, so
        a build leaves the language out. ``confidence`` and ``confidence_reason`` are what the author
        of the draft says of it. ``speakers`` is the number of people whose main language it is
        (Census 2021, England and Wales); 0 where it is not known.
    Review (set by :mod:`parentguide.review.status`)
        ``review`` is the state, ``reviewer`` the roles or names of those who signed, ``partly``
        whether a draft was checked in parts. ``dated`` is then the day of the sign-off.
    """

    tag: str
    english_name: str
    own_name: str
    direction: Literal["ltr", "rtl"]
    script: str
    print: PrintStyle
    lang: str = ""
    spoken_as: str = ""
    aliases: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    dated: date | None = None
    review: ReviewState = ReviewState.DRAFT
    reviewer: str = ""
    partly: bool = False
    stop: str = "."
    quotes: str = "“”"
    digits: str = "latn"
    zero: str = "0"
    question: str = ""
    word_spaces: bool = True
    article: str = ""
    latin_leading: float = USUAL_LEADING
    zero_width: tuple[ZeroWidthRule, ...] = ()
    similar_to: tuple[str, ...] = ()
    in_progress: bool = False
    confidence: Confidence = ""
    confidence_reason: str = ""
    speakers: int = 0
    notes: str = ""

    @property
    def locale(self) -> str:
        """The tag as CLDR writes it, with an underscore; also the folder's name in ``locales/``."""
        return self.tag.replace("-", "_")

    @property
    def is_source(self) -> bool:
        """Whether this is the language that guides are written in."""
        return self.tag == SOURCE_LOCALE
