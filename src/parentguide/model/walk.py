"""The single traversal of a guide, used both to extract its words and to translate them.

``translate(guide, "en", {s.id: s.text for s in messages(guide)}) == guide`` for every guide:
:func:`walk_guide` does both, so translation changes exactly what extraction finds.

Decision: docs/decisions/0012-one-walk.md.
"""

from collections.abc import Callable, Iterator, Mapping
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

    The English of a quotation and of a phrase is not a segment, so it does not change. What does not change
    is not copied: most calls only look, once for each school and language.
    """
    changed = tuple(_walk_block(block, change) for block in blocks)
    return blocks if _same(changed, blocks) else changed


def _walk_block(block: Block, change: Callable[[Segment], Segment]) -> Block:
    match block:
        case Heading() | Paragraph() | Phrase():
            segment = change(block.segment)
            return block if segment is block.segment else replace(block, segment=segment)
        case BulletList():
            items = tuple(change(item) for item in block.items)
            return block if _same(items, block.items) else replace(block, items=items)
        case Quotation():
            caption, parts = change(block.caption), tuple(change(part) for part in block.help)
            same = caption is block.caption and _same(parts, block.help)
            return block if same else replace(block, caption=caption, help=parts)
        case Callout():
            blocks = walk(block.blocks, change)
            return block if blocks is block.blocks else replace(block, blocks=blocks)


def _same(first: tuple[object, ...], second: tuple[object, ...]) -> bool:
    """Whether both have the very same values."""
    return all(one is other for one, other in zip(first, second, strict=True))


def blocks_in(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks, each frame before the blocks in it."""
    for block in blocks:
        yield block
        if isinstance(block, Callout):
            yield from blocks_in(block.blocks)


def walk_guide(guide: Guide, change: Callable[[Segment], Segment]) -> Guide:
    """``guide`` with ``change`` applied to every segment once: those of its text, then those elsewhere."""
    blocks = walk(guide.blocks, change)
    changed = [(words, change(words.segment)) for words in guide.elsewhere]
    elsewhere = tuple(
        words if segment is words.segment else replace(words, segment=segment) for words, segment in changed
    )
    same = blocks is guide.blocks and _same(elsewhere, guide.elsewhere)
    return guide if same else replace(guide, blocks=blocks, elsewhere=elsewhere)


def extract(blocks: tuple[Block, ...]) -> tuple[Segment, ...]:
    """All segments of a text, in reading order."""
    collected: list[Segment] = []
    walk(blocks, _keeping(collected))
    return tuple(collected)


def messages(guide: Guide) -> tuple[Segment, ...]:
    """All segments of a guide: those of its text in reading order, then those elsewhere."""
    collected: list[Segment] = []
    walk_guide(guide, _keeping(collected))
    return tuple(collected)


def _keeping(collected: list[Segment]) -> Callable[[Segment], Segment]:
    def keep(segment: Segment) -> Segment:
        collected.append(segment)
        return segment

    return keep


def for_two_readers(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks in the order in which a parent and somebody who speaks English follow them together: how to
    ask for an interpreter comes after the school's people, before the numbers that the parent may call alone.

    The blocks as they are if the guide has no box for the school.
    """
    asking = tuple(b for b in blocks if isinstance(b, Callout) and b.variant == "interpreter")
    others = tuple(block for block in blocks if block not in asking)
    schools = [n for n, b in enumerate(others, 1) if isinstance(b, Callout) and b.variant == "school"]
    if not schools:
        return blocks
    return (*others[: schools[-1]], *asking, *others[schools[-1] :])


def numbers(blocks: tuple[Block, ...]) -> dict[str, int]:
    """The number of each segment by its id, from 1 in reading order.

    It is the same in every language and format, so two people with different sheets can refer to it.
    """
    return {segment.id: number for number, segment in enumerate(extract(blocks), 1)}


def translate(guide: Guide, lang: str, texts: Mapping[str, str]) -> Guide:
    """``guide`` in the language ``lang``; ``texts`` maps a segment's id to its translation.

    A segment without a translation keeps its words and its own ``lang``. The caller decides beforehand
    whether such a guide may be published (:mod:`parentguide.build.plan`).
    """

    def change(segment: Segment) -> Segment:
        words = texts.get(segment.id)
        return segment if words is None else replace(segment, text=words, lang=lang)

    title = texts.get(_title_id(guide), guide.title)
    return replace(walk_guide(guide, change), lang=lang, title=title)


def _title_id(guide: Guide) -> str:
    first = guide.blocks[0]
    return first.segment.id if isinstance(first, Heading) else ""
