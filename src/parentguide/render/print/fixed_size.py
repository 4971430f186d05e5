"""The sheets whose type has a fixed size: large print, bilingual, cards, review."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from parentguide.model import markup
from parentguide.model.guide import (
    POLICY_BLOCK,
    Block,
    BulletList,
    Callout,
    Heading,
    Paragraph,
    Phrase,
    Quotation,
    Segment,
)
from parentguide.model.language import SOURCE_LOCALE
from parentguide.model.output import Edition
from parentguide.model.walk import extract, numbers
from parentguide.render.l10n import format_month, spoken_english
from parentguide.render.print.sheet import Sheet, Step, edition_data, segment_data


class LargePrint(Sheet):
    """18 pt (the size of UK clear-print guidance for large print), as many sides as it takes."""

    name = "large-print"
    _STEP = Step(size=18, leading=0.75, gap=1.0, item=0.8, above=1.4, inset=0.7)

    def render(self, edition: Edition) -> bytes:
        return self.set_whole(edition, edition_data(edition), self._STEP)


class Bilingual(Sheet):
    """English and the language in two columns, each pair of segments numbered and level."""

    name = "bilingual"
    _STEP = Step(size=12, leading=0.55, gap=0.6, item=0.5, above=0.9, inset=0.4)

    def makes(self, edition: Edition) -> bool:
        return not edition.language.is_source

    def render(self, edition: Edition) -> bytes:
        # The English column is written as it stands in the guide, with the same fields.
        english = {segment.id: segment for segment in extract(edition.english.blocks)}
        rows = list(_Rows(edition, english).of(edition.guide.blocks))
        data = edition_data(edition) | {"blocks": rows}
        return self.set_whole(edition, data, self._STEP)


class _Rows:
    """The rows of the bilingual sheet, in reading order."""

    def __init__(self, edition: Edition, english: dict[str, Segment]) -> None:
        self._edition = edition
        self._english = english
        self._numbers = numbers(edition.english.blocks)

    def of(self, blocks: tuple[Block, ...]) -> Iterator[dict[str, Any]]:
        for block in blocks:
            match block:
                case Heading():
                    yield {"kind": "heading", "level": block.level, **self._pair(block.segment)}
                case Paragraph():
                    yield {"kind": "pair", **self._pair(block.segment)}
                    if block.segment.id == POLICY_BLOCK:
                        yield {"kind": "policy"}
                case BulletList():
                    yield from ({"kind": "pair", **self._pair(item)} for item in block.items)
                case Phrase():
                    spoken = spoken_english(block.english, self._edition.language)
                    yield {"kind": "phrase", "spoken": spoken, **self._pair(block.segment)}
                case Quotation():
                    yield {
                        "kind": "quotation",
                        "month-english": format_month(block.published, SOURCE_LOCALE),
                        "parts": [self._pair(part) for part in block.help],
                    }
                case Callout():
                    yield from self.of(block.blocks)
                    if block.kind == "school":
                        yield {"kind": "team"}

    def _pair(self, segment: Segment) -> dict[str, Any]:
        return {
            "number": self._numbers[segment.id],
            "segment": segment_data(segment, self._edition),
            "english-segment": segment_data(self._english[segment.id], self._edition),
        }


class Cards(Sheet):
    """Eight cards to cut out, with which a parent asks for an interpreter."""

    name = "cards"
    _STEP = Step(size=13, leading=0.55, gap=0.6, item=0.5, above=0.9, inset=0.4)

    def makes(self, edition: Edition) -> bool:
        return not edition.language.is_source and find_phrase(edition.guide.blocks) is not None

    def render(self, edition: Edition) -> bytes:
        phrase = find_phrase(edition.guide.blocks)
        assert phrase is not None
        data = edition_data(edition) | {
            "phrase": {
                "spoken": spoken_english(phrase.english, edition.language),
                "segment": segment_data(phrase.segment, edition),
            }
        }
        return self.set_whole(edition, data, self._STEP)


def find_phrase(blocks: tuple[Block, ...]) -> Phrase | None:
    """The sentence that a parent shows; None in a guide that has none."""
    for block in blocks:
        if isinstance(block, Phrase):
            return block
        if isinstance(block, Callout):
            found = find_phrase(block.blocks)
            if found:
                return found
    return None


def _unlinked(data: Any) -> Any:
    """A segment's data with its values in letters only: on this sheet they are words to check."""
    if isinstance(data, dict):
        return {key: "" if key == "href" else _unlinked(value) for key, value in data.items()}
    return [_unlinked(value) for value in data] if isinstance(data, list) else data


class Review(Sheet):
    """English, the translation and what it says in English, with room for a pen."""

    name = "review"
    _STEP = Step(size=11, leading=0.5, gap=0.6, item=0.5, above=0.9, inset=0.4)

    def makes(self, edition: Edition) -> bool:
        return not edition.language.is_source

    def render(self, edition: Edition) -> bytes:
        english = {segment.id: segment.text for segment in extract(edition.english.blocks)}
        count = numbers(edition.english.blocks)
        values = {name: value.shown.replace(" ", "\u00a0") for name, value in edition.fields.items()}

        def as_read(text: str) -> str:
            return markup.filled(markup.plain(text), values)

        messages = [
            {
                "number": count[segment.id],
                "english": as_read(english[segment.id]),
                "segment": _unlinked(segment_data(segment, edition)),
                "back": as_read(edition.back.get(segment.id, "")),
            }
            for segment in extract(edition.guide.blocks)
        ]
        plain = replace(edition, guide=replace(edition.guide, blocks=edition.guide.blocks[:1]))
        data = edition_data(plain) | {"messages": messages}
        return self.set_whole(edition, data, self._STEP)
