"""What the review sheet says before its rows."""

from parentguide.model.style_notes import NotedQuestion, NotedTerm, StyleNotes
from parentguide.render.print.review_notes import MOST_TERMS, review_notes

NUMBERS = {"title": 1, "print": 70}


def test_a_question_names_its_row() -> None:
    questions = tuple(NotedQuestion(context, "q?", "w") for context in ("title", "print", "*", "gone"))
    found = review_notes(StyleNotes(questions), NUMBERS)["questions"]
    assert [one["about"] for one in found] == ["No. 1", "No. 70", "", ""]
    assert found[0]["question"] == "q?"


def test_traps_come_before_style_and_all_is_short() -> None:
    notes = StyleNotes(traps=(("care", "a " * 500),), style=(("Address", "Formal. As in letters."),))
    care, address = review_notes(notes, NUMBERS)["notes"]
    assert (care["name"], address) == ("Care", {"name": "Address", "said": "Formal"})
    assert len(care["said"]) < 300


def test_there_are_no_more_terms_than_have_room() -> None:
    term = NotedTerm("consent", "zgoda", ("x",), "Usual. It is in the law.")
    found = review_notes(StyleNotes(terms=(term,) * 60), NUMBERS)["terms"]
    assert len(found) == MOST_TERMS
    assert found[0] == {"english": "consent", "term": "zgoda", "reason": "Usual"}


def test_a_character_that_no_font_has_is_left_out() -> None:
    question = NotedQuestion("*", "Is \U000f0000 it?", "w")
    assert "\U000f0000" not in review_notes(StyleNotes((question,)), NUMBERS)["questions"][0]["question"]
