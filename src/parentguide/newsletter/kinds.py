"""What the lines of a text are that nothing marks: headings, paragraphs, or items of a list without marks.

What is above and below a line says more than the line. Where blank lines part the text, lines without one
between them are a list. Each guess that may be wrong says why.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from parentguide.model.statement import StatementKind
from parentguide.newsletter.drafts import StatementDraft
from parentguide.newsletter.headings import has_contact, has_two_sentences, looks_like_heading

_LIST_WITHOUT_MARKS = "a list without marks"
_HEADING_OR_ITEM = "a short line that may be a heading or an item"
_HEADING_OR_PARAGRAPH = "a short line that may be a heading or a paragraph"
_LONG, _TWO_SENTENCES = 160, 100  # characters
_INNER_SENTENCE_END = re.compile(r"[.!?]\s+[A-Z]")
_PLACE_IN_A_BOOK = re.compile(r"\b(?:19|20)\d\d\b|\b(?:chapter|page|p\.|paragraph|section|annex)\s*\d", re.I)
_TO_DO = re.compile(
    r"(?:please\s+)?(?:ring|call|phone|text|write|email|e-mail|visit|contact|use|speak|talk|go|see|tell|report|ask)\b",
    re.IGNORECASE,
)
_LEAST_LIST = 4  # headings one below the other: so many are a list with a heading
_LEAST_SENTENCES = 3
_SPACED_SHARE = 0.3
_LIST_KINDS = (StatementKind.ITEM, StatementKind.ROW, StatementKind.QUOTATION)


def with_kinds(drafts: Sequence[StatementDraft]) -> list[StatementDraft]:
    """The drafts, with a kind for each that is a guess."""
    guesses = [draft for draft in drafts if draft.is_guess]
    spaced = sum(draft.has_gap for draft in guesses) >= len(guesses) * _SPACED_SHARE
    # Below it are the close and the signature of a letter only.
    last_of_text = max((i for i, draft in enumerate(drafts, 1) if not draft.suggest), default=0)
    result: list[StatementDraft] = []
    for block in _blocks(drafts, spaced=spaced):
        end = block.stop
        above = result[-1] if result else None
        below = drafts[end] if end < last_of_text else None
        lines = drafts[block.start : end]
        if not lines[0].is_guess:
            result += lines
        elif spaced and len(lines) == 1:
            is_source = _is_source(above, lines[0], below)
            single = _single(lines[0], below, above_list=_is_list(drafts[end : end + 2]))
            result.append(_paragraph(lines[0], _HEADING_OR_PARAGRAPH) if is_source else single)
        elif spaced:
            result += _block(lines, above, below)
        else:
            result += _sequence(lines, below)
    return _lists_with_gaps(result)


def _blocks(drafts: Sequence[StatementDraft], *, spaced: bool) -> Iterator[range]:
    """Drafts that are judged together: guesses without a blank line between them, or without others."""
    start = 0
    for index in range(1, len(drafts) + 1):
        if (
            index == len(drafts)
            or drafts[index].is_guess != drafts[start].is_guess
            or not drafts[start].is_guess
            or (spaced and drafts[index].has_gap)
        ):
            yield range(start, index)
            start = index


def _heading(draft: StatementDraft, unsure: str = "") -> StatementDraft:
    return draft._replace(kind=StatementKind.HEADING, unsure=unsure)


def _paragraph(draft: StatementDraft, unsure: str = "") -> StatementDraft:
    return draft._replace(kind=StatementKind.PARAGRAPH, unsure=unsure)


def _item(draft: StatementDraft, unsure: str = _LIST_WITHOUT_MARKS) -> StatementDraft:
    return draft._replace(kind=StatementKind.ITEM, unsure=unsure)


def _may_be_heading(draft: StatementDraft) -> bool:
    return draft.kind is StatementKind.HEADING or looks_like_heading(draft.first)


def _are_contacts(lines: Sequence[StatementDraft]) -> bool:
    """Whether at least half of the lines are names with numbers or addresses, rather than things to do."""
    return sum(_is_contact(line) for line in lines) * 2 >= len(lines)


def _is_contact(line: StatementDraft) -> bool:
    return has_contact(line.first) and not _TO_DO.match(line.first)


def _is_long(draft: StatementDraft) -> bool:
    """Whether the draft is a paragraph rather than an item of a list."""
    text = draft.first
    return len(text) > _LONG or (len(text) > _TWO_SENTENCES and _has_two_sentences(draft))


def _introduces(draft: StatementDraft | None) -> bool:
    """Whether a list may begin right below the draft."""
    return draft is not None and (draft.kind is StatementKind.HEADING or draft.last.endswith(":"))


def _is_list(below: Sequence[StatementDraft]) -> bool:
    """Whether a list begins with the next two drafts."""
    if not below or below[0].kind in _LIST_KINDS:
        return bool(below)
    guesses = all(draft.is_guess for draft in below)
    return len(below) == 2 and guesses and not below[1].has_gap and not _is_long(below[0])


def _is_source(above: StatementDraft | None, draft: StatementDraft, below: StatementDraft | None) -> bool:
    """Whether a line says who said the quotation above it; a heading would have text below it."""
    if above is None or above.kind is not StatementKind.QUOTATION or not _PLACE_IN_A_BOOK.search(draft.first):
        return False
    return below is None or (below.is_guess and below.has_gap and _may_be_heading(below))


def _single(
    draft: StatementDraft, below: StatementDraft | None, *, above_list: bool = False
) -> StatementDraft:
    """A line with blank lines around it. A heading has something below it that is not left out."""
    if not _may_be_heading(draft):
        return _paragraph(draft)
    if below is None:
        return _paragraph(draft, "" if draft.first.endswith(":") else _HEADING_OR_PARAGRAPH)
    if draft.first.endswith(":"):
        if above_list or below.kind in _LIST_KINDS or below.first[:1].islower():
            return _paragraph(draft)
        return _heading(draft, _HEADING_OR_PARAGRAPH)
    return _heading(draft)


def _block(
    lines: Sequence[StatementDraft], above: StatementDraft | None, below: StatementDraft | None
) -> list[StatementDraft]:
    """Lines without a blank line between them, in a text that has blank lines."""
    first, rest = lines[0], lines[1:]
    if first.first.endswith(":"):
        return [_paragraph(first), *_list(rest, introduced=True, below=below)]
    heads = _may_be_heading(first) and (
        first.first.endswith("?") or not _introduces(above) or all(map(_is_long, rest))
    )
    if heads:
        unsure = "" if all(map(_is_long, rest)) else _HEADING_OR_ITEM
        return [_heading(first, unsure), *_list(rest, introduced=True, below=below)]
    return _list(lines, introduced=_introduces(above), below=below)


def _list(
    lines: Sequence[StatementDraft], *, introduced: bool, below: StatementDraft | None
) -> list[StatementDraft]:
    """The lines as items, unless they are long, or one line only."""
    result: list[StatementDraft] = []
    for is_long, group in groupby(lines, key=_is_long):
        block = list(group)
        if is_long:
            result += map(_paragraph, block)
        elif len(block) == 1:
            follows_line = below if block[0] is lines[-1] else lines[0]
            result.append(_single(block[0], follows_line) if len(lines) > 1 else _paragraph(block[0]))
        elif _are_contacts(block):
            result += map(_paragraph, block)
        elif len(block) == 2 and not introduced:
            result += [_paragraph(line, _LIST_WITHOUT_MARKS) for line in block]
        else:
            result += map(_item, block)
    return result


def _sequence(lines: Sequence[StatementDraft], below: StatementDraft | None) -> list[StatementDraft]:
    """Lines of a text without blank lines. Short lines below a heading or a colon are a list."""
    result: list[StatementDraft] = []
    for is_short, group in groupby(lines, key=_is_short_line):
        block = list(group)
        if not is_short:
            introduced = _introduces(result[-1] if result else None)
            result += _prose(block, introduced=introduced)
            continue
        is_last = block[-1] is lines[-1]
        has_text_below = not is_last or below is not None
        introduced = bool(result) and result[-1].last.endswith(":")
        result += _short_lines(block, introduced=introduced, has_text_below=has_text_below)
    return result


def _prose(lines: Sequence[StatementDraft], *, introduced: bool) -> list[StatementDraft]:
    """Lines that end like sentences: three short ones and no others below a heading or a colon are a list."""
    are_short = all(len(line.first) <= _TWO_SENTENCES and not _has_two_sentences(line) for line in lines)
    if introduced and are_short and len(lines) >= _LEAST_SENTENCES:
        return [_item(line) for line in lines]
    return [_paragraph(line) for line in lines]


def _has_two_sentences(draft: StatementDraft) -> bool:
    return bool(_INNER_SENTENCE_END.search(draft.first))


def _is_short_line(draft: StatementDraft) -> bool:
    """Whether the draft may be a heading or an item rather than a paragraph."""
    text = draft.first
    if draft.kind is StatementKind.HEADING or (_may_be_heading(draft) and not text.endswith(":")):
        return True
    if text.startswith("(") or text.endswith((".", ":", "!", "?", "”")) or has_two_sentences(text):
        return False
    return not _is_long(draft)


def _short_lines(
    lines: Sequence[StatementDraft], *, introduced: bool, has_text_below: bool
) -> list[StatementDraft]:
    """Short lines one below the other, between paragraphs."""
    if introduced:
        return _items(lines, has_text_below=has_text_below)
    if len(lines) == 1:
        line = lines[0]
        if has_text_below and _may_be_heading(line):
            return [_heading(line)]
        return [_paragraph(line, _HEADING_OR_PARAGRAPH)]
    if len(lines) < _LEAST_LIST and all(map(_may_be_heading, lines)):
        unsure = "" if len(lines) == 2 and has_text_below else _HEADING_OR_ITEM
        *first, last = lines
        end = _heading(last, unsure) if has_text_below else _paragraph(last, _HEADING_OR_PARAGRAPH)
        return [*(_heading(line, unsure) for line in first), end]
    if not _may_be_heading(lines[0]):
        return _items(lines, has_text_below=has_text_below)
    return [_heading(lines[0], _HEADING_OR_ITEM), *_items(lines[1:], has_text_below=has_text_below)]


def _items(lines: Sequence[StatementDraft], *, has_text_below: bool) -> list[StatementDraft]:
    """The lines as items; the last is a heading if there is text below it and it differs from the others."""
    if len(lines) > 1 and _are_contacts(lines):
        return [_paragraph(line) for line in lines]
    *items, last = lines
    differs = last.first.endswith("?") or (
        last.first[:1].isupper() and any(item.first[:1].islower() for item in items)
    )
    if has_text_below and differs and _may_be_heading(last):
        return [*map(_item, items), _heading(last, _HEADING_OR_ITEM)]
    return list(map(_item, lines))


def _lists_with_gaps(drafts: Sequence[StatementDraft]) -> list[StatementDraft]:
    """Short lines one below the other, with blank lines between them: a list without marks.

    Lines that begin with a small letter are items if there are two; others if there are four, or three
    below a colon or a heading that is sure.
    """
    result: list[StatementDraft] = []
    for _, group in groupby(drafts, key=_look):
        block = list(group)
        look = _look(block[0])
        introduced = _introduces(result[-1] if result else None)
        if look == "small" and len(block) > 1:
            result += [_item(draft) for draft in block]
        elif look == "capital" and len(block) >= _LEAST_LIST - introduced:
            result += _short_lines(block, introduced=introduced, has_text_below=True)
        else:
            result += block
    return result


def _look(draft: StatementDraft) -> str:
    """Whether the draft is a short line that begins with a capital or a small letter; empty if neither."""
    if not draft.is_guess or draft.kind is StatementKind.ITEM or draft.first.endswith(":"):
        return ""
    if not _is_short_line(draft):
        return ""
    return "small" if draft.first[:1].islower() else "capital"
