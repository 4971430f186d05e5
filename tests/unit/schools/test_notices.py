"""What a school is told about its details that is not a mistake."""

from dataclasses import replace

import pytest

from parentguide.model.contact import FieldValue
from parentguide.model.facts import facts_of
from parentguide.model.school import Colour, LocalContact, Logo, School
from parentguide.schools.notices import school_notices
from parentguide.schools.values import parse_guides

LOGO = Logo(b"<svg/>", "image/svg+xml", "", (1, 1))
PHONE = FieldValue("phone", "999", "tel:999")


def test_a_school_without_details_gets_no_notice() -> None:
    assert school_notices(School(), ["pl"]) == ()


def test_a_corrected_colour_is_reported_with_the_new_one() -> None:
    (notice,) = school_notices(School(colour=Colour("#ff0", "#565000", "#ff0")), ["pl"])
    assert (notice.code, notice.loc) == ("colour-corrected", ("colour",))
    assert "#565000" in notice.text
    assert str(notice).startswith("colour: ")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("www.example.sch.uk/index.html", "www.example.sch.uk"),
        ("www.example.sch.uk/guides/default.aspx", "www.example.sch.uk/guides"),
    ],
)
def test_an_address_without_its_page_is_reported(written: str, shown: str) -> None:
    (notice,) = school_notices(School(guides=parse_guides(written)), ["pl"])
    assert (notice.code, notice.loc) == ("address-corrected", ("guides",))
    assert written in notice.text
    assert f" {shown}." in notice.text


def test_an_address_as_it_was_given_is_not_reported() -> None:
    assert school_notices(School(guides=parse_guides("www.example.sch.uk/guides/")), ["pl"]) == ()


def test_a_colour_as_it_was_given_is_not_reported() -> None:
    assert school_notices(School(colour=Colour("#0f4a4f", "#0f4a4f", "#a9dcdb")), ["pl"]) == ()


def test_what_a_logo_lost_is_reported() -> None:
    assert school_notices(School(logo=LOGO), []) == ()
    (notice,) = school_notices(School(logo=replace(LOGO, left_out=("<script>", "filter"))), [])
    assert (notice.code, notice.loc) == ("logo-simplified", ("logo",))
    assert "<script>, filter" in notice.text


def test_a_language_that_has_no_guide_is_reported_for_its_contact() -> None:
    contacts = (
        LocalContact("Council", (PHONE,), ("pl", "cy")),
        LocalContact("Charity", (PHONE,), ("pa", "pa-Guru")),
    )
    (notice,) = school_notices(School(local_contacts=contacts), ["pl", "pa-Arab", "pa-Guru"])
    assert (notice.code, notice.loc) == ("language-without-guide", ("local_contacts", 0))
    assert "“Council” speaks “cy”" in notice.text
    assert str(notice).startswith("local_contacts 1: ")


def test_a_missing_number_of_the_authority_is_reported_if_a_guide_needs_it() -> None:
    (notice,) = school_notices(School(), [], {"council", "headteacher"})
    assert notice.code == "no-authority-phone"
    council = LocalContact("Council", (PHONE,), is_authority=True)
    assert school_notices(School(local_contacts=(council,)), [], {"council"}) == ()
    assert school_notices(School(), [], {"headteacher"}) == ()


def test_an_authority_without_a_number_at_night_is_reported() -> None:
    needed = {"council", "council_out_of_hours"}
    council = LocalContact("Council", (PHONE,), is_authority=True)
    (notice,) = school_notices(School(local_contacts=(council,)), [], needed)
    assert (notice.code, notice.loc) == ("no-number-at-night", ("local_contacts", 0))
    same = replace(council, out_of_hours=PHONE)
    assert school_notices(School(local_contacts=(same,)), [], needed) == ()
    assert facts_of(School(local_contacts=(same,))) == {"council"}
