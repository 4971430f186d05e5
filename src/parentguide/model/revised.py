"""A guide with other English in some blocks, or without some blocks. Pure functions."""

from collections.abc import Collection, Mapping
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


def with_english(guide: Guide, texts: Mapping[str, str]) -> Guide:
    """The English guide with ``texts`` in the segments with these ids.

    Of a phrase and a quotation, the English that stands beside the translation is changed with the
    segment, so that the two stay a pair.
    """
    if not texts:
        return guide
    first = guide.blocks[0]
    title = texts.get(first.segment.id, guide.title) if isinstance(first, Heading) else guide.title
    return replace(guide, title=title, blocks=tuple(_with(block, texts) for block in guide.blocks))


def _with(block: Block, texts: Mapping[str, str]) -> Block:
    def changed(segment: Segment) -> Segment:
        return replace(segment, text=texts[segment.id]) if segment.id in texts else segment

    match block:
        case Heading() | Paragraph():
            return replace(block, segment=changed(block.segment))
        case Phrase():
            return replace(
                block, english=texts.get(block.segment.id, block.english), segment=changed(block.segment)
            )
        case BulletList():
            return replace(block, items=tuple(changed(item) for item in block.items))
        case Quotation():
            return replace(
                block,
                english=tuple(
                    texts.get(part.id, words) for part, words in zip(block.help, block.english, strict=True)
                ),
                help=tuple(changed(part) for part in block.help),
            )
        case Callout():
            return replace(block, blocks=tuple(_with(inner, texts) for inner in block.blocks))


def without(guide: Guide, ids: Collection[str]) -> Guide:
    """The guide without the segments with these ids, and without lists and frames that are then empty."""
    return replace(guide, blocks=_without(guide.blocks, frozenset(ids))) if ids else guide


def _without(blocks: tuple[Block, ...], ids: frozenset[str]) -> tuple[Block, ...]:
    kept: list[Block] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph() | Phrase():
                if block.segment.id not in ids:
                    kept.append(block)
            case BulletList():
                if items := tuple(item for item in block.items if item.id not in ids):
                    kept.append(replace(block, items=items))
            case Quotation():
                pairs = [
                    pair for pair in zip(block.english, block.help, strict=True) if pair[1].id not in ids
                ]
                if pairs:
                    english, parts = zip(*pairs, strict=True)
                    kept.append(replace(block, english=english, help=parts))
            case Callout():
                if inner := _without(block.blocks, ids):
                    kept.append(replace(block, blocks=inner))
    return tuple(kept)
