"""What the handout keeps between schools, and how it sets what a school gives."""

from dataclasses import replace

import pypdfium2
import pytest

from parentguide.model.guide import Callout, Heading, Paragraph, Segment
from parentguide.model.output import Edition
from parentguide.model.school import Colour, School
from parentguide.render.print.handout import Handout
from tests.unit.render.editions import SCHOOL, TEMPLATES, edition, language


def sides(pdf: bytes) -> list[str]:
    """The text of each side."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def with_leaf(begins_leaf: bool, frames: bool = True) -> Edition:
    """An edition with a section after all others, with or without frames before it."""
    given = edition(language())
    before = [block for block in given.guide.blocks if frames or not isinstance(block, Callout)]
    section = (
        Heading(2, Segment("more", "More to know"), begins_leaf),
        Paragraph(Segment("facts", "Facts.")),
    )
    guide = replace(given.guide, blocks=(*before, *section))
    return replace(given, guide=guide, whole=guide, english=guide)


@pytest.mark.parametrize("frames", [True, False])
def test_a_heading_that_begins_a_leaf_is_the_first_on_its_side(frames: bool) -> None:
    first, second = sides(Handout(TEMPLATES).render(with_leaf(True, frames)))
    assert second.startswith("More to know")
    assert "More to know" not in first


def test_a_guide_without_leaves_goes_on_without_a_break() -> None:
    (only,) = sides(Handout(TEMPLATES).render(with_leaf(False)))
    assert "More to know" in only


def test_words_are_turned_into_data_once_for_schools_with_one_colour() -> None:
    red, blue = (Colour(code, code, code) for code in ("#700000", "#000070"))
    handout = Handout(TEMPLATES)
    schools = [School("A", colour=red), School("B", colour=red), School("C", colour=blue)]
    made = [handout._words.json(edition(language(), school)) for school in schools]
    assert made[0] is made[1]
    assert made[0] != made[2]


def test_a_school_with_long_details_gets_more_sides_and_all_of_them() -> None:
    long = replace(SCHOOL, name="Long " * 3000 + "end", team=SCHOOL.team * 4)
    made = sides(Handout(TEMPLATES).render(edition(language(), long)))
    assert len(made) > 2
    assert "end" in "".join(made)
    assert "".join(made).count("A. Teacher") == 4
