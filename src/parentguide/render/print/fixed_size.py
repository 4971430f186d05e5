"""Large print, the bilingual sheet, and cards."""

from collections.abc import Iterator
from dataclasses import replace

from parentguide.model.guide import (
    Block,
    BulletList,
    Callout,
    Heading,
    Paragraph,
    Phrase,
    Quotation,
    Segment,
)
from parentguide.model.output import Edition
from parentguide.model.walk import extract, for_two_readers
from parentguide.render.l10n import captioned, spoken_english
from parentguide.render.print.sheet import Sheet, as_json
from parentguide.render.print.sheet_data import edition_data, segment_data, sheet_data
from parentguide.render.print.sheet_types import (
    BilingualData,
    CardsData,
    Pair,
    RowData,
)


class LargePrint(Sheet):
    """The guide in 18 pt, the size that UK clear-print guidance names for large print, on any number of
    sides."""

    name = "large-print"

    def render(self, edition: Edition) -> bytes:
        return self.set_whole(edition, as_json(sheet_data(edition)))


class Bilingual(Sheet):
    """English and the language in two columns; each pair of segments has a number and starts level."""

    name = "bilingual"

    def makes(self, edition: Edition) -> bool:
        return not edition.language.is_source

    def render(self, edition: Edition) -> bytes:
        english = {segment.id: segment for segment in extract(edition.english.blocks)}
        rows = list(_Rows(edition, english).all_of(for_two_readers(edition.guide.blocks)))
        data: BilingualData = {**edition_data(edition), "blocks": rows}
        return self.set_whole(edition, as_json(data))


class _Rows:
    """The rows of the bilingual sheet, in reading order."""

    def __init__(self, edition: Edition, english: dict[str, Segment]) -> None:
        self._edition = edition
        self._english = english
        self._numbers = edition.numbers

    def all_of(self, blocks: tuple[Block, ...]) -> Iterator[RowData]:
        """The rows for the blocks of the guide. The first frame with contacts has those for an emergency."""
        kind = "emergency"
        for block in blocks:
            if isinstance(block, Callout) and block.variant == "contacts":
                yield from self.of(block.blocks, kind)
                kind = "call"
            else:
                yield from self.of((block,))

    def of(self, blocks: tuple[Block, ...], item_kind: str = "pair") -> Iterator[RowData]:
        """The rows for ``blocks``; ``item_kind`` is the kind of the items of lists."""
        for block in blocks:
            match block:
                case Heading():
                    yield {"kind": block.kind, "level": block.level, **self._pair(block.segment)}
                case Paragraph():
                    yield {"kind": "pair", **self._pair(block.segment)}
                    if block.is_policy:
                        yield {"kind": "policy"}
                case BulletList():
                    # The numbers of the rows are enough: a step has no second one.
                    for item in block.items:
                        yield {"kind": "step" if block.ordered else item_kind, **self._pair(item)}
                case Phrase():
                    spoken = spoken_english(block.english, self._edition.language)
                    yield {"kind": block.kind, "spoken": spoken, **self._pair(block.segment)}
                case Quotation():
                    yield {
                        "kind": block.kind,
                        "caption": self._caption(block),
                        "documents": block.documents_line,
                        "parts": [self._pair(part) for part in block.help],
                    }
                case Callout():
                    if block.variant != "school":
                        yield from self.of(block.blocks)
                        continue
                    # Names and numbers stand straight below the heading.
                    titles = tuple(inner for inner in block.blocks if isinstance(inner, Heading))
                    yield from self.of(titles)
                    yield {"kind": "people"}
                    yield from self.of(tuple(inner for inner in block.blocks if inner not in titles))
                    yield {"kind": "near"}

    def _caption(self, block: Quotation) -> Pair:
        language = self._edition.language
        english = replace(block, caption=self._english[block.caption.id])
        return self._both(captioned(block, language), captioned(english, language))

    def _pair(self, segment: Segment) -> Pair:
        """The row of a segment."""
        return self._both(segment, self._english[segment.id])

    def _both(self, segment: Segment, english: Segment) -> Pair:
        return {
            "number": self._numbers[segment.id],
            "segment": segment_data(segment, self._edition),
            "english-segment": segment_data(english, self._edition),
        }


class Cards(Sheet):
    """Cards to cut out, with which a parent asks for an interpreter: ten, or fewer if words are long."""

    name = "cards"

    def makes(self, edition: Edition) -> bool:
        return not edition.language.is_source and find_phrase(edition.guide.blocks) is not None

    def render(self, edition: Edition) -> bytes:
        phrase = find_phrase(edition.guide.blocks)
        assert phrase is not None
        data: CardsData = {
            **edition_data(edition),
            "blocks": [],
            "phrase": {
                "spoken": spoken_english(phrase.english, edition.language),
                "segment": segment_data(phrase.segment, edition),
            },
        }
        return self.set_whole(edition, as_json(data))


def find_phrase(blocks: tuple[Block, ...]) -> Phrase | None:
    """The sentence that a parent shows; None for a guide without one."""
    for block in blocks:
        if isinstance(block, Phrase):
            return block
        if isinstance(block, Callout):
            found = find_phrase(block.blocks)
            if found:
                return found
    return None
