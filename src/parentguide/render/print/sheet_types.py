"""The form of the data that Typst templates read.

Keys are names as Typst writes them, with hyphens. A test compares them with the names that the
templates use (``tests/unit/render/test_template_data.py``).
"""

from typing import TypeAlias, TypedDict

from parentguide.render.print.school_types import LinkData


class TextRun(TypedDict):
    """Words without markup; the kind is ``text``."""

    kind: str
    text: str


class FieldRun(LinkData):
    """The value of a placeholder; the kind is ``field``."""

    kind: str


class StrongRun(TypedDict):
    """Bold words; the kind is ``strong``."""

    kind: str
    runs: "list[TextRun | FieldRun]"


RunData: TypeAlias = TextRun | FieldRun | StrongRun


class SegmentData(TypedDict):
    """A segment; ``english``: its words are English, though the sheet's language is another. Errors name its
    ``id``."""

    id: str
    english: bool
    runs: list[RunData]


class HeadingData(TypedDict):
    """A heading of level 1, 2 or 3; ``leaf``: what follows is on a new leaf of the handout."""

    kind: str
    level: int
    segment: SegmentData
    leaf: bool


class ParagraphData(TypedDict):
    """A paragraph; ``policy``: the address of the school's Safeguarding Policy follows it."""

    kind: str
    segment: SegmentData
    policy: bool


class ListData(TypedDict):
    """A list with bullets, or with numbers if it is ``ordered``."""

    kind: str
    items: list[SegmentData]
    ordered: bool


class PhraseData(TypedDict):
    """A sentence that a parent shows: ``spoken`` is the English, with the language's name in it."""

    kind: str
    spoken: str
    segment: SegmentData


class QuotationData(TypedDict):
    """The official definition; ``documents`` are the titles of the official documents, in English."""

    kind: str
    caption: SegmentData
    documents: str
    english: list[str]
    help: list[SegmentData]


class CalloutData(TypedDict):
    """Blocks in a frame; ``variant`` is the callout's."""

    kind: str
    variant: str
    blocks: "list[BlockData]"


BlockData: TypeAlias = HeadingData | ParagraphData | ListData | PhraseData | QuotationData | CalloutData


class CoveredFont(TypedDict):
    """A font for some characters only: ``covers`` is a regular expression for one of them."""

    name: str
    covers: str


class LanguageData(TypedDict):
    """How a language is typeset; ``fonts`` are in order of preference, ``leading`` is the distance of lines
    as a multiple of the type size.

    ``marked`` has the parts of each word with marks: the text of each, and the value of its feature ``ccmp``.
    """

    lang: str
    region: str
    direction: str
    fonts: list[str | CoveredFont]
    scale: float
    leading: float
    features: dict[str, int]
    marked: dict[str, list[tuple[str, int]]]


_Names = TypedDict("_Names", {"english-name": str, "own-name": str})
_LatinFonts = TypedDict("_LatinFonts", {"latin-fonts": list[str], "name-fonts": list[str | CoveredFont]})
_LatinLeading = TypedDict("_LatinLeading", {"latin-leading": float})
_Dated = TypedDict("_Dated", {"dated": str, "dated-english": str})
_IsSource = TypedDict("_IsSource", {"is-source": bool})


class LookData(TypedDict):
    """The look of all sheets: ``templates/tokens.toml``, and the pictures as SVG by the id of their words.
    ``tint`` is the colour of their areas."""

    colours: dict[str, str]
    paper: dict[str, float]
    tint: str
    pictures: dict[str, str]


class SettingData(_LatinFonts):
    """What ``setting.typ`` reads for every document: black only, or with an accent colour."""

    mono: bool
    accent: str


class EditionData(SettingData, LanguageData, _LatinLeading, _Names, _Dated, _IsSource):
    """What every sheet reads of its edition; ``interface`` maps msgctxt to words, ``latin-leading`` is the
    ``leading`` of English."""

    title: str
    review: str
    reviewer: str
    partly: bool
    incomplete: bool
    interface: dict[str, str]


class SheetData(EditionData):
    """The data of a sheet that shows the guide block by block: handout and large print."""

    blocks: list[BlockData]


_EnglishSegment = TypedDict("_EnglishSegment", {"english-segment": SegmentData})


class Pair(_EnglishSegment):
    """A segment in both languages, with the number that both columns share."""

    number: int
    segment: SegmentData


class PairRow(Pair):
    """A row of the bilingual sheet for a paragraph or the item of a list; the kind is ``pair``. It is
    ``emergency`` or ``call`` for somebody to call, and ``step`` for the item of a list with numbers."""

    kind: str


class HeadingRow(PairRow):
    """A row for a heading."""

    level: int


class PhraseRow(PairRow):
    """A row for a sentence to show, as :class:`PhraseData`."""

    spoken: str


class QuotationRow(TypedDict):
    """The rows for the official definition, below its caption; ``documents`` as in :class:`QuotationData`."""

    kind: str
    caption: Pair
    documents: str
    parts: list[Pair]


class SchoolRow(TypedDict):
    """A row for something of the school: the kind is ``policy``, ``people`` or ``near`` (its website, and
    help near it)."""

    kind: str


RowData: TypeAlias = HeadingRow | PairRow | PhraseRow | QuotationRow | SchoolRow


class BilingualData(EditionData):
    """The data of the bilingual sheet."""

    blocks: list[RowData]


class CardData(TypedDict):
    """What a card says: ``spoken`` in English, and the segment in the parent's language."""

    spoken: str
    segment: SegmentData


class CardsData(EditionData):
    """The data of the cards. ``blocks`` is read by ``common.typ`` for all sheets, and empty here."""

    blocks: list[BlockData]
    phrase: CardData


_TeamHeading = TypedDict("_TeamHeading", {"team-heading": SegmentData | None})


class SignsData(EditionData, _TeamHeading):
    """The data of the sheet with the signs: its ``headline``, the ``lead`` below it, whose fault it ``never``
    is, and whom to call.
    ``blocks`` is read by ``common.typ`` for all sheets, and empty here."""

    blocks: list[BlockData]
    headline: SegmentData
    lead: list[SegmentData]
    signs: list[SegmentData]
    never: SegmentData | None
    calls: list[SegmentData]


class PosterCell(LanguageData, _Names):
    """One language on the poster: ``headline`` is the guide's, ``point`` asks the parent to point to the
    language, ``sentence`` asks for an interpreter."""

    headline: str
    point: str
    sentence: str


class PosterData(SettingData):
    """The data of the poster; ``headlines`` are the guides' in English, ``paper`` is ``a3`` or ``a4``."""

    headlines: list[str]
    drafts: bool
    paper: str
    languages: list[PosterCell]
