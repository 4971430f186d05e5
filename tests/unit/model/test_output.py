"""Editions and sites: status and web addresses."""

from dataclasses import replace

import pytest

from parentguide.model.contact import FieldValue
from parentguide.model.guide import Paragraph, Segment
from parentguide.model.output import Edition, Site
from parentguide.model.review_state import INCOMPLETE, ReviewState
from parentguide.model.school import School
from tests.unit.model.blocks import EVERY_GUIDE
from tests.unit.model.test_language import language

EDITION = Edition(EVERY_GUIDE, EVERY_GUIDE, EVERY_GUIDE, language("pl"), (), {}, {}, School())


@pytest.mark.parametrize("end", ["", "/", "//"])
def test_addresses_are_below_the_folder_of_the_guides(end: str) -> None:
    school = School(guides=FieldValue("url", "a.sch.uk/g", f"https://a.sch.uk/g{end}"))
    assert replace(EDITION, school=school).address == "https://a.sch.uk/g/cse/pl/"
    assert Site((), school).address == "https://a.sch.uk/g/"


def test_a_school_without_an_address_has_no_addresses() -> None:
    assert EDITION.address == ""
    assert Site((EDITION,), School()).address == ""


def test_the_status_is_the_review_state_unless_words_are_missing() -> None:
    assert EDITION.status is ReviewState.DRAFT
    assert replace(EDITION, incomplete=True).status == INCOMPLETE


def test_an_edition_for_a_school_has_its_blocks_and_its_numbers_only() -> None:
    number = FieldValue("phone", "0300 000 0000", "tel:0300")
    head = Paragraph(Segment("head", "Call {headteacher}", when=("headteacher",)))
    whole = replace(EVERY_GUIDE, blocks=(*EVERY_GUIDE.blocks, head))
    edition = replace(EDITION, whole=whole, fields={"nspcc": number})
    first = edition.for_school(School("First", headteacher=number))
    assert first.guide == whole
    assert first.fields == {"nspcc": number, "headteacher": number}
    second = first.for_school(School("Second"))
    assert second.guide == EVERY_GUIDE
    assert (second.fields, second.school.name) == ({"nspcc": number}, "Second")
