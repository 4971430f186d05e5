"""What the pages about a newsletter's pieces show and say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parentguide.model.statement import StatementKind
from parentguide.newsletter.corrections import Action, Correction, Piece, places
from parentguide.studio.services.newsletter_work import NewsletterWork

UNDO, REDO = "undo", "redo"
KIND_LABELS: Mapping[StatementKind, str] = {
    StatementKind.HEADING: "Heading",
    StatementKind.PARAGRAPH: "Paragraph",
    StatementKind.ITEM: "List item",
    StatementKind.QUOTATION: "Official words, quoted",
    StatementKind.ROW: "Row of a table",
}
_DESCRIBED: Mapping[Action, str] = {
    Action.JOIN: "joined {number} and {next}",
    Action.SPLIT: "split {number}",
    Action.KIND: "changed {number} to “{kind}”",
    Action.CONFIRM: "confirmed {number}{to}",
    Action.LEAVE_OUT: "left out {number}",
    Action.KEEP: "put back {number}",
    Action.TAKE_IN: "took in {after}",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A piece in the list. ``run`` is the last of the pieces from it on that have the same doubt."""

    number: int
    piece: Piece
    run: int
    can_split: bool
    begins_run: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a piece that is being split. ``place`` characters come before it; ``spaced``: a space
    comes after it."""

    place: int
    text: str
    spaced: bool


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """The pieces with their numbers. Runs are counted from the end, so that each piece is seen once."""
    rows: list[Row] = []
    run = len(pieces)
    for number in range(len(pieces), 0, -1):
        piece = pieces[number - 1]
        if number == len(pieces) or pieces[number].unsure != piece.unsure:
            run = number
        begins_run = number == 1 or pieces[number - 2].unsure != piece.unsure
        rows.append(Row(number, piece, run, " " in piece.text or bool(places(piece)), begins_run))
    return rows[::-1]


def words_of(piece: Piece) -> tuple[Word, ...]:
    """The words of a piece; all but the first can begin a piece of their own."""
    starts = (0, *places(piece))
    ends = (*starts[1:], len(piece.text))
    texts = [piece.text[start:end] for start, end in zip(starts, ends, strict=True)]
    return tuple(Word(start, t.strip(), t.endswith(" ")) for start, t in zip(starts, texts, strict=True))


def said_of(work: NewsletterWork, did: str) -> str:
    """What the last request did, as its address says, or the last step."""
    if did in (f"no-{UNDO}", f"no-{REDO}"):
        return f"There is nothing to {did.removeprefix('no-')}."
    if did == UNDO and work.undone:
        return f"Undone: {described(work.undone)}."
    if did == REDO and work.latest:
        return f"Done again: {described(work.latest)}."
    return f"Last step: {described(work.latest)}." if work.latest else "Nothing is changed yet."


def described(step: Correction | None) -> str:
    """A step in words that can follow “Undo:”; empty for none."""
    if step is None:
        return ""
    return _DESCRIBED[step.action].format(
        number=step.number,
        next=step.number + 1,
        after=step.place + 1,
        kind=KIND_LABELS[StatementKind(step.words)] if step.action is Action.KIND else "",
        to=f" to {step.place}" if step.place > step.number else "",
    )
