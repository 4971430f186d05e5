"""The order of review states."""

from itertools import pairwise

import pytest

from parentguide.model.review_state import TRANSLATION_STATES, ReviewState


def test_states_are_compared_by_their_order_not_by_the_alphabet() -> None:
    for lower, higher in pairwise(ReviewState):
        assert lower < higher
        assert lower <= higher
        assert higher > lower
        assert higher >= lower
    assert max(ReviewState) is ReviewState.ORIGINAL


def test_a_state_can_be_compared_with_the_text_of_a_file() -> None:
    assert ReviewState.CHECKED > "draft"
    with pytest.raises(ValueError, match="finished"):
        assert ReviewState.CHECKED > "finished"


def test_a_translation_is_never_the_original() -> None:
    assert ReviewState.ORIGINAL not in TRANSLATION_STATES
    assert set(TRANSLATION_STATES) | {ReviewState.ORIGINAL} == set(ReviewState)
