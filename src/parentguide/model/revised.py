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
)
from parentguide.model.walk import translate


def with_english(guide: Guide, texts: Mapping[str, str]) -> Guide:
    """The English guide with ``texts`` in the segments with these ids.

    Of a phrase and a quotation, the English beside the translation changes with the segment, so that the two
    stay a pair.
    """
    if not texts:
        return guide
    changed = translate(guide, guide.lang, texts)
    return replace(changed, blocks=tuple(_paired(block, texts) for block in changed.blocks))


def _paired(block: Block, texts: Mapping[str, str]) -> Block:
    """The block with the English that is not a segment as in ``texts``."""
    match block:
        case Phrase():
            return replace(block, english=texts.get(block.segment.id, block.english))
        case Quotation():
            pairs = zip(block.help, block.english, strict=True)
            return replace(block, english=tuple(texts.get(part.id, words) for part, words in pairs))
        case Callout():
            return replace(block, blocks=tuple(_paired(inner, texts) for inner in block.blocks))
    return block


def without(guide: Guide, ids: Collection[str]) -> Guide:
    """The guide without the segments with these ids, and without lists and frames that are then empty.

    A quotation goes with its caption: official words that do not say whose they are would mislead.
    """
    if not ids:
        return guide
    elsewhere = tuple(words for words in guide.elsewhere if words.segment.id not in ids)
    return replace(guide, blocks=_without(guide.blocks, frozenset(ids)), elsewhere=elsewhere)


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
                if pairs and block.caption.id not in ids:
                    english, parts = zip(*pairs, strict=True)
                    kept.append(replace(block, english=english, help=parts))
            case Callout():
                if inner := _without(block.blocks, ids):
                    kept.append(replace(block, blocks=inner))
    return tuple(kept)
