"""The traversal of a guide."""

from dataclasses import replace
from typing import get_args

from hypothesis import given, settings

from parentguide.model.guide import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Guide,
    Paragraph,
    Phrase,
    Quotation,
    Segment,
)
from parentguide.model.walk import extract, for_two_readers, messages, numbers, translate, walk, walk_guide
from tests.profile import cases
from tests.unit.model.blocks import EVERY_BLOCK, EVERY_GUIDE, guides

IDS = ["title", "policy", "item-1", "item-2", "whose", "d-1", "d-2", "call", "c", "team", "say"]


def test_segments_are_extracted_in_reading_order() -> None:
    assert [segment.id for segment in extract(EVERY_BLOCK)] == IDS


def test_words_elsewhere_are_messages_but_have_no_number() -> None:
    assert [segment.id for segment in messages(EVERY_GUIDE)] == [*IDS, "share", "poster"]
    assert not {"share", "poster"} & numbers(EVERY_GUIDE.blocks).keys()


def test_words_elsewhere_are_translated_too() -> None:
    translated = translate(EVERY_GUIDE, "pl", {"poster": "Poradnik"})
    assert translated.words_for("poster") == Segment("poster", "Poradnik", "pl")
    assert translated.words_for("signs") is None


def test_numbers_count_from_one_in_reading_order() -> None:
    assert numbers(EVERY_BLOCK) == {name: number for number, name in enumerate(IDS, 1)}


def test_two_readers_get_the_interpreter_after_the_school() -> None:
    def box(variant: CalloutKind) -> Callout:
        return Callout(variant, (Paragraph(Segment(variant, variant, "en")),))

    call, school, help_, asking = box("contacts"), box("school"), box("contacts"), box("interpreter")
    assert for_two_readers((call, school, help_, asking)) == (call, school, asking, help_)
    assert for_two_readers((call, help_, asking)) == (call, help_, asking)
    assert for_two_readers((call, school, help_)) == (call, school, help_)


def test_what_does_not_change_is_not_copied() -> None:
    """A build for many schools only looks at most guides."""
    assert walk(EVERY_BLOCK, lambda segment: segment) is EVERY_BLOCK
    assert walk_guide(EVERY_GUIDE, lambda segment: segment) is EVERY_GUIDE
    one = walk(EVERY_BLOCK, lambda s: replace(s, note="seen") if s.id == "team" else s)
    assert [block for block, before in zip(one, EVERY_BLOCK, strict=True) if block is not before] == [
        block for block in one if any(segment.note == "seen" for segment in extract((block,)))
    ]
    assert one != EVERY_BLOCK


def test_walking_changes_every_segment_once_and_nothing_else() -> None:
    calls: list[str] = []

    def change(segment: Segment) -> Segment:
        calls.append(segment.id)
        return replace(segment, note="seen")

    changed = walk(EVERY_BLOCK, change)
    assert calls == IDS
    assert {segment.note for segment in extract(changed)} == {"seen"}
    assert walk(changed, lambda segment: replace(segment, note="")) == EVERY_BLOCK


def test_the_english_of_a_quotation_and_a_phrase_is_not_translated() -> None:
    translated = translate(EVERY_GUIDE, "pl", dict.fromkeys(IDS, "x"))
    _, _, _, quotation, _, _, interpreter = translated.blocks
    assert isinstance(quotation, Quotation)
    assert quotation.english == ("Exact words.", "More words.")
    assert isinstance(interpreter, Callout)
    assert interpreter.blocks == (Phrase("I speak LANGUAGE.", Segment("say", "x", "pl")),)


def test_a_translation_has_its_own_language_and_title() -> None:
    translated = translate(EVERY_GUIDE, "pl", {"title": "Tytuł"})
    assert (translated.lang, translated.title) == ("pl", "Tytuł")
    assert [s.lang for s in extract(translated.blocks)] == ["pl", *["en"] * (len(IDS) - 1)]


def test_a_segment_without_a_message_keeps_its_words() -> None:
    translated = translate(EVERY_GUIDE, "pl", {"item-2": "Drugi"})
    assert translated.title == EVERY_GUIDE.title
    assert translated.blocks[2] == BulletList((Segment("item-1", "First"), Segment("item-2", "Drugi", "pl")))


def test_a_guide_that_does_not_begin_with_a_heading_keeps_its_title() -> None:
    guide = replace(EVERY_GUIDE, blocks=(Paragraph(Segment("title", "x")),))
    assert translate(guide, "pl", {"title": "y"}).title == EVERY_GUIDE.title


@settings(max_examples=cases(1_000))
@given(guides())
def test_extracting_and_translating_back_gives_the_same_guide(guide: Guide) -> None:
    assert translate(guide, "en", {s.id: s.text for s in messages(guide)}) == guide


def test_every_kind_of_block_is_in_these_tests() -> None:
    def kinds(blocks: tuple[Block, ...]) -> set[type]:
        inner = (kinds(block.blocks) for block in blocks if isinstance(block, Callout))
        return {type(block) for block in blocks}.union(*inner)

    assert kinds(EVERY_BLOCK) == set(get_args(Block))
