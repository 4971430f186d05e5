"""The texts of a school's details, each with the place where the school wrote it."""

from collections.abc import Iterator

from parentguide.model.contact import FieldValue
from parentguide.model.school import School


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


def _kind(value: FieldValue) -> str:
    if value.href.startswith("mailto:"):
        return "email"
    return {"phone": "phone", "url": "website", "text": "address"}[value.kind]
