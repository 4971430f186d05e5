"""Blocks name their kind for the templates."""

from typing import get_args

from parentguide.model.guide import Block, Callout


def test_every_block_has_its_own_kind() -> None:
    kinds = [block.kind for block in get_args(Block)]
    assert all(isinstance(kind, str) and kind for kind in kinds)
    assert len(set(kinds)) == len(kinds)


def test_the_kind_is_not_a_value_of_the_block() -> None:
    assert Callout("note", ()) == Callout(variant="note", blocks=())
    assert Callout("note", ()).kind == "callout"
