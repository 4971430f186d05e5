"""How the handout's size is found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentguide.errors import LayoutError
from parentguide.model.output import Edition
from parentguide.model.school import School
from parentguide.render.print.handout import SIZES, SPACINGS, TIGHTEST, Handout, Position, first_fit
from parentguide.render.print.sheet import TooLong
from tests.profile import cases
from tests.unit.model.blocks import EVERY_GUIDE
from tests.unit.render.editions import SCHOOL, TEMPLATES, edition, language

LAST = (len(SIZES) - 1, TIGHTEST)


@settings(max_examples=cases(2_000))
@given(st.integers(1, 40), st.integers(0, 40), st.integers(0, 39))
def test_the_first_choice_that_fits_is_found_wherever_the_search_begins(
    count: int, first: int, near: int
) -> None:
    asked: list[int] = []

    def fits(index: int) -> bool:
        assert 0 <= index < count
        asked.append(index)
        return index >= first

    assert first_fit(count, fits, min(near, count - 1)) == (first if first < count else None)
    assert len(asked) == len(set(asked)), "a choice was tried twice"
    assert len(asked) <= 2 * count.bit_length() + 2


class Counted(Handout):
    """A handout that fits from given steps on, without Typst."""

    def __init__(self, fits: Callable[[Edition, Position], bool], block: str = "title") -> None:
        super().__init__(TEMPLATES)
        self.tried: list[tuple[Edition, Position]] = []
        self._fits_in = fits
        self._block = block

    def _compile(self, edition: Edition, step: Position) -> bytes | TooLong:
        self.tried.append((edition, step))
        return f"{step}".encode() if self._fits_in(edition, step) else TooLong(3, self._block)


def room(size: int, spacing: int) -> Callable[[Edition, Position], bool]:
    """Fits in this size and spacing, in tighter spacings of the size, and in each smaller size."""
    return lambda _, step: step[0] > size or (step[0] == size and step[1] >= spacing)


@pytest.mark.parametrize("size", range(len(SIZES)))
@pytest.mark.parametrize("spacing", range(len(SPACINGS)))
@pytest.mark.parametrize("block", ["title", "say", "unknown"])
def test_the_largest_type_and_then_the_widest_spacing_are_used(size: int, spacing: int, block: str) -> None:
    handout = Counted(room(size, spacing), block)
    assert handout.render(edition(language())) == f"{(size, spacing)}".encode()
    steps = [step for _, step in handout.tried]
    assert len(steps) == len(set(steps)), "a step was made twice"
    assert len(steps) <= 14, "of 54 steps"


def test_a_school_begins_where_another_with_the_same_kinds_of_details_ended() -> None:
    handout = Counted(room(3, 2))
    first, second = (edition(language(), replace(SCHOOL, name=name)) for name in ("A", "B"))
    assert handout.render(first) == handout.render(second) == b"(3, 2)"
    assert [step for tried, step in handout.tried if tried.school.name == "B"] == [(3, 2)]


def test_a_school_with_longer_details_goes_on_from_there() -> None:
    def fits(of: Edition, step: Position) -> bool:
        return step >= ((5, 1) if len(of.school.name) > 1 else (3, 2)) and step[1] >= (
            1 if step[0] == 5 else 0
        )

    handout = Counted(fits)
    assert handout.render(edition(language(), SCHOOL)) == b"(5, 1)"


def test_the_result_does_not_depend_on_the_school_before() -> None:
    def fits(of: Edition, step: Position) -> bool:
        return step[0] * 10 + step[1] >= len(of.school.name)

    schools = [replace(SCHOOL, name="x" * length) for length in (1, 25, 40, 12)]
    alone = [Counted(fits).render(edition(language(), school)) for school in schools]
    for order in (schools, schools[::-1]):
        handout = Counted(fits)
        made = {school.name: handout.render(edition(language(), school)) for school in order}
        assert [made[school.name] for school in schools] == alone


def test_details_that_families_find_elsewhere_are_left_out_first() -> None:
    handout = Counted(lambda of, step: of.school.policy is None and step == LAST)
    assert handout.render(edition(language(), SCHOOL)) == f"{LAST}".encode()
    assert handout.tried[-1][0].school == replace(SCHOOL, policy=None)
    handout = Counted(lambda of, step: of.school.guides is None and step == LAST)
    handout.render(edition(language(), SCHOOL))
    assert handout.tried[-1][0].school == replace(SCHOOL, policy=None, guides=None)


def test_a_guide_that_is_too_long_is_refused_with_its_first_block_too_many() -> None:
    with pytest.raises(LayoutError, match="the block “say” is the first on side 3") as caught:
        Counted(lambda of, step: False, "say").render(edition(language()))
    assert "Polish" in caught.value.problem
    assert "Shorten" in caught.value.remedy


def test_an_outline_has_the_same_kinds_of_details() -> None:
    handout = Counted(room(0, 0))
    handout.render(edition(language(), SCHOOL))
    outline = handout.tried[0][0].school
    assert outline != SCHOOL
    assert [bool(getattr(outline, name)) for name in School.__slots__] == [
        bool(getattr(SCHOOL, name)) for name in School.__slots__
    ]
    assert outline.local_contacts[0].languages == SCHOOL.local_contacts[0].languages
    assert outline.dated != date.min
    assert handout.tried[0][0].guide.slug == EVERY_GUIDE.slug
