"""The state that a record gives to its text."""

from datetime import date

import pytest

from parentguide.model.review_state import ReviewState
from parentguide.model.shown_words import words_digest as digest
from parentguide.review.ledger import Kind, Record


@pytest.mark.parametrize("kind", Kind)
def test_only_a_sign_off_gives_a_state(kind: Kind) -> None:
    record = Record("c", date(2026, 1, 1), kind, "Yes", "Tak", digest("c", "pl", "Yes", "Tak"), "teacher")
    given = {
        "checked": ReviewState.CHECKED,
        "professional": ReviewState.PROFESSIONAL,
        "tested": ReviewState.TESTED,
    }
    assert record.state is given.get(kind, ReviewState.DRAFT)
    assert record.signs is (record.state > ReviewState.DRAFT)
