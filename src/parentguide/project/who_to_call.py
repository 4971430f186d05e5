"""The boxes that every guide for families begins with: whom to call in danger, and the team at the school.

A newsletter may not have them, but no family should have to look for the emergency number.
"""

import re
from collections.abc import Collection, Sequence

from parentguide.model.guide import Block, BulletList, Callout
from parentguide.model.markup import fields
from parentguide.model.walk import blocks_in, extract
from parentguide.project.block_ids import new_id

# The contact with the emergency number. Its numbers are the largest thing on a page and on a sheet.
EMERGENCY = "police_emergency"
# Words of our own, which are true of every school in England: so a source, but no statement that they cover.
_OWN = 'source="written for this guide"'
_LISTED = 'source="the list of contacts"'
_FRAME = re.compile(r"^:::")
_ATTRIBUTES = re.compile(r"^\{.*\}\s*$")


def has_emergency_box(blocks: tuple[Block, ...]) -> bool:
    """Whether a frame of contacts has the emergency number in its list, where it is shown large."""
    return any(
        EMERGENCY in fields(segment.text)
        for frame in blocks_in(blocks)
        if isinstance(frame, Callout) and frame.variant == "contacts"
        for segment in extract(tuple(block for block in frame.blocks if isinstance(block, BulletList)))
    )


def first_boxes(used: set[str], *, with_emergency: bool, with_school: bool) -> list[str]:
    """The lines of the boxes. The ids of their blocks are none of ``used``, and are added to it."""
    lines: list[str] = []
    if with_emergency:
        lines += [
            "::: contacts",
            "",
            f"{{#{_id('call', used)} {_LISTED}}}",
            "## Who to call",
            "",
            f"- {{#{_id('call danger', used)} {_LISTED}}}",
            f"  **Danger now:** police, {{{EMERGENCY}}}",
            "",
            ":::",
            "",
        ]
    if with_school:
        lines += [
            "::: school",
            "",
            f"{{#{_id('school', used)} {_OWN}}}",
            "## Our Safeguarding Team",
            "",
            f"{{#{_id('school worried', used)} {_OWN}}}",
            "If anything worries you, talk to us. Do not wait for proof.",
            "",
            ":::",
            "",
        ]
    return lines


def with_boxes(text: str, used: Collection[str], *, has_school: bool) -> str:
    """The text of a ``guide.md`` with the box of the emergency number after its title and the paragraph below
    it, and with that of the school's team unless ``has_school``."""
    lines = text.split("\n")
    place = _after_lead(lines)
    boxes = first_boxes(set(used), with_emergency=True, with_school=not has_school)
    if place and lines[place - 1].strip():
        boxes.insert(0, "")
    return "\n".join([*lines[:place], *boxes, *lines[place:]])


def _id(words: str, used: set[str]) -> str:
    name = new_id(words, used)
    used.add(name)
    return name


def _after_lead(lines: Sequence[str]) -> int:
    """The line before which the boxes stand."""
    title = next((n for n, line in enumerate(lines) if line.startswith("# ")), len(lines) - 1)
    start = _past_blank(lines, title + 1)
    here = start
    while here < len(lines) and _ATTRIBUTES.match(lines[here]):
        here += 1
    block = lines[here] if here < len(lines) else ""
    if not block.strip() or re.match(r"^(?:#|:::|[-*+] |\d+[.)] |>)", block) or block.rstrip().endswith(":"):
        return start
    while here < len(lines) and lines[here].strip() and not _FRAME.match(lines[here]):
        here += 1
    return _past_blank(lines, here)


def _past_blank(lines: Sequence[str], start: int) -> int:
    while start < len(lines) and not lines[start].strip():
        start += 1
    return start
