"""The texts of a school's details, each with the place where the school wrote it."""

from collections.abc import Iterator

from parentguide.model.contact import FieldValue
from parentguide.model.school import School

# So many of the longest details are named where they do not fit on a sheet.
_MOST_NAMED = 3


def detail_texts(school: School) -> Iterator[tuple[str, str]]:
    """The place and the text of each detail that sheets show, such as “team 1, name”.

    A local contact is called by its name: the order of the contacts is not always that of the file.
    """
    yield "name", school.name
    for label, value in (("website", school.website), ("guides", school.guides), ("policy", school.policy)):
        if value:
            yield label, value.shown
    if school.headteacher:
        yield "headteacher", school.headteacher.shown
    for number, person in enumerate(school.team, 1):
        yield f"team {number}, name", person.name
        yield f"team {number}, role", person.role
        if person.phone:
            yield f"team {number}, phone", person.phone.shown
        if person.email:
            yield f"team {number}, email", person.email.shown
    for contact in school.local_contacts:
        yield f"the name of the contact “{contact.name}”", contact.name
        for value in contact.values:
            yield f"the {_kind(value)} of the contact “{contact.name}”", value.shown
        if contact.out_of_hours:
            yield f"the number out of hours of the contact “{contact.name}”", contact.out_of_hours.shown


def longest_details(school: School) -> list[str]:
    """The longest details with the number of their letters, the longest first."""
    texts = sorted(detail_texts(school), key=lambda found: -len(found[1]))
    return [f"{place} ({len(text)} letters)" for place, text in texts[:_MOST_NAMED] if text]


def _kind(value: FieldValue) -> str:
    if value.href.startswith("mailto:"):
        return "email"
    return {"phone": "phone", "url": "website", "text": "address"}[value.kind]
