"""Languages, as ``languages.toml`` has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from parentguide.model.review_state import ReviewState

SOURCE_LOCALE = "en"


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
    """One language, as ``languages.toml`` has it. ``tag`` is BCP 47, ``script`` ISO 15924.

    ``lang`` is the tag as a page gives it: without a script that the language takes for
    granted (RFC 5646, 4.1). ``spoken_as`` is what an interpreter's booking calls it in
    English; ``voices`` are the BCP 47 tags of speech voices that read it well. ``dated`` is the day of the
    translation. ``review``, ``reviewer`` and ``partly`` come from the ledgers
    (:mod:`parentguide.review.status`), and so does ``dated`` once somebody has signed: the
    state, the roles or names under it, and whether a draft was checked in parts.
    ``stop`` is the mark that ends a sentence, "" if the language has none; ``question`` the mark of a
    question, if its Unicode name is not QUESTION MARK or its place is not the end; ``quotes`` are the
    opening and the closing quotation mark, ``digits`` is the numbering system (CLDR, such as latn), and
    ``zero`` its zero.
    ``word_spaces``: words are separated by spaces. ``article`` is one that is written onto its word and
    changes after a preposition. ``zero_width`` are spellings that need a zero-width mark, and
    ``similar_to`` the tags of languages that are written nearly alike: checks do not tell them apart.
    ``in_progress``: the translation is not finished, so a build leaves the language out.
    ``confidence`` is how far the author of the draft trusts it (high, medium, low; "" where nobody
    has said), and ``confidence_reason`` why.
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
    zero_width: tuple[ZeroWidthRule, ...] = ()
    similar_to: tuple[str, ...] = ()
    in_progress: bool = False
    confidence: Confidence = ""
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
