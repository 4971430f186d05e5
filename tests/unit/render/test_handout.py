"""What the handout keeps between schools, and how it sets what a school gives."""

from dataclasses import replace

import pypdfium2
import pytest

from parentguide.model.guide import Block, Heading, Paragraph, Segment
from parentguide.model.output import Edition
from parentguide.model.school import Colour, School
from parentguide.render.print.handout import Handout
from tests.unit.render.editions import SCHOOL, TEMPLATES, edition, language


def sides(pdf: bytes) -> list[str]:
    """The text of each side."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def section(name: str, paragraphs: int, begins_leaf: bool = False) -> list[Block]:
    """A heading with paragraphs of one line each; 40 lines fill a side."""
    lines = [Paragraph(Segment(f"{name}-{number}", f"Line {number}.")) for number in range(paragraphs)]
    return [Heading(2, Segment(name, f"About {name}"), begins_leaf), *lines]


def with_sections(*sections: list[Block]) -> Edition:
    """An edition with these sections after the title."""
    given = edition(language())
    guide = replace(
        given.guide, blocks=(given.guide.blocks[0], *(block for one in sections for block in one))
    )
    return replace(given, guide=guide, whole=guide, english=guide)


def test_the_second_leaf_begins_on_a_new_sheet_if_the_first_has_two_sides() -> None:
    first, second, third = sides(
        Handout(TEMPLATES).render(with_sections(section("a", 20), section("b", 20), section("more", 2, True)))
    )
    assert "About a" in first
    assert "About b" in second
    assert third.startswith("About more")


def test_a_section_goes_to_the_next_side_whole() -> None:
    first, second = sides(Handout(TEMPLATES).render(with_sections(section("a", 24), section("b", 12))))
    assert "About b" not in first
    assert second.startswith("About b")


@pytest.mark.parametrize("begins_leaf", [True, False])
def test_a_short_guide_goes_on_without_a_break(begins_leaf: bool) -> None:
    (only,) = sides(
        Handout(TEMPLATES).render(with_sections(section("a", 2), section("more", 2, begins_leaf)))
    )
    assert "About more" in only


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
