"""Corrections of what the reader found: they move the borders of statements and change no word."""

import re

import pytest

from parentguide.errors import SourceError
from parentguide.model.statement import PART_OF_LETTER, Statement, StatementKind
from parentguide.newsletter.corrections import (
    Action,
    Correction,
    Piece,
    Pieces,
    correct,
    pieces_of,
    places,
    usual_place,
)
from parentguide.newsletter.passages import LeftOut
from parentguide.newsletter.statements import Reading

HEADING, PARAGRAPH, ITEM, QUOTATION, ROW, _, _ = StatementKind


def found(*texts: str, kind: StatementKind = PARAGRAPH) -> Pieces:
    return Pieces(tuple(Piece(kind, text, line) for line, text in enumerate(texts, 1)))


def after(pieces: Pieces, *steps: Correction) -> list[str]:
    return [piece.text for piece in correct(pieces, steps).pieces]


def test_the_reader_s_suggestion_is_the_reason_to_leave_a_piece_out() -> None:
    reading = Reading(
        (
            Statement(1, PARAGRAPH, "Dear Parent", 1, suggest="leave out"),
            Statement(2, ITEM, "Talk.", 2, 1, unsure="a list without marks"),
        )
    )
    pieces = pieces_of(reading)
    assert pieces.reasons == {1: PART_OF_LETTER}
    assert pieces.statements == (Statement(1, PARAGRAPH, "Dear Parent", 1), Statement(2, ITEM, "Talk.", 2, 1))
    assert pieces.pieces[1].unsure == "a list without marks"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Talk to", "us.", "Talk to us."),
        ("We safe-", "guard children.", "We safeguard children."),
        ("Signs of self-", "harm matter.", "Signs of self-harm matter."),
    ],
)
def test_join(first: str, second: str, joined: str) -> None:
    assert after(found("A", first, second, "Z"), Correction(Action.JOIN, 2)) == ["A", joined, "Z"]


def test_cells_of_joined_rows_stay_cells() -> None:
    assert after(found("Mon | noon", "room 2", kind=ROW), Correction(Action.JOIN, 1)) == [
        "Mon | noon | room 2"
    ]


def test_a_joined_piece_is_left_out_only_if_both_were() -> None:
    out = Piece(PARAGRAPH, "Yours", left_out=PART_OF_LETTER, of_letter=True)
    kept = Piece(HEADING, "Help", unsure="why")
    join = [Correction(Action.JOIN, 1)]
    assert correct(Pieces((out, kept)), join).reasons == {}
    assert correct(Pieces((kept, out)), join).pieces == (Piece(HEADING, "Help Yours"),)
    assert correct(Pieces((out, out)), join).reasons == {1: PART_OF_LETTER}


def test_a_piece_is_split_before_any_word_and_loses_only_the_space() -> None:
    text = "Keep safe.Talk to us at school."
    pieces = found(text)
    starts = [text[place:].split(maxsplit=1)[0] for place in places(pieces.pieces[0])]
    assert starts == ["safe.Talk", "Talk", "to", "us", "at", "school."]
    for place in places(pieces.pieces[0]):
        first, second = after(pieces, Correction(Action.SPLIT, 1, place))
        assert re.sub(r"\s", "", first + second) == re.sub(r"\s", "", text)
        assert first == first.strip()
        assert second == second.strip()


def test_a_row_is_split_at_its_cells_without_the_stroke() -> None:
    pieces = found("Mon | noon", kind=ROW)
    assert [after(pieces, Correction(Action.SPLIT, 1, p)) for p in places(pieces.pieces[0])] == [
        ["Mon", "noon"]
    ]


@pytest.mark.parametrize("text", ["word", "", " ", "| |"])
def test_one_word_cannot_be_split(text: str) -> None:
    piece = Piece(ROW, text)
    assert places(piece) == ()
    with pytest.raises(SourceError):
        correct(Pieces((piece,)), [Correction(Action.SPLIT, 1, 2)])


@pytest.mark.parametrize(
    ("before", "text", "kind", "then"),
    [
        (PARAGRAPH, "“Abuse is harm.”", QUOTATION, "Abuse is harm."),
        (PARAGRAPH, "‘It’s harm.’", QUOTATION, "It’s harm."),
        (PARAGRAPH, '"Abuse is harm."', QUOTATION, "Abuse is harm."),
        (PARAGRAPH, "“The first paragraph.", QUOTATION, "The first paragraph."),
        (PARAGRAPH, "The last paragraph.”", QUOTATION, "The last paragraph."),
        (PARAGRAPH, "“Stay” and “safe”", QUOTATION, "“Stay” and “safe”"),
        (PARAGRAPH, "He said “no”", QUOTATION, "He said “no”"),
        (PARAGRAPH, "“”", QUOTATION, "“”"),
        (QUOTATION, "“Inner” words", QUOTATION, "“Inner” words"),
        (QUOTATION, "Abuse is harm.", PARAGRAPH, "“Abuse is harm.”"),
        (PARAGRAPH, "• Talk", ITEM, "Talk"),
        (PARAGRAPH, "- Talk", ITEM, "Talk"),
        (PARAGRAPH, "A. Teacher leads it.", ITEM, "A. Teacher leads it."),
        (PARAGRAPH, "I. Example", ITEM, "I. Example"),
        (PARAGRAPH, "•", ITEM, "•"),
        (PARAGRAPH, "• Talk", HEADING, "• Talk"),
    ],
)
def test_only_marks_change_with_the_kind(
    before: StatementKind, text: str, kind: StatementKind, then: str
) -> None:
    pieces = Pieces((Piece(before, text, unsure="why"),))
    assert correct(pieces, [Correction(Action.KIND, 1, words=kind)]).pieces == (Piece(kind, then),)


def test_several_doubts_are_confirmed_at_once() -> None:
    pieces = Pieces(tuple(Piece(ITEM, str(number), unsure="why") for number in range(5)))
    doubts = [bool(p.unsure) for p in correct(pieces, [Correction(Action.CONFIRM, 2, 4)]).pieces]
    assert doubts == [True, False, False, False, True]
    assert not correct(pieces, [Correction(Action.CONFIRM, 5, 99)]).pieces[4].unsure


def test_leave_out_with_a_reason_and_put_back() -> None:
    out = Correction(Action.LEAVE_OUT, 2, words=" about the\tfair\n ")
    assert correct(found("a", "b"), [out]).reasons == {2: "about the fair"}
    assert correct(found("a", "b"), [out, Correction(Action.KEEP, 2)]) == found("a", "b")
    for reason in ("", " \n", "\x00", "x" * 301):
        with pytest.raises(SourceError, match="reason"):
            correct(found("a"), [Correction(Action.LEAVE_OUT, 1, words=reason)])


def test_what_the_reader_left_out_is_taken_in_at_a_chosen_place() -> None:
    pieces = Pieces(found("a", "b").pieces, (LeftOut("head", "running head"), LeftOut("7", "page number")))
    taken = correct(pieces, [Correction(Action.TAKE_IN, 1, 1)])
    assert [piece.text for piece in taken.pieces] == ["a", "head", "b"]
    assert taken.left_out == (LeftOut("7", "page number"),)
    assert after(pieces, Correction(Action.TAKE_IN, 2, 0)) == ["7", "a", "b"]
    assert after(pieces, Correction(Action.TAKE_IN, 2, 2)) == ["a", "b", "7"]


def test_the_usual_place_follows_the_page_and_the_line() -> None:
    by_line = Pieces((Piece(PARAGRAPH, "a", 2), Piece(PARAGRAPH, "b", 5)))
    assert [usual_place(by_line, LeftOut("x", "r", line)) for line in (0, 1, 3, 9)] == [0, 0, 1, 2]
    by_page = Pieces(tuple(Piece(PARAGRAPH, "a", 0, page) for page in (1, 1, 2)))
    assert [usual_place(by_page, LeftOut("x", "r", page=page)) for page in (1, 2, 3)] == [2, 3, 3]


@pytest.mark.parametrize(
    "step",
    [
        Correction(Action.JOIN, 2),
        Correction(Action.JOIN, 0),
        Correction(Action.JOIN, -1),
        Correction(Action.CONFIRM, 3),
        Correction(Action.SPLIT, 1, 0),
        Correction(Action.SPLIT, 1, 1),
        Correction(Action.SPLIT, 1, 99),
        Correction(Action.KIND, 1, words="title"),
        Correction(Action.TAKE_IN, 1, 0),
        Correction(Action.TAKE_IN, 0, 0),
    ],
)
def test_an_impossible_step_is_refused(step: Correction) -> None:
    with pytest.raises(SourceError, match="not possible"):
        correct(found("one two", "three"), [step])
