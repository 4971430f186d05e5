"""What the page of cards shows of each block: its kind, its words, for whom it is, and how hard it is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parentguide.checks.guide.readability import LONGEST_SENTENCE, measure, sentences
from parentguide.errors import SourceError
from parentguide.model import markup
from parentguide.project.cards.card import Card, Kind
from parentguide.project.project import Project

KIND_LABELS: Mapping[Kind, str] = {
    Kind.PARAGRAPH: "Paragraph",
    Kind.HEADING: "Heading",
    Kind.SUBHEADING: "Smaller heading",
    Kind.ITEM: "Item of a list",
    Kind.STEP: "Numbered step",
    Kind.PHRASE: "Sentence to show in English",
}
_FIXED: Mapping[str, str] = {
    Kind.TITLE: "Title",
    Kind.OFFICIAL: "Official words: the line above them",
    "message": "Text message to families",
    "signs": "Headline of the sheet with the signs",
    "poster": "Headline of the poster",
}
_FRAMES: Mapping[str, str] = {
    "contacts": "Box: Who to call",
    "school": "Box: Our school",
    "note": "Box: Please note",
    "interpreter": "Box: Asking for an interpreter",
    "elsewhere": "Words for other places: no page shows them in its text",
}
_FACTS: Mapping[str, str] = {
    "council": "a phone number of the council",
    "council_out_of_hours": "a phone number of the council for nights and weekends",
    "headteacher": "a phone number of the headteacher",
    "new_training": "that staff have had new training",
    "policy_updated": "that the Safeguarding Policy is newly updated",
    "report_remove": "that Report Remove is shown",
}
# The frame of the words that no page shows in its text; it stays last.
_LAST = "elsewhere"
_LONGEST_LABEL = 60
_FEWEST_WORDS = 5  # of a block with a reading grade
_CONTEXT = re.compile(rb'^(?:#~ ?)?msgctxt "([a-z0-9-]+)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are shown in one way."""

    text: str
    bold: bool = False
    is_field: bool = False


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card on the page. ``depth`` counts the frames around it, and ``hard`` says what is hard to read.
    ``above`` is the id of the card or of the end of a frame before it, and empty for the first."""

    card: Card
    label: str
    depth: int
    runs: tuple[Run, ...]
    condition: str
    hard: str
    above: str = ""

    @property
    def can_move(self) -> bool:
        return self.card.is_usual or self.card.kind is Kind.OFFICIAL


def rows_of_cards(cards: Sequence[Card], values: Mapping[str, str]) -> list[CardRow]:
    """One row for each block, and one for the beginning of each frame. ``values`` are what fields become."""
    rows, depth, above = [], 0, ""
    for card in cards:
        if card.kind is Kind.FRAME_END:
            depth -= 1
        else:
            runs, hard = runs_of(card.words, values), hard_to_read(card)
            rows.append(CardRow(card, _label(card), depth, runs, _condition(card), hard, above))
            depth += card.kind is Kind.FRAME
        above = card.id
    return rows


def places_to_move(cards: Sequence[Card], moved: str) -> list[tuple[str, str]]:
    """Below what a block can be moved: the id of each card, and what a person reads."""
    places: list[tuple[str, str]] = []
    frames: list[Card] = []
    for card in cards:
        if card.kind is Kind.FRAME_END:
            frame = frames.pop()
            if frame.frame == _LAST:
                continue
            label = f"Below the whole box “{_box_name(frame)}”"
        elif card.kind is Kind.FRAME:
            frames.append(card)
            label = f"First in the box “{_box_name(card)}”"
        else:
            label = f"{'In the box: ' if frames else ''}{markup.plain(card.words)}"
        if not any(frame.frame == _LAST for frame in frames) and card.id != moved:
            places.append((card.id, label if len(label) <= _LONGEST_LABEL else f"{label[:_LONGEST_LABEL]}…"))
    return places


def _box_name(card: Card) -> str:
    return _label(card).removeprefix("Box: ")


def runs_of(words: str, values: Mapping[str, str]) -> tuple[Run, ...]:
    """Words as families see them; a field without a value shows its name. Words with broken marks stay as
    they are."""
    try:
        return tuple(_runs(markup.parse(words), values))
    except SourceError:
        return (Run(words),)


def _runs(found: Iterable[markup.Run], values: Mapping[str, str], *, bold: bool = False) -> Iterable[Run]:
    for run in found:
        match run:
            case markup.Strong():
                yield from _runs(run.runs, values, bold=True)
            case markup.Placeholder():
                yield Run(values.get(run.name, run.name.replace("_", " ")), bold, is_field=True)
            case markup.Text():
                yield Run(run.text, bold)


def hard_to_read(card: Card) -> str:
    """What is hard to read in a block of running text; empty where nothing is."""
    if card.kind in (Kind.TITLE, Kind.HEADING, Kind.SUBHEADING, Kind.OFFICIAL, Kind.PLACE):
        return ""
    longest = max((len(words) for words in sentences(card.words)), default=0)
    return f"A sentence has {longest} words: split it." if longest > LONGEST_SENTENCE else ""


def ease(card: Card) -> str:
    """How easy the words are, in one line; empty for none. The grade of a few words means nothing."""
    if not sentences(card.words):
        return ""
    found = measure([card.words])
    count = f"{found.sentences} {'sentence' if found.sentences == 1 else 'sentences'}"
    if found.words < _FEWEST_WORDS:
        return f"{count}, {found.words} {'word' if found.words == 1 else 'words'}."
    return f"Reading grade {found.grade:.1f}; {count}, {found.average:.0f} words in each on average."


def ids_had(project: Project, slug: str) -> frozenset[str]:
    """The ids that some language's translations know, also of blocks that are gone. No new block gets one."""
    found: set[str] = set()
    for language in project.languages.values():
        path = project.catalog_path(language, slug)
        if path.exists():
            found.update(name.decode() for name in _CONTEXT.findall(path.read_bytes()))
    return frozenset(found)


def _label(card: Card) -> str:
    if card.kind is Kind.FRAME:
        return _FRAMES.get(card.frame, "Box")
    if card.kind is Kind.PLACE:
        return next((_FIXED[name] for name in card.classes if name in _FIXED), "Words for another place")
    return KIND_LABELS.get(card.kind) or _FIXED[card.kind]


def _condition(card: Card) -> str:
    """For which schools the block is, as a sentence; empty if it is for all."""
    parts = []
    if card.when:
        parts.append(f"have {_listed(card.when)}")
    if card.unless:
        parts.append(f"do not have {_listed(card.unless)}")
    return f"Only for schools whose details {', and '.join(parts)}." if parts else ""


def _listed(names: Iterable[str]) -> str:
    return " and ".join(_FACTS.get(name, name.replace("_", " ")) for name in names)


def said_of(card: Card | None) -> dict[str, Any]:
    """What the page says of the block that is open: how easy it is to read, and what is hard in it."""
    return {"card": card, "ease": ease(card) if card else "", "hard": hard_to_read(card) if card else ""}
