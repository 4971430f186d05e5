"""Review states are ordered, and keep the values that files and commands use."""

import json

import pytest

from parentguide.model.labels import RECORD_LABELS, REVIEWER_LABELS, STATE_LABELS, STATUS_LABELS
from parentguide.model.review_state import INCOMPLETE, TRANSLATION_STATES, ReviewState
from parentguide.review.ledger import SIGN_OFFS, Kind

ORDER = ["draft", "checked", "professional", "tested", "original"]


def test_the_values_and_their_order() -> None:
    assert [str(state) for state in sorted(ReviewState, reverse=True)] == ORDER[::-1]
    assert json.dumps(max(TRANSLATION_STATES)) == '"tested"'
    assert str(min(TRANSLATION_STATES)) == "draft"


@pytest.mark.parametrize("low", range(len(ORDER)))
def test_comparisons_follow_the_order_and_not_the_alphabet(low: int) -> None:
    state, higher = ReviewState(ORDER[low]), [ReviewState(value) for value in ORDER[low + 1 :]]
    assert all(state < other and state <= other and not state > other for other in higher)
    assert all(other > state and other >= state and not other < state for other in higher)
    assert state <= ReviewState(ORDER[low])
    assert state >= ReviewState(ORDER[low])
    assert not state < ReviewState(ORDER[low])


def test_a_state_is_not_compared_with_another_word() -> None:
    with pytest.raises(ValueError, match="reviewed"):
        assert ReviewState.DRAFT < "reviewed"


def test_every_state_status_and_kind_has_one_label() -> None:
    assert tuple(STATE_LABELS) == TRANSLATION_STATES
    assert set(STATUS_LABELS) == {*ReviewState, INCOMPLETE}
    assert set(RECORD_LABELS) == set(Kind)
    assert [str(state) for state in REVIEWER_LABELS] == [str(kind) for kind in SIGN_OFFS]
