"""Long quotations in a newsletter, such as the official definition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from parentguide.model.statement import StatementKind
from parentguide.newsletter.drafts import StatementDraft
from parentguide.newsletter.lines import Line, ends_sentence
from parentguide.newsletter.quotation_ends import CLOSING, OPENING, curly_ends

_CLOSING_MARKS = {"“": "”", '"': '"', "„": "“", "‘": "’"}
_LEAST_WORDS = 15
# What may stand after the closing mark: a full stop, and who said the words.
_AFTER = r"[.,;]?(?:\s*(?P<source>(?:\(|\[|[–—-]\s).*))?"
_CLOSED = {closing: re.compile(f"[^{closing}]*{closing}{_AFTER}") for closing in ('"', "“")}
_AFTER_CURLY = re.compile(f"”{_AFTER}$")
# “’” is an apostrophe too. It closes a quotation after a full stop, or at the end of a paragraph.
_CLOSED["’"] = re.compile(rf".*(?:[.!?…]’{_AFTER}|’[.]?)", re.DOTALL)
_SHORT_QUOTATION = re.compile(r"‘[^‘’]{1,60}[^s‘’]’(?=[\s.,;:!?)]).*\S")
# A word in ‘…’, and another one later: the first closing mark closes the first word.
_TWO_SHORT_ONES = re.compile(r"‘[^‘]{1,80}’(?=[\s.,;:!?)])[^‘]*[\s(]‘")
_INSIDE_LINE = re.compile(r":\s+(?=[“‘\"„])")
_SENTENCES = re.compile(r"[.!?;:][”’)]*(?:\s|$)")
_ITEM_END = re.compile(r"[;:](?:\s+(?:and|or))?$")
_SYMBOL = re.compile(r"[^\w(]+")
# Official words never say “I”: what a pupil or a parent said is part of the newsletter's own text.
_A_PERSON = re.compile(
    r"\bI(?:[’'](?:m|ve|d|ll)\b|\s+(?:am|was|have|had|do|did|just|wish|fe[el]l|felt|think|thought|know|knew"
    r"|want|wanted|can|could|don|didn|never|always|will|would|love|like|need|said|told|got)\b)"
)
_MOST_LINES_OF_A_PERSON = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation that goes to line ``end``. ``opening`` is its first line from the opening mark on;
    ``before`` is what introduces it in the same line, without words if nothing does. ``column`` is the
    place of the closing mark in the last line (in ``opening`` if that is the last line), or None if it is
    the only such mark there.
    """

    before: Line
    opening: Line
    end: int
    column: int | None = None


class Quotations:
    """Finds long quotations in lines. Each question takes the same time, however long the text is."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._curly = curly_ends(lines)
        self._words = [0, *accumulate(len(line.text.split()) for line in lines)]
        self._closing = {closing: self._next_closing(closing) for closing in _CLOSED}

    def _next_closing(self, closing: str) -> list[int | None]:
        """For each line, the index of the first line from it on that may close a quotation."""
        nearest: int | None = None
        found: list[int | None] = [None]
        for index in range(len(self._lines) - 1, -1, -1):
            text = self._lines[index].text
            if closing in text and (closing != "’" or self._may_close(index)):
                nearest = index
            found.append(nearest)
        return found[::-1]

    def _may_close(self, index: int) -> bool:
        """Whether a line that has “’” ends a quotation in single marks."""
        line = self._lines[index]
        if not _CLOSED["’"].fullmatch(line.text):
            return False
        below = self._lines[index + 1] if index + 1 < len(self._lines) else None
        ended = re.search(r"[.!?…]’", line.text) or line.text.endswith("’.")
        return bool(ended or below is None or below.blank or below.kind)

    def at(self, index: int) -> Found | None:
        """The long quotation that begins in the line, at its start or after a colon."""
        line = self._lines[index]
        if line.mark or line.is_row or line.kind is StatementKind.ITEM:
            return None
        if line.text[:1] in _CLOSING_MARKS:
            return self._found(index, 0, line.text)
        match = _INSIDE_LINE.search(line.text) if ": " in line.text else None
        if match is None:
            return None
        found = self._found(index, match.end(), line.text)
        return found if found and self._has_sentences(index, found.end, found.opening.text) else None

    def _found(self, index: int, column: int, text: str) -> Found | None:
        """The quotation that begins in the line at ``column``."""
        line, quoted = self._lines[index], text[column:]
        place = self._curly_end(index, column) if quoted[0] == OPENING else self._end(index, quoted)
        if place is None:
            return None
        end, closing = place
        words = len(quoted.split()) + self._words[end + 1] - self._words[index + 1]
        if words < _LEAST_WORDS or self._is_of_a_person(index, end, quoted):
            return None
        if closing is not None and end == index:
            closing -= column
        before = line._replace(text=text[: len(text[:column].rstrip())])
        return Found(before, line._replace(text=quoted), end, closing)

    def _curly_end(self, index: int, column: int) -> tuple[int, int | None] | None:
        """The line and column of the closing mark, if nothing but its source stands after it."""
        place = self._curly.get((index, column))
        if place is None or not _AFTER_CURLY.match(self._lines[place[0]].text, place[1]):
            return None
        return place

    def _end(self, index: int, text: str) -> tuple[int, int | None] | None:
        closing = _CLOSING_MARKS[text[0]]
        if _SHORT_QUOTATION.match(text):
            return None
        body = text[1:]
        own = closing in body and (closing != "’" or self._may_close(index))
        end = index if own else self._closing[closing][index + 1]
        if end is None:
            return None
        last = body if end == index else self._lines[end].text
        if not _CLOSED[closing].fullmatch(last):
            return None
        if closing == "’" and _TWO_SHORT_ONES.match(self._first_words(index, end, text)):
            return None
        return end, None

    def _first_words(self, index: int, end: int, text: str) -> str:
        last = min(end, index + _MOST_LINES_OF_A_PERSON)
        return " ".join((text, *(line.text for line in self._lines[index + 1 : last + 1])))

    def _is_of_a_person(self, index: int, end: int, text: str) -> bool:
        return bool(_A_PERSON.search(self._first_words(index, end, text)))

    def _has_sentences(self, index: int, end: int, quoted: str) -> bool:
        """Whether a quotation inside a paragraph has two sentences or items."""
        count = len(_SENTENCES.findall(quoted))
        for line in self._lines[index + 1 : end + 1]:
            if count > 1:
                break
            count += len(_SENTENCES.findall(line.text))
        return count > 1


def quotation_drafts(
    lines: Sequence[Line], *, is_wrapped: bool, column: int | None = None
) -> Iterator[StatementDraft]:
    """The paragraphs of a quotation that fills ``lines``, without its quotation marks.

    ``column`` is the place of the closing mark in the last line, as in :class:`Found`. Numbers and letters
    before its items are official words too; symbols such as “•” are not. Who said the words, after the
    closing mark, is a paragraph of its own.
    """
    texts, source = _without_marks(lines, column)
    width = max(len(text) for text in texts)
    open_line, parts = lines[0], list[str]()
    for position, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if text:
            open_line = open_line if parts else line
            parts.append(text)
        following = lines[position + 1] if position + 1 < len(lines) else None
        goes_on = text and following and is_wrapped and not _ends_paragraph(text, following, width)
        if parts and not goes_on:
            yield StatementDraft(StatementKind.QUOTATION, open_line.number, tuple(parts), page=open_line.page)
            parts = []
    if source:
        yield StatementDraft(StatementKind.PARAGRAPH, lines[-1].number, (source,), page=lines[-1].page)


def _without_marks(lines: Sequence[Line], column: int | None) -> tuple[list[str], str]:
    """The words of the lines without the quotation's own marks, and who said them."""
    texts = [_words_of(line) for line in lines]
    opening = texts[0][0]
    reopened = sum(text.count(OPENING) - text.count(CLOSING) for text in texts) if opening == OPENING else 0
    if column is not None:
        column += len(texts[-1]) - len(lines[-1].text)
    texts[-1], source = _unclosed(texts[-1], _CLOSING_MARKS[opening], column)
    texts[0] = texts[0][1:].lstrip()
    for index, text in enumerate(texts[1:], 1):
        if reopened > 0 and text.startswith(OPENING):
            texts[index], reopened = text[1:].lstrip(), reopened - 1
        elif opening == "‘" and text.startswith("‘") and not _SHORT_QUOTATION.match(text):
            texts[index] = text[1:].lstrip()
    return texts, source


def _words_of(line: Line) -> str:
    return line.text if not line.mark or _SYMBOL.fullmatch(line.mark) else f"{line.mark} {line.text}"


def _unclosed(text: str, closing: str, column: int | None) -> tuple[str, str]:
    """The last words without the closing mark, which is at ``column`` if that is known, and who said them."""
    known = column is not None
    match = _AFTER_CURLY.match(text, column or 0) if known else re.search(f"{closing}{_AFTER}$", text)
    if match is None:
        return text, ""
    return text[: match.start()].rstrip(), match["source"] or ""


def _ends_paragraph(text: str, following: Line, width: int) -> bool:
    """Whether ``text`` ends a paragraph: a finished item, a short line with a sentence, a list."""
    if not following.text:
        return False
    first = following.text.split(" ", 1)[0]
    fits = len(text) + 1 + len(first) <= width
    if following.mark or (_ITEM_END.search(text) and fits):
        return True
    return ends_sentence(text) and first[:1].isupper() and fits
