"""Join what a page or column break has parted, and make passages of paragraphs."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from parentguide.newsletter.joining import join_lines
from parentguide.newsletter.passages import LeftOut, Passage, Role
from parentguide.newsletter.pdf_measure import Measure
from parentguide.newsletter.pdf_paragraphs import Paragraph
from parentguide.newsletter.pdf_values import Line

_WORD = re.compile(r"[\w’'-]+")
_ENDED = re.compile(r"[.!?…:;][\"”’')\]]*$")
_MOST_NOTES = 6
_LEAST_FULL = 14  # type sizes; a shorter line does not show where its column ends
_MOST_HEADING_WORDS = 14


def join_pieces(found: Iterable[Paragraph]) -> list[Paragraph]:
    """Paragraphs whose rest stands on the next page or in the next column are whole again."""
    result: list[Paragraph] = []
    for paragraph in found:
        index = _unfinished(result, paragraph) if paragraph.opens else None
        if index is None:
            result.append(paragraph)
        else:
            before = result[index]
            result[index] = replace(before, lines=before.lines + paragraph.lines, right=paragraph.right)
    return result


def _unfinished(result: Sequence[Paragraph], rest: Paragraph) -> int | None:
    """The index of the paragraph that goes on with ``rest``. Footnotes may stand between the two."""
    for index in range(len(result) - 1, max(-1, len(result) - 1 - _MOST_NOTES), -1):
        before = result[index]
        if before.size < 0.93 * rest.size and before.role is not Role.ROW:
            continue
        return index if _goes_on(before, rest) else None
    return None


def _goes_on(before: Paragraph, rest: Paragraph) -> bool:
    last, first = before.lines[-1], rest.lines[0]
    if (
        first.mark
        or before.role in (Role.HEADING, Role.ROW)
        or rest.role in (Role.HEADING, Role.ROW, Role.ITEM)
    ):
        return False
    if abs(last.size - first.size) > 0.07 * first.size or _ENDED.search(last.text):
        return False
    if first.text[:1].islower() or last.text.endswith("-"):
        return True
    full = before.right - last.right - 0.25 * last.size < first.first_width
    wide = last.right - last.left > _LEAST_FULL * last.size
    return full and wide and last.bold == first.bold and len(before.lines) > 1


def whole_tables(found: Sequence[Paragraph]) -> tuple[list[Paragraph], list[LeftOut]]:
    """Tables that go on over pages, with each heading line once and cut rows whole."""
    kept: list[Paragraph] = []
    repeated: list[LeftOut] = []
    heading = ""
    for paragraph in found:
        last = kept[-1] if kept else None
        if paragraph.role is not Role.ROW:
            kept.append(paragraph)
            continue
        text = _row_text(paragraph, ())
        if last is None or last.role is not Role.ROW:
            heading = text
        elif last.lines[-1].page != paragraph.lines[0].page:
            if text == heading:
                repeated.append(LeftOut(text, "heading of a table, repeated", page=paragraph.lines[0].page))
                continue
            if not paragraph.cells[0] and len(paragraph.cells) == len(last.cells):
                kept[-1] = _one_row(last, paragraph)
                continue
        kept.append(paragraph)
    return kept, repeated


def _one_row(row: Paragraph, rest: Paragraph) -> Paragraph:
    cells = tuple(cell + more for cell, more in zip(row.cells, rest.cells, strict=True))
    return replace(row, lines=row.lines + rest.lines, cells=cells)


def passages_of(found: Sequence[Paragraph], measure: Measure) -> Iterator[Passage]:
    """Passages with whole words, numbered from 1."""
    words = {word for p in found for line in p.lines for word in _WORD.findall(line.text.lower())}
    styled = any(_stands_out(paragraph, measure) for paragraph in found)
    for number, paragraph in enumerate(found, 1):
        row = paragraph.role is Role.ROW
        text = _row_text(paragraph, words) if row else _text(paragraph.lines, words)
        yield Passage(
            text=text,
            role=paragraph.role or _plain_role(paragraph, text, measure, styled=styled),
            line=number,
            page=paragraph.lines[0].page,
            size=round(paragraph.size, 1),
            bold=all(line.bold for line in paragraph.lines),
            doubt=paragraph.doubt,
        )


def _stands_out(paragraph: Paragraph, measure: Measure) -> bool:
    """Whether the newsletter sets off its headings: this paragraph is larger, or short and bold."""
    if paragraph.role is Role.HEADING or measure.is_large(paragraph.size):
        return True
    words = sum(len(line.text.split()) for line in paragraph.lines)
    return not paragraph.cells and words <= _MOST_HEADING_WORDS and all(line.bold for line in paragraph.lines)


def _plain_role(paragraph: Paragraph, text: str, measure: Measure, *, styled: bool) -> Role | None:
    """Where headings are set off, text in the type of the body is a paragraph, however short it is."""
    plain = not any(line.bold for line in paragraph.lines) and not measure.is_large(paragraph.size)
    return Role.PARAGRAPH if styled and plain and not text.isupper() else None


def _row_text(paragraph: Paragraph, words: Collection[str]) -> str:
    return " | ".join(_text(cell, words) for cell in paragraph.cells)


def _text(lines: Sequence[Line], words: Collection[str]) -> str:
    if not lines:
        return ""
    joined = join_lines([line.text for line in lines], words)
    return " ".join(unicodedata.normalize("NFC", joined).split())
