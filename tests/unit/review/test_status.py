"""The state of a message and of a language."""

from datetime import date

import pytest

from parentguide.model.review_state import ReviewState
from parentguide.model.shown_words import words_digest as digest
from parentguide.review.ledger import Kind, Record
from parentguide.review.status import LanguageReview
from tests.unit.review.factory import POLISH, reviewed


def record(kind: Kind, day: int = 1, *, text: str = "Tak", english: str = "Yes") -> Record:
    made = digest("c", "pl", english, text)
    return Record("c", date(2026, 1, day), kind, english, text, made, "teacher")


def test_a_message_has_the_highest_state_that_somebody_gave_it() -> None:
    message = reviewed("Yes", "Tak", [record(Kind.TESTED), record(Kind.CHECKED), record(Kind.PROFESSIONAL)])
    assert message.state is ReviewState.TESTED


@pytest.mark.parametrize(("day", "state"), [(1, "checked"), (2, "draft"), (3, "draft")])
def test_a_sign_off_counts_unless_a_change_is_requested_on_its_day_or_later(day: int, state: str) -> None:
    message = reviewed("Yes", "Tak", [record(Kind.CHECKED, 2), record(Kind.CHANGE, day)])
    assert message.state == state
    assert bool(message.open_requests) is (state == "draft")


def test_a_sign_off_of_a_text_that_lost_its_placeholder_does_not_count() -> None:
    signed = record(Kind.CHECKED, text="Zadzwoń pod 0800 111 111", english="Phone {nspcc}")
    message = reviewed("Phone {nspcc}", "Zadzwoń pod 0800 111 111", [signed])
    assert not message.shown
    assert message.state is ReviewState.DRAFT
    assert message.outdated == (signed,)


def test_a_language_has_the_lowest_state_of_its_messages() -> None:
    tested = reviewed("Yes", "Tak", [record(Kind.TESTED)])
    checked = reviewed("Yes", "Tak", [record(Kind.CHECKED)])
    review = LanguageReview(POLISH, (tested, checked))
    assert review.state is ReviewState.CHECKED
    assert review.reviewed.review is ReviewState.CHECKED
    assert len(review.signed) == 2
    assert not review.partly
    with_draft = LanguageReview(POLISH, (tested, reviewed("No", "Nie")))
    assert with_draft.state is ReviewState.DRAFT
    assert with_draft.signed == ()
    assert with_draft.partly
