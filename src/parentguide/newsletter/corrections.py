"""A person's corrections of what the reader found in a newsletter. Pure functions.

The words are the evidence of what the school wrote, so a correction changes no word. Only the marks of
the layout come and go: the hyphen of a word that a line's end cut, a list mark, quotation marks.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from parentguide.errors import SourceError
from parentguide.model.statement import LEAVE_OUT, PART_OF_LETTER, Statement, StatementKind
from parentguide.newsletter.cleaning import clean, single_spaced
from parentguide.newsletter.joining import join_lines
from parentguide.newsletter.marks import Sort, marked
from parentguide.newsletter.passages import LeftOut
from parentguide.newsletter.statements import Reading

T = TypeVar("T")

LONGEST_REASON = 300  # characters
_CELL_MARK = " | "
_WORD = re.compile(r"[\w’'-]+")
# A statement may be split before a word, and where a space is missing: “safe.Talk”, “onlineTalk”.
_PLACE = re.compile(r"\s+(?=\S)|(?<=[.?!:;,)])(?=[A-Z“‘])|(?<=[a-z])(?=[A-Z])")
_QUOTATION_MARKS = (("“", "”"), ("‘", "’"), ('"', '"'), ("„", "“"))
_LIST_MARKS = (Sort.BULLET, Sort.SPACED, Sort.DASH)


class Action(StrEnum):
    """What a correction does."""

    JOIN = "join"
    SPLIT = "split"
    KIND = "kind"
    CONFIRM = "confirm"
    LEAVE_OUT = "leave-out"
    KEEP = "keep"
    TAKE_IN = "take-in"


@dataclass(frozen=True, slots=True)
class Correction:
    """One step. ``number`` is the piece that it is about, from 1; for ``TAKE_IN`` the entry of
    what is left out.

    ``place``: for ``SPLIT`` how many characters stay in the first piece, for ``TAKE_IN`` the number of the
    piece that it comes after, 0 for none, for ``CONFIRM`` the last piece that is right, too. ``words``: the
    new kind, or the reason to leave a piece out.
    """

    action: Action
    number: int
    place: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement that a person has not confirmed yet; its number is its place in the list.

    ``left_out`` is the reason why the guide leaves it out, empty for a piece of the guide. ``of_letter``:
    the reader suggests to leave it out. ``line``, ``page`` and ``unsure`` are as in ``Statement``.
    """

    kind: StatementKind
    text: str
    line: int = 0
    page: int | None = None
    unsure: str = ""
    left_out: str = ""
    of_letter: bool = False


@dataclass(frozen=True, slots=True)
class Pieces:
    """A newsletter's ``pieces`` in reading order, and what the reader has ``left_out`` of them."""

    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The pieces as statements, those too that the guide leaves out."""
        return tuple(
            Statement(number, piece.kind, piece.text, piece.line, piece.page)
            for number, piece in enumerate(self.pieces, 1)
        )

    @property
    def reasons(self) -> Mapping[int, str]:
        """Why the guide leaves out a piece, by its number."""
        return {number: piece.left_out for number, piece in enumerate(self.pieces, 1) if piece.left_out}


def pieces_of(reading: Reading) -> Pieces:
    """What the reader found, before any correction."""
    pieces = (
        Piece(
            statement.kind,
            statement.text,
            statement.line,
            statement.page,
            statement.unsure,
            PART_OF_LETTER if statement.suggest == LEAVE_OUT else "",
            statement.suggest == LEAVE_OUT,
        )
        for statement in reading.statements
    )
    return Pieces(tuple(pieces), reading.left_out)


def correct(found: Pieces, corrections: Iterable[Correction]) -> Pieces:
    """``found`` after all ``corrections``. Raises :class:`SourceError` for an impossible one."""
    for correction in corrections:
        found = _corrected(found, correction)
    return found


def _corrected(found: Pieces, step: Correction) -> Pieces:
    if step.action is Action.TAKE_IN:
        return _taken_in(found, step)
    piece = entry_of(found.pieces, step.number)
    last = step.number
    match step.action:
        case Action.JOIN:
            last += 1
            new = [_joined(piece, entry_of(found.pieces, last), found)]
        case Action.SPLIT:
            new = _split(piece, step.place)
        case Action.KIND:
            new = [_of_kind(piece, step.words)]
        case Action.CONFIRM:
            last = max(step.number, min(step.place, len(found.pieces)))
            new = [replace(piece, unsure="") for piece in found.pieces[step.number - 1 : last]]
        case Action.LEAVE_OUT:
            new = [replace(piece, left_out=checked_reason(step.words))]
        case Action.KEEP:
            new = [replace(piece, left_out="")]
    return replace(found, pieces=(*found.pieces[: step.number - 1], *new, *found.pieces[last:]))


def entry_of(entries: tuple[T, ...], number: int) -> T:
    """The entry with a number from 1. Raises :class:`SourceError` if there is none."""
    if 1 <= number <= len(entries):
        return entries[number - 1]
    raise _impossible()


def _impossible() -> SourceError:
    return SourceError("this step is not possible here", remedy="Choose another piece.")


def _words_of(found: Pieces) -> set[str]:
    return set(_WORD.findall(" ".join(piece.text for piece in found.pieces).lower()))


def _joined(piece: Piece, following: Piece, found: Pieces) -> Piece:
    """Both as one, in the place and of the kind of the first. It is left out only if both are."""
    if piece.kind is following.kind is StatementKind.ROW:
        text = f"{piece.text}{_CELL_MARK}{following.text}"
    else:
        words = _words_of(found) if piece.text.endswith(("-", "‐")) else set()
        text = join_lines((piece.text, following.text), words)
    left_out = piece.left_out if following.left_out else ""
    of_letter = piece.of_letter and following.of_letter
    return replace(piece, text=text, unsure="", left_out=left_out, of_letter=of_letter)


def places(piece: Piece) -> tuple[int, ...]:
    """Where a piece may be split: how many characters come before each word but the first."""
    found = (match.end() for match in _PLACE.finditer(piece.text))
    if piece.kind is StatementKind.ROW:
        found = (place for place in found if piece.text[place] != "|")
    return tuple(place for place in found if all(_parts(piece, place)))


def _parts(piece: Piece, place: int) -> tuple[str, str]:
    edge = " |" if piece.kind is StatementKind.ROW else " "
    return piece.text[:place].rstrip(edge), piece.text[place:].lstrip(edge)


def _split(piece: Piece, place: int) -> list[Piece]:
    if place not in places(piece):
        raise _impossible()
    return [replace(piece, text=text, unsure="") for text in _parts(piece, place)]


def _of_kind(piece: Piece, name: str) -> Piece:
    if name not in set(StatementKind):
        raise _impossible()
    kind, text = StatementKind(name), piece.text
    if kind is StatementKind.QUOTATION and piece.kind is not kind:
        text = _without_quotation_marks(text)
    elif piece.kind is StatementKind.QUOTATION and kind is not piece.kind:
        text = f"“{text}”"
    elif kind is StatementKind.ITEM and piece.kind is not kind:
        text = next((m.text for m in marked(text)[:1] if m.sort in _LIST_MARKS and m.text), text)
    return replace(piece, kind=kind, text=text, unsure="")


def _without_quotation_marks(text: str) -> str:
    """The text without the marks around it. A paragraph of a longer quotation may have one of them only."""
    for opening, closing in _QUOTATION_MARKS:
        inner = text.removeprefix(opening)
        if inner != text:
            whole = inner.removesuffix(closing)
            # “Stay” and “safe” begins and ends with marks, but not with those of one quotation.
            is_one = opening not in whole and (closing not in whole or closing == "’")
            return whole.strip() or text if is_one else text
    if text.endswith("”") and "“" not in text:
        return text.removesuffix("”").strip() or text
    return text


def checked_reason(text: str) -> str:
    """The reason to leave a piece out, on one line. Raises :class:`SourceError` for none, or a long one."""
    reason = single_spaced(clean(text.replace("\n", " ").replace("\t", " ")))
    if not reason:
        raise SourceError("the reason is missing", remedy="Write why the guide leaves this out.")
    if len(reason) > LONGEST_REASON:
        raise SourceError("the reason is too long", remedy=f"Use at most {LONGEST_REASON} characters.")
    return reason


def _taken_in(found: Pieces, step: Correction) -> Pieces:
    """What the reader left out as a paragraph after the piece ``step.place``."""
    entry = entry_of(found.left_out, step.number)
    if not (entry.text and 0 <= step.place <= len(found.pieces)):
        raise _impossible()
    piece = Piece(StatementKind.PARAGRAPH, entry.text, entry.line, entry.page)
    pieces = (*found.pieces[: step.place], piece, *found.pieces[step.place :])
    return Pieces(pieces, (*found.left_out[: step.number - 1], *found.left_out[step.number :]))


def usual_place(found: Pieces, entry: LeftOut) -> int:
    """The number of the piece after which ``entry`` stood, as far as its page and line say; 0 for none."""
    before = 0
    for number, piece in enumerate(found.pieces, 1):
        if entry.page is not None and piece.page is not None:
            is_before = (piece.page, piece.line if entry.line else 0) <= (entry.page, entry.line)
        else:
            is_before = 0 < piece.line <= entry.line
        before = number if is_before else before
    return before
