"""What a guide's blocks may depend on: facts about a school, and the phone numbers that go with them.

In ``guide.md``, ``when="council"`` shows a block only for a school with that fact, ``unless="council"``
only for a school without it.

Decision: docs/decisions/0043-words-that-depend-on-the-school.md.
"""

from collections.abc import Collection, Iterable, Iterator

from parentguide.model import markup
from parentguide.model.contact import FieldValue
from parentguide.model.guide import Guide, Quotation, Segment
from parentguide.model.revised import without
from parentguide.model.school import School
from parentguide.model.walk import blocks_in, messages

# Facts that are a phone number: a block that depends on one may show it, as in {council}.
PHONES = frozenset({"council", "council_out_of_hours", "headteacher"})
FACTS = PHONES | {"new_training", "policy_updated", "report_remove"}
# The placeholders of the text message, and of the caption of official words.
MESSAGE_FIELDS = frozenset({"school", "link"})
CAPTION_FIELDS = frozenset({"date"})


def phones_of(school: School) -> dict[str, FieldValue]:
    """The school's phone numbers by the name of the fact.

    An authority that answers the same number by day and at night has no number for closed hours.
    """
    authority = next((contact for contact in school.local_contacts if contact.is_authority), None)
    office = next((value for value in authority.values if value.kind == "phone"), None) if authority else None
    closed = authority.out_of_hours if authority else None
    numbers = {
        "council": office,
        "council_out_of_hours": closed if office and closed != office else None,
        "headteacher": school.headteacher,
    }
    return {name: number for name, number in numbers.items() if number is not None}


def facts_of(school: School) -> frozenset[str]:
    """The facts that the school's file states."""
    stated = {
        "new_training": school.new_training,
        "policy_updated": school.policy_updated,
        "report_remove": school.report_remove,
    }
    return frozenset(phones_of(school)) | {name for name, is_so in stated.items() if is_so}


def guide_for(guide: Guide, facts: Collection[str]) -> Guide:
    """The guide with the blocks for a school with these facts."""
    return without(guide, [segment.id for segment in messages(guide) if not segment.is_for(facts)])


def facts_needed(guides: Iterable[Guide]) -> frozenset[str]:
    """The facts without which some block of the guides is not shown."""
    return frozenset(name for guide in guides for segment in messages(guide) for name in segment.when)


def own_fields(guide: Guide) -> dict[str, frozenset[str]]:
    """For each segment's id the placeholders that it may have beside the national contacts."""
    allowed = {segment.id: PHONES.intersection(segment.when) for segment in messages(guide)}
    for block in blocks_in(guide.blocks):
        if isinstance(block, Quotation):
            allowed[block.caption.id] |= CAPTION_FIELDS
    message = guide.words_for("message")
    if message is not None:
        allowed[message.id] |= MESSAGE_FIELDS
    return allowed


def unknown_fields(guide: Guide, contacts: Collection[str]) -> Iterator[tuple[Segment, str]]:
    """Each placeholder that has no value in its own message, with the segment."""
    allowed = own_fields(guide)
    for segment in messages(guide):
        for name in markup.fields(segment.text):
            if name not in contacts and name not in allowed[segment.id]:
                yield segment, name
