"""The printed review sheet: the guide in its first part, the words of the interface in its second."""

from collections.abc import Iterator
from dataclasses import replace

from parentguide.model import markup
from parentguide.model.contact import FieldValue
from parentguide.model.domain import INTERFACE
from parentguide.model.guide import Segment
from parentguide.model.output import Edition
from parentguide.model.review_state import ReviewState
from parentguide.model.walk import messages
from parentguide.render.l10n import captions_of
from parentguide.render.print.review_notes import review_notes
from parentguide.render.print.review_types import ReviewData, ReviewMessageData
from parentguide.render.print.sheet import Sheet, as_json
from parentguide.render.print.sheet_data import (
    block_data,
    edition_data,
    on_paper,
    segment_data,
    with_all_blocks,
)


class Review(Sheet):
    """English, the translation and what it says in English, with room for a pen."""

    name = "review"

    def makes(self, edition: Edition) -> bool:
        return not edition.language.is_source

    def render(self, edition: Edition) -> bytes:
        guide, interface = dict(_guide_rows(edition)), dict(_interface_rows(edition))
        title = markup.plain(edition.english.title)
        data: ReviewData = {
            **edition_data(edition),
            "blocks": [block_data(block, edition) for block in edition.guide.blocks[:1]],
            "code": edition.code,
            # A name of the guide may be one of the interface too.
            **review_notes(edition.notes, {c: row["number"] for c, row in (interface | guide).items()}),
            "messages": [
                {
                    "heading": f"Part {number}: {about} ({_state(edition, domain)})",
                    "rows": list(rows.values()),
                }
                for number, about, domain, rows in (
                    (1, f"the guide “{title}”", edition.guide.slug, guide),
                    (2, "words on buttons, labels and sheets, the same for all guides", INTERFACE, interface),
                )
                if rows
            ],
        }
        return self.set_whole(edition, as_json(data))


def _guide_rows(edition: Edition) -> Iterator[tuple[str, ReviewMessageData]]:
    """The messages of the guide, each with its context."""
    english_captions = captions_of(edition.english, edition.language)
    english = {
        segment.id: english_captions.get(segment.id, segment).text for segment in messages(edition.english)
    }
    captions = captions_of(edition.whole, edition.language)
    # Words outside the guide's text have no number on other sheets; here they come after it.
    count = {segment.id: number for number, segment in enumerate(messages(edition.english), 1)}
    everything = with_all_blocks(edition)
    values = {name: on_paper(value) for name, value in everything.fields.items()}
    # On this sheet the values are words to check, not links.
    unlinked = replace(everything, fields={n: replace(v, href="") for n, v in everything.fields.items()})

    def as_read(text: str) -> str:
        return markup.filled(markup.plain(text), values)

    for segment in messages(edition.whole):
        row: ReviewMessageData = {
            "number": count[segment.id],
            "english": as_read(english[segment.id]),
            "segment": segment_data(captions.get(segment.id, segment), unlinked),
            "back": as_read(edition.back.get(segment.id, "")),
        }
        yield segment.id, row


def _interface_rows(edition: Edition) -> Iterator[tuple[str, ReviewMessageData]]:
    """The words of the interface that are ready, numbered on from the guide. Placeholders stay: each
    sheet and page puts in its own values."""
    first = len(messages(edition.english)) + 1
    ready = [context for context in edition.interface_english if context in edition.interface]
    for number, context in enumerate(ready, first):
        text = edition.interface[context]
        names = {name: FieldValue("text", f"{{{name}}}") for name in markup.fields(text)}
        row: ReviewMessageData = {
            "number": number,
            "english": markup.plain(edition.interface_english[context]),
            "segment": segment_data(
                Segment(context, text, edition.language.tag), replace(edition, fields=names)
            ),
            "back": markup.plain(edition.back.get(context, "")),
        }
        yield context, row


def _state(edition: Edition, domain: str) -> str:
    """The state of one part in the words of the command line, such as “so far: draft”."""
    return f"so far: {edition.states.get(domain, ReviewState.DRAFT)}"
