"""The form of the data that the template of the review sheet reads (see ``sheet_types``)."""

from typing import TypedDict

from parentguide.render.print.sheet_types import BlockData, EditionData, SegmentData


class ReviewMessageData(TypedDict):
    """A row of the review sheet; ``back`` is the back-translation."""

    number: int
    english: str
    segment: SegmentData
    back: str


class ReviewPartData(TypedDict):
    """A part of the review sheet under its own English ``heading``: the guide, or the interface."""

    heading: str
    rows: list[ReviewMessageData]


class ReviewQuestion(TypedDict):
    """A question to answer first; ``about`` says which row it is about, such as “No. 12”."""

    about: str
    question: str
    why: str


class ReviewNote(TypedDict):
    """What to know before one reads: ``name`` is a subject, ``said`` what is said of it."""

    name: str
    said: str


class ReviewTerm(TypedDict):
    """An English term, the words chosen for it, and why not others."""

    english: str
    term: str
    reason: str


class ReviewData(EditionData):
    """The data of the review sheet; ``blocks`` has the title only, ``code`` is that of its words.

    ``questions``, ``notes`` and ``terms`` are in English, and come before the rows.
    """

    blocks: list[BlockData]
    code: str
    questions: list[ReviewQuestion]
    notes: list[ReviewNote]
    terms: list[ReviewTerm]
    messages: list[ReviewPartData]
