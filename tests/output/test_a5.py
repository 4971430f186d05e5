"""The handout on A5: set for it at 12 pt, not shrunk, on at most 12 sides, and no ink touches other ink."""

from dataclasses import replace
from pathlib import Path

import pytest

from parentguide.build.api import BuildRequest, plan
from parentguide.build.run import render
from parentguide.model.output import Edition
from tests.languages import EDITIONS, PROJECT
from tests.output.inked import sides, touching
from tests.output.sheets import footer
from tests.output.test_type import MM, SCHOOL

MOST_SIDES = 12
A5 = (148 * MM, 210 * MM)
MARGIN = 12 * MM
LEAST = 12  # points, for families; the foot has less


@pytest.fixture
def small(edition: Edition, tmp_path: Path) -> Path:
    """The A5 handout of an edition, for a school with two people and two contacts."""
    school = replace(SCHOOL, a5_handout=True)
    request = BuildRequest((edition.language.tag,), ("handout",), school, guides=(edition.guide.slug,))
    path = tmp_path / "a5.pdf"
    path.write_bytes(next(iter(render(plan(PROJECT, request)))).content)
    return path


@pytest.mark.parametrize("edition", EDITIONS, indirect=True)
def test_it_is_set_at_12_points_on_at_most_12_sides_of_a5(small: Path) -> None:
    found = sides(small)
    assert len(found) <= MOST_SIDES
    foot = footer(small)
    for side in found:
        assert (side.width, side.height) == pytest.approx(A5, abs=1)
        words = [mark for mark in side.marks if mark.baseline > foot]
        assert min(mark.size for mark in words) >= LEAST - 0.1
        for mark in words:
            edges = (mark.left, side.width - mark.right, mark.bottom, side.height - mark.top)
            # A letter may stand out of its width a little.
            assert min(edges) >= MARGIN - 1.5, mark
    assert "999" in "".join(mark.char for mark in found[0].marks)
    assert touching(small) == []
