"""The sheet with the signs: one side for a wall, with a picture above each sign.

It exists for guides with a headline for it (``.signs`` in ``::: elsewhere``) and a section ``{#signs}``
with a list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parentguide.model import markup
from parentguide.model.guide import Block, BulletList, Callout, Heading, Segment
from parentguide.model.output import Edition
from parentguide.model.walk import extract
from parentguide.render.print.sheet import Sheet, as_json
from parentguide.render.print.sheet_data import edition_data, segment_data
from parentguide.render.print.sheet_types import SegmentData, SignsData

SECTION = "signs"
# The contact for somebody who is worried, beside the emergency number.
_WORRIED = "nspcc"
_NEVER = "never-fault"
# What stands below the headline: signs alone invite to accuse somebody.
_NOT_PROOF, _TELL = "not-proof", "do-tell"
# The first bold words of a segment, and the mark that ends their sentence.
_BOLD = re.compile(r"\*\*.+?\*\*")
_STOP = re.compile(r"[.!。।۔።]?")


@dataclass(frozen=True, slots=True)
class SignsWords:
    """The guide's words on the sheet: its headline, what stands below it, the signs, whose fault it is, whom
    to call, and the heading of the school's team. What a guide does not have is None or empty."""

    headline: Segment
    lead: tuple[Segment, ...]
    signs: tuple[Segment, ...]
    never: Segment | None
    calls: tuple[Segment, ...]
    school: Segment | None


def signs_words(edition: Edition) -> SignsWords | None:
    """The words of the sheet; None for a guide that has no headline or no signs."""
    headline, signs = edition.guide.words_for("signs"), _signs(edition.guide.blocks)
    if headline is None or not signs:
        return None
    blocks = edition.guide.blocks
    by_id = {segment.id: segment for segment in extract(blocks)}
    proof, tell, never = (by_id.get(name) for name in (_NOT_PROOF, _TELL, _NEVER))
    return SignsWords(
        headline,
        () if proof is None else (_in_short(proof, stop=True), *([tell] if tell else ())),
        signs,
        None if never is None else _in_short(never),
        tuple(_calls(blocks)),
        next((_first_heading(b) for b in blocks if isinstance(b, Callout) and b.variant == "school"), None),
    )


def _signs(blocks: tuple[Block, ...]) -> tuple[Segment, ...]:
    """The items of the first list below the heading ``signs``."""
    inside = False
    for block in blocks:
        if isinstance(block, Heading):
            inside = block.segment.id == SECTION
        elif inside and isinstance(block, BulletList):
            return block.items
    return ()


def _calls(blocks: tuple[Block, ...]) -> Iterator[Segment]:
    """The first way to call, which is that for an emergency, and the one for somebody who is worried."""
    frames = [b for b in blocks if isinstance(b, Callout) and b.variant == "contacts"]
    items = [item for frame in frames for b in frame.blocks if isinstance(b, BulletList) for item in b.items]
    yield from items[:1]
    yield from (item for item in items[1:] if _WORRIED in markup.fields(item.text))


def _in_short(segment: Segment, *, stop: bool = False) -> Segment:
    """Only the bold words of a paragraph, which say the most; the whole paragraph if none are bold. ``stop``:
    with the mark that ends their sentence, for more words follow."""
    bold = _BOLD.search(segment.text)
    if bold is None:
        return segment
    mark = _STOP.match(segment.text, bold.end()) if stop else None
    return replace(segment, text=bold[0] + (mark[0] if mark else ""))


def _first_heading(callout: Callout) -> Segment | None:
    return next((block.segment for block in callout.blocks if isinstance(block, Heading)), None)


class Signs(Sheet):
    """The signs on one side of A3. On A4 everything would be 0.71 times as large: too small for a wall."""

    name = "signs"

    def makes(self, edition: Edition) -> bool:
        return signs_words(edition) is not None

    def render(self, edition: Edition) -> bytes:
        """The PDF. Raises :class:`LayoutError` if the words do not fit on one side."""
        words = signs_words(edition)
        assert words is not None

        def data(segment: Segment | None) -> SegmentData | None:
            return None if segment is None else segment_data(segment, edition)

        made: SignsData = {
            **edition_data(edition),
            "blocks": [],
            "headline": segment_data(words.headline, edition),
            "lead": [segment_data(words_, edition) for words_ in words.lead],
            "signs": [segment_data(sign, edition) for sign in words.signs],
            "never": data(words.never),
            "calls": [segment_data(call, edition) for call in words.calls],
            "team-heading": data(words.school),
        }
        return self.set_whole(edition, as_json(made))
