"""Blocks and placeholders that depend on a school's file."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from parentguide.model.contact import FieldValue
from parentguide.model.facts import (
    FACTS,
    facts_needed,
    facts_of,
    guide_for,
    own_fields,
    phones_of,
    unknown_fields,
)
from parentguide.model.guide import (
    Block,
    BulletList,
    Callout,
    Elsewhere,
    Guide,
    Heading,
    Paragraph,
    Quotation,
    Segment,
)
from parentguide.model.school import LocalContact, School
from parentguide.model.walk import messages

OFFICE = FieldValue("phone", "0300 000 0000", "tel:0300")
NIGHT = FieldValue("phone", "0300 000 0001", "tel:0301")
SITE = FieldValue("url", "www.a.gov.uk", "https://www.a.gov.uk")
COUNCIL = LocalContact("Council", (SITE, OFFICE), is_authority=True, out_of_hours=NIGHT)
HEADING = Heading(1, Segment("title", "Safe"))


def guide(*blocks: Block, elsewhere: tuple[Elsewhere, ...] = ()) -> Guide:
    return Guide("g", "en", "Safe", (HEADING, *blocks), elsewhere=elsewhere)


def ids(of: Guide) -> list[str]:
    return [segment.id for segment in messages(of)]


def test_the_facts_of_a_school_are_those_of_its_file() -> None:
    assert facts_of(School()) == frozenset()
    everything = School(
        local_contacts=(COUNCIL,),
        headteacher=OFFICE,
        new_training=True,
        policy_updated=True,
        report_remove=True,
    )
    assert facts_of(everything) == FACTS


def test_the_councils_number_is_the_phone_of_the_authority_and_of_nobody_else() -> None:
    charity = replace(COUNCIL, is_authority=False)
    assert phones_of(School(local_contacts=(charity,))) == {}
    assert phones_of(School(local_contacts=(charity, COUNCIL))) == {
        "council": OFFICE,
        "council_out_of_hours": NIGHT,
    }
    assert phones_of(School(local_contacts=(replace(COUNCIL, values=(SITE,), out_of_hours=None),))) == {}


def test_a_block_is_shown_when_the_school_has_the_fact_or_unless_it_has() -> None:
    both = guide(
        Paragraph(Segment("with", "x", when=("council",))),
        Paragraph(Segment("without", "x", unless=("council",))),
    )
    assert ids(guide_for(both, {"council"})) == ["title", "with"]
    assert ids(guide_for(both, ())) == ["title", "without"]


def test_lists_and_frames_without_anything_in_them_vanish() -> None:
    item, inner = Segment("item", "x", when=("headteacher",)), Segment("in", "x", when=("headteacher",))
    made = guide(BulletList((item,)), Callout("note", (Paragraph(inner),)))
    assert guide_for(made, ()).blocks == (HEADING,)
    assert guide_for(made, {"headteacher"}) == made


@given(st.sets(st.sampled_from(sorted(FACTS))))
def test_a_guide_without_conditions_is_the_same_for_every_school(facts: set[str]) -> None:
    made = guide(Paragraph(Segment("one", "x")), elsewhere=(Elsewhere("poster", Segment("p", "x")),))
    assert guide_for(made, facts) == made


def test_official_words_go_with_their_caption() -> None:
    part = Segment("d-1", "x")
    quotation = Quotation(Segment("whose", "x", when=("council",)), ("x",), (part,), date(2017, 2, 1))
    assert ids(guide_for(guide(quotation), ())) == ["title"]


def test_what_a_guide_needs() -> None:
    made = guide(
        Paragraph(Segment("a", "x", when=("council",))), Paragraph(Segment("b", "x", unless=("headteacher",)))
    )
    assert facts_needed([made, guide()]) == {"council"}


def test_each_placeholder_has_its_place() -> None:
    quotation = Quotation(Segment("whose", "{date}"), ("x",), (Segment("d-1", "x"),), date(2017, 2, 1))
    right = guide(
        Callout("note", (quotation, Paragraph(Segment("call", "{council} {nspcc}", when=("council",))))),
        elsewhere=(Elsewhere("message", Segment("share", "{school} {link}")),),
    )
    assert list(unknown_fields(right, {"nspcc"})) == []
    assert own_fields(right)["whose"] == {"date"}


def test_a_placeholder_in_another_place_is_unknown() -> None:
    wrong = guide(
        Paragraph(Segment("a", "{date} {school}")),
        Paragraph(Segment("b", "{council}", unless=("council",))),
        Paragraph(Segment("c", "{council_out_of_hours}", when=("council",))),
        elsewhere=(Elsewhere("poster", Segment("p", "{link}")),),
    )
    assert [(segment.id, name) for segment, name in unknown_fields(wrong, ())] == [
        ("a", "date"),
        ("a", "school"),
        ("b", "council"),
        ("c", "council_out_of_hours"),
        ("p", "link"),
    ]
