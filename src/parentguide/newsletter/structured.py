"""The passages of a file that says what they are (Word, OpenDocument, PDF, web page) as lines.

Styles come first. A paragraph without a heading's style is a heading if it is short, and bold or larger than
the text; it is an item if it begins with a list mark.
"""

from collections import Counter
from collections.abc import Sequence

from parentguide.model.statement import StatementKind
from parentguide.newsletter.cleaning import clean, single_spaced
from parentguide.newsletter.headings import is_in_capitals
from parentguide.newsletter.letters import is_person
from parentguide.newsletter.lines import Line
from parentguide.newsletter.marks import Marked, Sort, chosen_marks, marked
from parentguide.newsletter.passages import Passage, Role

_KINDS = {
    Role.HEADING: StatementKind.HEADING,
    Role.PARAGRAPH: StatementKind.PARAGRAPH,
    Role.ITEM: StatementKind.ITEM,
    Role.ROW: StatementKind.ROW,
}
_MOST_WORDS = 16
_LARGER = 1.1


def is_plain(passages: Sequence[Passage]) -> bool:
    """Whether the passages are lines of which the file says nothing."""
    return all(passage.role is None and passage.size is None for passage in passages)


def passage_lines(passages: Sequence[Passage]) -> tuple[Line, ...]:
    """Each passage with words as a line whose kind is known."""
    kept = [
        (passage, text)
        for passage in passages
        if (text := single_spaced(clean(passage.text))) and any(map(str.isalnum, text))
    ]
    marks = chosen_marks([text for _, text in kept])
    body = _BodyLook(kept)
    lines = [_line(passage, text, mark, body) for (passage, text), mark in zip(kept, marks, strict=True)]
    for index, (passage, text) in enumerate(kept[:-1]):
        if passage.role in (None, Role.PARAGRAPH) and is_person(text, kept[index + 1][1]):
            # The name in a contact block is often bold.
            lines[index] = lines[index]._replace(kind=StatementKind.PARAGRAPH)
    return tuple(lines)


def _line(passage: Passage, text: str, mark: Marked | None, body: "_BodyLook") -> Line:
    kind = _KINDS[passage.role or Role.PARAGRAPH]
    if mark and mark.sort is Sort.HEADING:
        kind = StatementKind.HEADING if kind is StatementKind.PARAGRAPH else kind
        return Line(passage.line, text, 0, kind=kind, page=passage.page, doubt=passage.doubt)
    if kind is StatementKind.ITEM and mark is None:
        mark = next((option for option in marked(text) if option.sort is Sort.BULLET), None)
    if kind is StatementKind.PARAGRAPH and mark:
        kind = StatementKind.ITEM
    elif kind is StatementKind.PARAGRAPH and body.stands_out(passage, text):
        kind = StatementKind.HEADING
    if kind is StatementKind.ITEM and mark:
        text = single_spaced(mark.text)
    return Line(passage.line, text, 0, kind=kind, page=passage.page, doubt=passage.doubt)


class _BodyLook:
    """The look of the running text: the size of most characters, and whether most of them are bold."""

    def __init__(self, passages: Sequence[tuple[Passage, str]]) -> None:
        sizes: Counter[float] = Counter()
        bold = letters = 0
        for passage, text in passages:
            letters += len(text)
            bold += len(text) * passage.bold
            if passage.size is not None:
                sizes[passage.size] += len(text)
        self._size = sizes.most_common(1)[0][0] if sizes else None
        self._is_bold = bold * 2 > letters

    def stands_out(self, passage: Passage, text: str) -> bool:
        """Whether a paragraph is a heading by its size and weight."""
        if len(text.split()) > _MOST_WORDS or text.endswith((".", ",", ";")):
            return False
        if is_in_capitals(text):
            return True
        larger = bool(self._size and passage.size and passage.size >= self._size * _LARGER)
        smaller = bool(self._size and passage.size and passage.size * _LARGER < self._size)
        return larger or (passage.bold and not self._is_bold and not smaller)
