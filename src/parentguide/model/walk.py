"""ONE walk over a guide, for extracting its words and for translating them.

The law: ``translate(guide, "en", {s.id: s.text for s in extract(guide)}) == guide``.
What extraction sees is what translation changes, because :func:`walk` does both.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from parentguide.model.guide import (
    Block,
    BulletList,
    Callout,
    Guide,
    Heading,
    Paragraph,
    Phrase,
    Quotation,
    Segment,
)


def walk(blocks: tuple[Block, ...], change: Callable[[Segment], Segment]) -> tuple[Block, ...]:
    """``blocks`` with ``change`` applied to every segment once, in reading order.

    The English of a quotation and of a phrase to show is no segment: it stays.
    """
    return tuple(_walk_block(block, change) for block in blocks)


def _walk_block(block: Block, change: Callable[[Segment], Segment]) -> Block:
    match block:
        case Heading() | Paragraph() | Phrase():
            return replace(block, segment=change(block.segment))
        case BulletList():
            return replace(block, items=tuple(change(item) for item in block.items))
        case Quotation():
            return replace(block, help=tuple(change(part) for part in block.help))
        case Callout():
            return replace(block, blocks=walk(block.blocks, change))


def extract(blocks: tuple[Block, ...]) -> tuple[Segment, ...]:
    """Every segment, in reading order."""
    collected: list[Segment] = []

    def keep(segment: Segment) -> Segment:
        collected.append(segment)
        return segment

    walk(blocks, keep)
    return tuple(collected)


def numbers(blocks: tuple[Block, ...]) -> dict[str, int]:
    """The number of each segment, from 1, by its id: the same in every edition and language,
    so that two people with different sheets can follow together."""
    return {segment.id: number for number, segment in enumerate(extract(blocks), 1)}


def translate(guide: Guide, lang: str, messages: Mapping[str, str]) -> Guide:
    """``guide`` in another language: ``messages`` maps a segment's id to its words.

    A segment without a message keeps its words and its own ``lang``; whether that
    may be shown is for the caller to decide before (see :mod:`parentguide.build.api`).
    """

    def change(segment: Segment) -> Segment:
        words = messages.get(segment.id)
        return segment if words is None else replace(segment, text=words, lang=lang)

    blocks = walk(guide.blocks, change)
    title = messages.get(_title_id(guide), guide.title)
    return replace(guide, lang=lang, title=title, blocks=blocks)


def _title_id(guide: Guide) -> str:
    first = guide.blocks[0]
    return first.segment.id if isinstance(first, Heading) else ""
