"""What the pages about a newsletter's pieces show and say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parentguide.errors import SourceError
from parentguide.model.contact import Contact
from parentguide.model.statement import StatementKind
from parentguide.newsletter.corrections import Action, Correction, Piece, places
from parentguide.project.known_contacts import mentions, unknown_mentions
from parentguide.studio.services.newsletter_work import NewsletterWork

UNDO, REDO = "undo", "redo"
HOW_TO_SPLIT = "Put the cursor where the second piece begins, or leave an empty line there."
REASONS = ("It is about something else.", "It was true at that time only.", "The guide says it elsewhere.")
KIND_LABELS: Mapping[StatementKind, str] = {
    StatementKind.HEADING: "Heading",
    StatementKind.PARAGRAPH: "Paragraph",
    StatementKind.ITEM: "List item",
    StatementKind.STEP: "Step",
    StatementKind.CONTACT: "Contact",
    StatementKind.QUOTATION: "Official words",
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
    """A piece in the list. ``run`` is the last of the pieces from it on that have the same doubt.
    ``known`` are the contacts that its numbers and addresses are, ``unknown`` those that are no contact."""

    number: int
    piece: Piece
    run: int
    can_split: bool
    begins_run: bool
    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def rows_of(pieces: Sequence[Piece], contacts: Sequence[Contact] = ()) -> list[Row]:
    """The pieces with their numbers. Runs are counted from the end, so that each piece is seen once."""
    rows: list[Row] = []
    run = len(pieces)
    for number in range(len(pieces), 0, -1):
        piece = pieces[number - 1]
        if number == len(pieces) or pieces[number].unsure != piece.unsure:
            run = number
        begins_run = number == 1 or pieces[number - 2].unsure != piece.unsure
        can_split = " " in piece.text or bool(places(piece))
        rows.append(Row(number, piece, run, can_split, begins_run, *_contacts_in(piece, contacts)))
    return rows[::-1]


def _contacts_in(piece: Piece, contacts: Sequence[Contact]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if piece.left_out or piece.kind is StatementKind.QUOTATION:
        return (), ()
    who = {contact.name: contact.who or contact.name for contact in contacts}
    found = mentions(piece.text, contacts)
    known = (f"{one.words} ({who[one.contact]})" for one in found if one.contact)
    return tuple(dict.fromkeys(known)), unknown_mentions(piece.text, contacts)


def place_of(piece: Piece, words: str, at: int) -> int:
    """Where a piece is split: before the word at the cursor ``at``; without one (-1), at the first empty line
    or line break of ``words``, the piece's own words. Raises :class:`SourceError` with what to do."""
    if at < 0 and not words.strip():
        at = 0
    elif at < 0:
        if "".join(words.split()) != "".join(piece.text.split()):
            raise SourceError(
                "the words are not the newsletter's any more",
                remedy="They are shown again as they were: leave an empty line, and change nothing else.",
            )
        # As many letters as come before the break; spaces do not count.
        letters = len("".join(re.split(r"\n\s*\n|\n", words.strip(), maxsplit=1)[0].split()))
        at = next((n for n in range(len(piece.text)) if len("".join(piece.text[:n].split())) == letters), 0)
    possible = places(piece)
    behind = next((place for place in possible if place >= at and not piece.text[at:place].strip()), None)
    found = behind or max((place for place in possible if place <= at), default=0)
    if not found or not piece.text[at:].strip():
        raise SourceError("it is not clear where the second piece begins", remedy=HOW_TO_SPLIT)
    return found


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
